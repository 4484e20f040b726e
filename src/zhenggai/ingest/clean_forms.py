"""Forms of dirt that need few words: paths, menus, dividing lines, glosses, codes."""

from __future__ import annotations

import re
from functools import cache

from zhenggai.ingest.edits import Span
from zhenggai.ingest.folding import fold, holds_any
from zhenggai.ingest.looks import is_title
from zhenggai.rulebook import boilerplate

_SUFFIX = re.compile(
    r"(?:通报|报告|公示|公告|情况|说明|公开|通知|决定|意见|汇报|总结)(?P<suffix>(?:\s{0,4}[-_|—–｜]{1,3}\s{0,4}[^-_|—–｜。，]{2,30}){1,5})\s{0,4}$"
)
_BAR = re.compile(r"\s{0,4}[_|｜]")
_SITE = re.compile(
    r"网|文库|门户|公文|范文|公众号|党建|文秘|文档|资料|公告|公示|首页|政府|纪委|专栏|动态|公开|频道|下载|日报|客户端|模板|大全|免费|素材|材料|文稿|写作"
)
_SAMPLE = re.compile(r"范文|怎么写|模板|大全|\d篇|精选")
_TITLE_IN = re.compile(
    r"\s{0,8}[^\s，。；：:_|]{4,40}关于[^，。；：:_|]{4,60}?(?:通报|报告|公示|公告|情况说明)"
)
_SAMPLE_NUMBER = re.compile(
    r"\s{0,8}[【（(]?(?:篇|范文|范本|例文|样文)[一二三四五六七八九十\d]{1,2}[】）)]?\s{0,2}[:：]?\s{0,2}"
)
_NOISE = re.compile(r"(?:(?<=[^!-~ ])|^) ?(?:[!-~]{1,2} {1,2}){3,24}[!-~]{0,3}(?=[^!-~ ]|$)")
_ODD = frozenset("!&^~{}|`$%@;:+?<>=_#*()")
_STAMP = re.compile(
    r"[^\s，。：:]{2,24}(?:[(（][^)）]{1,10}[)）])?\s{1,4}\d{4}[-/]\d{1,2}[-/]\d{1,2}\s{1,2}\d{1,2}:\d{2}:\d{2}"
)
_RULE = re.compile(r"[-—_=·•~～─━－＝▬﹏…╌┄┅☆★◆◇■▲#]{4,}|[-—_=·•~～─━－＝*＊#☆★◆◇●■▲]{8,}")
_PATH_SPLIT = re.compile(r"\s*(?:>|»|＞|›|≫|➤|▸|&gt;|::|→|/|\\)+\s*")
_MENU_SPLIT = re.compile(r"[\s|｜┊∣│┃‖/·>»＞、\[\]【】:：]+")
_PATH_HEAD = re.compile(
    r"^[^:：]{0,8}(?:当前|所在|现在)[^:：]{0,6}位置[^:：]{0,3}[:：]|^(?:您的)?位置[:：]"
    r"|^[您你](?:现在|当前)?(?:所?在|位于)[^:：]{0,8}(?:[:：]|$)"
    r"|^(?:网站)?首\s{0,2}页$|^主页$|^home$",
    re.I,
)
_SITE_PATH = re.compile(
    r"[^>＞»，。：:]{2,14}(?:网|站|首页|论坛|社区|文库|大厅)\s*(?:[>＞»]{1,2}\s*[^>＞»，。]{1,14}){1,5}(?:[>＞»]{1,2}|$|正文.{0,40})"
)
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_GLOSS = re.compile(
    rf"(?<=[\u4e00-\u9fff])[（(]\s?(?=[^()（）]{{0,12}}[{_TONES}])[a-zü{_TONES} '’]{{1,40}}[）)]"
)


def pinyin_glosses(text: str) -> list[Span]:
    """Readings that software wrote behind words: `程序(chéng xù)`."""
    return [(match.start(), match.end(), "pinyin-gloss", "") for match in _GLOSS.finditer(text)]


_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_FINAL = (
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|[aeiu]n|ai|ei|ui|ao|ou|iu|ie|ue|er|ia|ua|uo|[aoeiuv])"
)
_PINYIN_LINE = re.compile(rf"(?:{_INITIAL}{_FINAL}[\s,.!-]+){{4,30}}{_INITIAL}{_FINAL}")


def is_pinyin_line(text: str) -> bool:
    """A line of five or more spelled-out syllables and nothing else: how vendors hide their slogans."""
    return text.isascii() and _PINYIN_LINE.fullmatch(text.strip(" -=*~_.|#").lower()) is not None


def title_suffix(text: str) -> list[Span]:
    """The site's name behind a title: `…的通报_某某县政府网`."""
    if not 12 < len(text) <= 160 or not holds_any(text, "-_|—–｜"):
        return []
    if match := _SUFFIX.search(text):
        start = match.start("suffix") if _SITE.search(match["suffix"]) else len(text)
    else:
        bar = _BAR.search(text, 10)
        start = bar.start() if bar and _heads(text, bar.start()) else len(text)
    if start == len(text) or _SAMPLE.search(text, 0, start):
        return []
    return [(start, len(text), "title-suffix", "")]


def _heads(text: str, bar: int) -> bool:
    """Whether a title, or its first line, stands before a bar and no more than a site's name behind it."""
    before = fold(text[:bar])
    return is_title(before) or ("关于" in before and len(text) - bar < 16 and bool(_SITE.search(text, bar)))


def title_in(text: str) -> int:
    """Where the title ends with which a line begins (`某局关于…的通报 免费下载`), or 0."""
    match = _TITLE_IN.match(text) if len(text) <= 160 else None
    return match.end() if match and match.end() < len(text.rstrip()) else 0


def sample_number(text: str) -> list[Span]:
    """`篇二：` before a title: the number goes, the title stays."""
    match = _SAMPLE_NUMBER.match(text) if len(text) <= 80 else None
    return [(0, match.end(), "sample-title", "")] if match and is_title(fold(text[match.end() :])) else []


def forum_noise(text: str) -> list[Span]:
    """What forums put at the ends of lines against copying: `已完成整改。6 Q: V8 d! i& {3 ^`."""
    spans = []
    for match in _NOISE.finditer(text):
        signs = set(match[0])
        if len(signs & _ODD) > 1 and any(map(str.isalpha, match[0])) and match[0].count(" ") > 2:
            spans.append((match.start(), match.end(), "forum-noise", ""))
    return spans


def is_stamp(text: str) -> bool:
    """Who printed a copy or wrote in a chat, and when: `ab-0231 2031-10-12 09:14:55`."""
    return len(text) <= 60 and ":" in text and _STAMP.fullmatch(text.strip()) is not None


def is_rule_line(text: str) -> bool:
    """A dividing line of at least four signs; runs of * and X may be masks and need eight."""
    return _RULE.fullmatch("".join(text.split())) is not None


_CODE_LINE = re.compile(r"[!-~\s]{8,}")
_CODE_SIGN = re.compile(r"[{};]|\)\s*$|=\s*[\"'(\[\w]|^[a-z]+(?:-[a-z0-9]+)+$")
_CODE = re.compile(
    r"[.#@]?[A-Za-z][\w.#@:, >-]{0,60}\{[^{}]{0,400}[:;]|\b(?:function|var|window|document)\b.{0,20}[.=({]|\$\("
)
_STATEMENT = re.compile(
    r"\s{0,8}(?:var|let|const|window|document)[\s.][\w.\u4e00-\u9fff]{1,40}\s?=.{0,200};\s{0,4}$"
)
_LATIN_WORDS = re.compile(r"(?:[A-Za-z][a-z]{1,}[\s,.:;!]+){4}")
_LATIN_LINE = re.compile(r"[ -~\s]{20,}")


def is_code(text: str) -> bool:
    """A line of a style sheet or a script, also with Chinese names in it."""
    if text.isascii():
        return bool(_CODE_LINE.fullmatch(text) and _CODE_SIGN.search(text))
    if ";" in text and len(text) <= 200 and _STATEMENT.match(text):
        return True
    if "{" not in text and "(" not in text:
        return False
    return len(text) <= 2000 and sum(map(str.isascii, text)) * 4 > len(text) * 3 and bool(_CODE.search(text))


def is_latin_sentence(text: str) -> bool:
    """A line of English words in a Chinese notice: what a program says of itself."""
    return text.isascii() and bool(_LATIN_LINE.fullmatch(text) and _LATIN_WORDS.search(text))


_HASHTAGS = re.compile(r"(?:[#＃][^#＃\s]{1,16}[#＃]?\s*){2,12}")


def is_hashtags(text: str) -> bool:
    """A line of two or more #topics# and nothing else."""
    return text.startswith(("#", "＃")) and _HASHTAGS.fullmatch(text) is not None


def is_breadcrumb(text: str) -> bool:
    """`您当前的位置：首页 > 党务公开`, `首页>党务公开>巡察`; never a process (发现→整改→销号)."""
    text = text.strip()
    if len(text) > 120 or "。" in text:
        return False
    if _SITE_PATH.match(text):
        return True
    if match := _PATH_HEAD.match(text):
        rest = text[match.end() :]
        return len(rest) < 100 and "，" not in rest
    parts = _PATH_SPLIT.split(text.strip("　 [【】]"))
    return len(parts) > 1 and bool(_PATH_HEAD.match(parts[0])) and all(len(p) <= 40 for p in parts)


@cache
def _nav_words() -> frozenset[str]:
    return frozenset(boilerplate().nav_words)


def is_nav_word(folded: str) -> bool:
    """An entry of a page's bars: 返回顶部, 恢复默认."""
    return folded in _nav_words()


def is_menu(text: str) -> bool:
    """Two or more entries of a site's menu in a row: `首页 | 政务公开 | 互动交流`."""
    parts = [part for part in _MENU_SPLIT.split(text.strip().lower()) if part]
    if not 2 <= len(parts) <= 30 or len(text) > 160:
        return False
    known = sum(part in _nav_words() for part in parts)
    return known >= 2 and known * 3 >= len(parts) * 2 and max(map(len, parts)) <= 12


_ITEM_SPLIT = re.compile(r"\s*(?:[|｜┊∣·•/>»＞›┃│‖※◆]+|\s{1,}|　+)\s*")
_HARD_SPLIT = re.compile(r"[|｜┊∣·•>»＞›┃│‖]")
_ITEM = re.compile(r"[A-Za-z]{2,12}|[\u4e00-\u9fffA-Z+]{2,8}")


@cache
def _nav_ends() -> tuple[str, ...]:
    return tuple(boilerplate().nav_ends)


def is_long_menu(text: str) -> bool:
    """Four or more short entries in a row, one of them such as menus hold; for the edges of a notice."""
    parts = [part for part in _ITEM_SPLIT.split(text.strip(" \t　|｜·•[]【】>»＞")) if part]
    if not 4 <= len(parts) <= 40 or not all(map(_ITEM.fullmatch, parts)):
        return False
    known: int = sum(part.lower() in _nav_words() or part.endswith(_nav_ends()) for part in parts)
    return known > (0 if _HARD_SPLIT.search(text) else 1)
