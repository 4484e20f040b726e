"""What lines of a notice look like, whatever they say: titles, units, dates, fields, headings.

All take folded text (see `folding`) and look at one line alone.
"""

from __future__ import annotations

import re
from functools import cache

from zhenggai.ingest.folding import core
from zhenggai.rulebook import boilerplate

_TITLE = re.compile(
    r"巡[察视].{0,60}(?:通报|报告|公示|公告|情况|说明|公开|结果)|整改.{0,30}(?:通报|报告|公示|公告|公开)"
)
_TITLE_END = re.compile(r"(?:通报|报告|公示|公告|情况|说明|公开|结果|汇报)(?:[(〔【].{0,14})?$")
FILE = re.compile(r"\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|rar|zip|ofd)(?![a-z])|_第\d+页", re.I)
"""The name of a file."""
_UNIT = re.compile(
    r"(?:党组|党委|党工委|委员会|支部|总支|联合会|[协商]会|局|院|校|公司|集团|[办公]室|厅|部|镇|乡|街道|办事处|中心|处|队|[馆所园站宫台庭]"
    r"|大学|[中小]学|纪委|工委|团委|组|委|办|[分支总商]行|银行|供销社|报社|出版社|杂志社|通讯社|合作社|[农林]场|厂|矿)$"
)
_DATE = re.compile(
    r"[\dx*×○〇零一二三四五六七八九十某]{2,4}[年./-][\dx*×○一二三四五六七八九十某]{1,3}[月./-].{0,4}"
)
_FILE_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）]\d{1,4}号")
_FIELD = re.compile(r"[^:,。;!?]{1,12}:")
_OWN_LABEL = re.compile(
    r"责任|领导|单位|时限|完成|整改|问题|备注|说明|^[注答问]:|举措|措施|成效|标准|依据|负责|牵头|[科股]室|公开|公示|地点|范围|对象"
    r"|内容|类别|性质|进展|目标|线[上下]|受理|接待|来[信访]|邮寄|寄送|网址|部门|窗口|经办|承办|校核|签发|签批|时间"
)
_NUMBERED = re.compile(
    r"[(（\[【〔]?[一二三四五六七八九十百\d]{1,4}[)）\]】〕、.．]|第[一二三四五六七八九十\d]{1,3}[^\d版页]"
    r"|[①-⑳❶-❿㈠-㈩Ⅰ-Ⅻ]|[一二三四五六七八九十]{1,2}[是要]|(?:问题|举措|做法|措施|案例|任务|事项|附件|附表|图|表)[一二三四五六七八九十\d]{1,3}"
    r"|\d{1,2}\.\d{1,2}"
)
_NOTE = re.compile(
    r"[(〔\[【][^()〔〕\[\]【】]{1,60}[)〕\]】]$|(?:附|附[件表图录]\d{0,2}|注|备注|说明|抄[送报]|主送|主题词|签发人?|印发|编印|共印)\d{0,2}[:\d]"
    r"|第?\d{1,4}期|[\[(（]?(?:特急|平急|急件|机密|秘密|内部)|共印\d+份|.{0,30}(?:文件|简报|专报|党务公开|信息公开|公示栏|公开栏|公开专栏)$"
)
_HEADING = re.compile(
    r"(?:问题|情况|管理|整改|整治|治理|清理|清查|落实|建设|制度|机制|工作|台账|办法|规定|规则|细则|流程|程序|标准|责任|监督|方面|行为|渠道|清单|名单"
    r"|成效|成果|进展|并行|到位|不(?:到位|规范|严格?|足|够|力|清|强|高|全|实|深|明|畅|当|彻底|及时|健全|完善|扎实|平衡|充分|一致|匹配|统一|落实|集中|透明|精准|经常|稳定|合理|符|准|细|紧|好|多|大|广|便|熟悉|了解|重视)|薄弱|滞后|随意|流于形式|走过场|[粗松]散)$"
)
_BLOCK = re.compile(r"[“\"'‘「【《▲△▶►●○■□◆◇★☆※·•—-]|附[件:]|[^:,。;!?]{2,10}:")


def is_title(folded: str) -> bool:
    """A title of such a notice, or the line of it that says so."""
    return bool(
        folded
        and len(folded) <= 70
        and _TITLE.search(folded)
        and not FILE.search(folded)
        and not folded.endswith(("。", ";", ":"))
    )


def ends_title(folded: str) -> bool:
    """The last line of a title, which may have begun on the lines above."""
    return _TITLE_END.search(folded) is not None


def is_unit(folded: str) -> bool:
    """A unit's name alone, as in a masthead or a signature."""
    inner = core(folded)
    return (
        len(inner) <= 40 and ":" not in inner and _UNIT.search(inner) is not None and not _TITLE.search(inner)
    )


def is_date(folded: str) -> bool:
    """A date alone, masked or not."""
    return _DATE.fullmatch(folded) is not None


def has_file_number(folded: str) -> bool:
    """云团发〔2031〕3号"""
    return _FILE_NUMBER.search(folded) is not None


def is_note(folded: str) -> bool:
    """What offices print around a text besides: a note in brackets, 附：… 注：… 抄送：… 第3期 签发人：…"""
    return _NOTE.match(folded) is not None


def is_heading(folded: str) -> bool:
    """A heading or a cell that ends in what notices speak of: …问题, …不规范, …流于形式."""
    return ":" not in folded and _HEADING.search(core(folded)) is not None


def is_field(folded: str) -> bool:
    """`label：value`, as in record cards; what the label is has to be asked elsewhere."""
    return _FIELD.match(folded) is not None


def is_own_field(folded: str) -> bool:
    """A field whose label speaks of a notice's matters: 责任单位：… 完成时限：… 备注：…"""
    match = _FIELD.match(folded)
    return match is not None and _OWN_LABEL.search(match[0]) is not None


def is_numbered(folded: str) -> bool:
    """A line with a number ahead: a heading, a problem, an item."""
    return _NUMBERED.match(folded) is not None


def starts_block(folded: str) -> bool:
    """Whether the line begins something new, and is no second half of a sentence."""
    return is_numbered(folded) or _BLOCK.match(folded) is not None


def ends_sentence(folded: str) -> bool:
    """Whether nothing is wanting behind the line's last character."""
    return folded.endswith(_ENDS)


_ENDS = ("。", ";", ":", "!", "?", "”", "’", ")", "》", ".", "】", "」", "〕", *"√✓✔×△▲○●→★☆")
"""Also the sign by which some notices tell the state of a problem."""


@cache
def _own_words() -> re.Pattern[str]:
    table = boilerplate()
    return re.compile("|".join(map(re.escape, {*table.notice_signals.words, *table.guard_words})))


def speaks_of_notice(folded: str) -> int:
    """How many different words of notices a line holds."""
    return len(set(_own_words().findall(folded)))
