"""A small archive for the search page: nine notices of units and places that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai import frontmatter
from zhenggai.model import Report


@dataclass(frozen=True)
class Problem:
    heading: str
    category: str
    status: str
    text: str


@dataclass(frozen=True)
class Notice:
    """`lead`, problems and `end` are the notice as printed; the rest is what was read from it."""

    id: str
    unit: str
    unit_id: str
    kind: str
    county: str
    title: str
    published: str
    lead: str
    problems: tuple[Problem, ...]
    end: str
    level: str = "县"

    @property
    def lines(self) -> list[str]:
        """Every line of the notice, title first: what a phrase may stand in."""
        problems = [
            line for i, p in enumerate(self.problems, 1)
            for line in (f"{i}．关于“{p.heading}”的问题", p.text)
        ]  # fmt: skip
        return [self.title, self.lead, *problems, "下一步打算", self.end]

    def markdown(self) -> str:
        """The report file."""
        issues = [
            {"number": f"{i}．", "heading": p.heading, "category": p.category, "status": p.status,
             "origin": "feedback", "anchor": f"问题-{i}"}
            for i, p in enumerate(self.problems, 1)
        ]  # fmt: skip
        report = Report.model_validate(dict.fromkeys(NOTHING) | {
            "id": self.id, "title": self.title, "unit": self.unit, "unit_id": self.unit_id,
            "unit_kind": self.kind, "level": self.level, "province": "岚江省", "county": self.county,
            "published": self.published, "year": self.published[:4], "masked": "X" in self.published,
            "tags": sorted({p.category for p in self.problems}), "issues": issues, "documents": [],
            "source": {"file": "a.txt", "sha256": "0" * 64, "encoding": "utf-8"}, "review": [],
        })  # fmt: skip
        return frontmatter.render(report, "".join(self._body()))

    def _body(self) -> Iterator[str]:
        yield plain(self.lead)
        for i, p in enumerate(self.problems, 1):
            yield f"### {plain(f'{i}．关于“{p.heading}”的问题').strip()} {{#问题-{i}}}\n\n"
            yield plain(p.text)
        yield f"### 下一步打算\n\n{plain(self.end)}"


NOTHING: tuple[str, ...] = (
    "city", "kind", "inspecting_body", "inspection_round", "inspection_type", "inspection_start",
    "inspection_end", "feedback_date", "signed_date", "signed_by", "problem_count", "completed_count",
    "completion_rate", "contacts", "accountability", "notice_period",
)  # fmt: skip


def plain(text: str) -> str:
    """A markdown paragraph that shows `text` as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&])", r"\\\1", text) + "\n\n"


def files() -> dict[str, str]:
    """Path below the reports folder → content."""
    return {f"{n.published[:4]}/{n.id}.md": n.markdown() for n in NOTICES}


NOTICES: tuple[Notice, ...] = (
    Notice(
        "2021-yuxi-tuan", "共青团榆溪县委员会", "yuxi-tuan", "共青团", "榆溪县",
        "共青团榆溪县委员会关于巡察整改情况的通报", "2021-11-02",
        "根据县委统一安排，县委第三巡察组对我委开展了巡察，现将整改情况予以公布。",
        (
            Problem("团费收缴台账记得不全", "league-building", "completed",
                    "逐个支部核对了2018年至2021年的团费收缴\n台账，补登137笔，并制定《团费收缴登记办法》。此问题已整改完成。"),
            Problem("12355热线经常无人接听", "youth-rights", "in-progress",
                    "热线改由专人值守，每天8:30至17:30接听；后台系统正在更换，正在整改。"),
            Problem("微信公众号“榆溪青年”原创少", "youth-guidance", "completed",
                    "公众号每周推送不少于3篇，开设“榆溪·青声”专栏，关注人数增加2300余人。"),
        ),
        "我委将继续抓好后续整改，欢迎干部群众监督，电话0993-0104412，邮箱yuxi@example.cn。",
    ),
    Notice(
        "2022-yuxi-tuan", "共青团榆溪县委员会", "yuxi-tuan", "共青团", "榆溪县",
        "共青团榆溪县委员会关于巡察“回头看”整改进展情况的通报", "2022-12-20",
        "“回头看”反馈问题2个，整改完成1个，完成率50％。",
        (
            Problem("团费收缴不及时", "league-building", "long-term",
                    "把团费收缴列入支部考核，每季度通报一次，长期坚持。"),
            Problem("QQ群管理松散", "ideology", "completed",
                    "清理停用ＱＱ群14个，保留5个，管理员实名登记。"),
        ),
        "联系人：办公室；电话（0993）0104412。",
    ),
    Notice(
        "2022-songyan-renmin", "松堰县人民医院", "songyan-yiyuan", "医院", "松堰县",
        "中共松堰县人民医院委员会关于巡察整改情况的公告", "2022-08-15",
        "县委第一巡察组于2022年3月至5月对我院进行了常规巡察。",
        (
            Problem("医疗设备采购论证不充分", "procurement", "completed",
                    "修订《大型设备采购管理办法》，购置CT、MRI等设备一律先论证后采购，单价超过100万元的上会研究。"),
            Problem("窗口收费多收少退", "livelihood", "mostly-completed",
                    "退还多收费用12.5万元，涉及患者268人次；收费窗口增设价格查询机，基本完成。"),
            Problem("党费收缴标准核定有误", "branch-building", "completed",
                    "重新核定213名党员的党费标准，补缴党费4360元。"),
        ),
        "今后把巡察整改同医德医风建设结合起来，做到标本兼治。",
    ),
    Notice(
        "2023-songyan-caizheng", "松堰县财政局", "songyan-caizheng", "政府部门", "松堰县",
        "松堰县财政局党组关于巡察整改落实情况的报告", "2023-04-28",
        "收到反馈意见后，局党组召开专题会议11次，列出问题清单、任务清单、责任清单。",
        (
            Problem("专项资金拨付迟缓", "finance", "in-progress",
                    "建立资金拨付“直通车”，3月底前拨付惠农资金2,350万元，其余12355元待核实后拨付，正在整改。"),
            Problem("固定资产账实不符", "assets", "completed",
                    "盘点固定资产1,204件，补录86件，报废17件，账实相符率达到100%。"),
            Problem("预算编制较粗", "finance", "unstated",
                    "2024年预算细化到末级科目。"),
        ),
        "下一步，对照问题清单逐项销号，防止反弹。",
    ),
    Notice(
        "2023-songyan-qinghe", "松堰县青禾镇", "songyan-qinghe", "乡镇街道", "松堰县",
        "中共青禾镇委员会关于巡察反馈意见整改情况的通报", "2023-10-09",
        "镇党委认领反馈问题，逐条逐项抓整改。",
        (
            Problem("村级“三资”管理混乱", "rural", "in-progress",
                    "清查合同512份，收回欠款38.6万元，石桥村等3个村仍在诉讼之中，正在整改。"),
            Problem("人居环境整治一阵风", "rural", "long-term",
                    "实行每周三集中清扫，评比结果张榜公布，长期坚持。"),
            Problem("会议记录补记代记", "institutions", "completed",
                    "会议记录改用统一编号的本子，当场签字，杜绝补记。"),
        ),
        "接受监督的电话：0104427，通信地址：青禾镇政府201室。",
        level="乡",
    ),
    Notice(
        "2023-yuxi-erzhong", "榆溪县第二中学", "yuxi-erzhong", "学校", "榆溪县",
        "中共榆溪县第二中学总支部委员会关于巡察整改情况的公示", "2023-06-30",
        "公示期自2023年6月30日起，共15个工作日。",
        (
            Problem("食堂大宗食材采购未招标", "procurement", "completed",
                    "食堂食材采购实行公开招标，A、B两家公司中标；校园餐账目每月在公示栏张贴。"),
            Problem("教师考勤形同虚设", "work-style", "completed",
                    "启用指纹考勤机，4月以来通报迟到早退9人次。"),
        ),
        "学校将举一反三，完善《校务公开实施细则（试行）》等制度。",
    ),
    Notice(
        "2024-yuxi-fayuan", "榆溪县人民法院", "yuxi-fayuan", "法院", "榆溪县",
        "中共榆溪县人民法院党组关于县委第二巡察组反馈意见整改进展情况的通报", "2024-07-19",
        "截至2024年6月底，反馈的3个问题整改完成2个，完成率66.7%。",
        (
            Problem("长期未结案件清理不力", "core-duty", "mostly-completed",
                    "清理三年以上未结案件41件，办结39件，其余2件因另案中止，基本完成。"),
            Problem("诉讼费退费慢", "finance", "completed",
                    "上线退费系统V2.0，当事人扫描二维码即可查询，退费时限由30日缩短为7日。"),
            Problem("谈心谈话走过场", "party-life", "completed",
                    "班子成员之间谈心谈话24次，纪要经本人签字。"),
        ),
        "欢迎监督。信箱：榆溪县012号信箱；邮编：000012。",
    ),
    Notice(
        "2024-songyan-shuiwu", "松堰县水务公司", "songyan-shuiwu", "国企", "松堰县",
        "松堰县水务公司党支部整改情况通报", "2024-03-11",
        "××工程有限公司承建的二水厂扩建工程○标段，存在先施工后签合同现象。",
        (
            Problem("合同管理不严", "procurement", "completed",
                    "新签合同一律先审后签，审查合同76份，退回改正5份；编号从SW-001排到SW-076。"),
            Problem("水质检测频次不够", "livelihood", "in-progress",
                    "检测由每月1次改为每周1次，余氯≥0.3mg/L，水温不高于25℃，正在整改。"),
        ),
        "其他问题整改情况：会员充值、登录密码等功能由客服统一办理。",
    ),
    Notice(
        "2020-yuxi-mou", "共青团X县委员会", "masked-tuan-1", "共青团", "X县",
        "共青团X县委员会关于巡察整改情况的通报", "2020-XX-XX",
        "县委第X巡察组反馈问题X个，已全部整改。",
        (
            Problem("学习研讨少", "theory-study", "completed",
                    "中心组学习由每季度1次改为每月1次，研讨材料存档备查。"),
        ),
        "联系电话：XXXXXXX。",
    ),
)  # fmt: skip
