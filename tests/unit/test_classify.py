"""rules/taxonomy.yaml and classify: every category gets its examples, spares near misses, and unseen wording is read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from zhenggai.frontmatter import load_yaml
from zhenggai.ingest.classify import classify
from zhenggai.model import UnitKind
from zhenggai.rulebook import taxonomy

LEAVES = taxonomy().leaves
LABELS = sorted((Path(__file__).parents[1] / "quality" / "labels").glob("*.yaml"))
FLOOR = 0.96
"""Share of the labelled problems that get a category their label allows; it only rises."""

UNSEEN = """
政府部门|取水许可事后监管缺失|core-duty
政府部门|超限超载治理成效不明显|core-duty
政府部门|燃气安全排查整治有死角|safety
政府部门|公租房清退不及时|livelihood
政府部门|殡葬领域乱收费问题突出|finance livelihood
政府部门|职称评审把关不严|core-duty
政府部门|优化营商环境举措不多|reform
政府部门|推进交通运输领域改革有差距|reform
政府部门|农机购置补贴核验不实|rural finance
政府部门|审计项目质量不高，成果转化不够|core-duty
政府部门|社区矫正对象脱管漏管|core-duty safety
政府部门|辅警管理松散|cadre-team
政府部门|中央环保督察反馈问题整改不彻底|other-rectification
政府部门|“僵尸”政务公众号清理不及时|ideology
其他|发票违规代开查处不力|core-duty
其他|纳税人办税来回跑|core-duty livelihood
其他|气象预警信息发布“最后一公里”不畅|core-duty livelihood safety
国企|社有资产家底不清，出租程序不规范|assets
国企|对控股企业监管缺位|integrity-risk core-duty
国企|投资决策可行性论证不充分|core-duty democratic-centralism
国企|董事会形同虚设，法人治理结构不健全|democratic-centralism
学校|科研经费管理不严格|finance
学校|校长办公会代替党委会决策|democratic-centralism
学校|党建与教学科研“两层皮”|party-lead
学校|研究生学位论文抽检不合格|core-duty
医院|收受红包回扣问题禁而不绝|integrity-risk
医院|病历书写质量不高|core-duty
医院|医疗设备“睡大觉”|assets
医院|护理人员配比不达标|cadre-team
法院|裁判尺度不统一，发改率偏高|core-duty
法院|涉诉信访化解不力|safety
检察院|认罪认罚从宽制度适用不规范|core-duty
乡镇街道|村级小微工程未履行招标程序|procurement
乡镇街道|村级后备干部储备不足|cadre-team
乡镇街道|“四议两公开”程序不规范|democratic-centralism
乡镇街道|机关干部下村“打卡拍照”|formalism work-style
党委部门|督查考核过多过频，增加基层负担|formalism
地方党委|推动高质量发展办法不多|implementation
群团|女职工特殊权益保护不到位|livelihood core-duty
共青团|预防青少年网络沉迷办法不多|youth-rights
其他|“两个责任”未能压紧压实|strict-governance
其他|咬耳扯袖少，谈话提醒不经常|supervision
其他|组织生活会辣味不足|party-life
其他|党费收缴标准核定不准确|branch-building
其他|公车加油“一车多卡”|eight-rules
"""


def kinds_of(slug: str) -> tuple[UnitKind, ...]:
    """The kinds of unit a category is for."""
    return next(leaf.only_for for leaf in LEAVES if leaf.slug == slug) or tuple(UnitKind)


@pytest.mark.parametrize(("slug", "heading"), [(c.slug, e) for c in LEAVES for e in c.examples])
def test_category_example_whatever_the_unit(slug: str, heading: str) -> None:
    assert {kind: classify(heading, unit_kind=kind).slug for kind in kinds_of(slug)} == dict.fromkeys(
        kinds_of(slug), slug
    )


@pytest.mark.parametrize(("slug", "heading"), [(c.slug, e) for c in LEAVES for e in c.counter_examples])
def test_category_spares_its_counter_example(slug: str, heading: str) -> None:
    assert [kind for kind in UnitKind if classify(heading, unit_kind=kind).slug == slug] == []


@pytest.mark.parametrize("line", UNSEEN.strip().splitlines())
def test_wording_of_other_units(line: str) -> None:
    kind, heading, allowed = line.split("|")
    assert classify(heading, unit_kind=kind).slug in allowed.split()


def test_labelled_problems() -> None:
    right, wrong = 0, []
    for path in LABELS:
        notice = load_yaml(path.read_text(encoding="utf-8"))
        for issue in notice.get("issues") or []:
            choice = classify(
                issue["heading"],
                unit_kind=notice.get("unit_kind") or "其他",
                above=issue.get("parents") or (),
                subs=[sub["heading"] for sub in issue.get("sub_issues") or []],
            )
            if choice.slug in {issue["category"], *(issue.get("category_alt") or ())}:
                right += 1
            else:
                wrong.append(f"{path.stem}: {issue['heading']} → {choice.slug}")
    assert right + len(wrong) > 400
    assert right / (right + len(wrong)) >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.slug)
def test_words_are_in_one_rank_and_combinations_have_two_groups(leaf: object) -> None:
    ranks = (leaf.settling, leaf.decisive, leaf.keywords, leaf.places, leaf.hints)  # type: ignore[attr-defined]
    words = Counter(word for rank in ranks for word in rank)
    assert len(words) >= 40
    assert [word for word, times in words.items() if times > 1] == []
    for rules, sign in ((leaf.together, " + "), (leaf.phrases, " > ")):  # type: ignore[attr-defined]
        for rule in rules:
            said, _, points = rule.partition(" = ")
            groups = said.split(sign)
            assert len(groups) == 2, rule
            assert not points or 1 <= float(points) <= 21, rule
            for word in (word.strip() for group in groups for word in group.split("|")):
                assert word, rule
                assert not set(word) & set(" +>=|，。"), rule
    assert len(leaf.counter_examples) >= 3  # type: ignore[attr-defined]


def test_nothing_known_is_other_not_a_guess() -> None:
    choice = classify("某事某处某状", unit_kind="政府部门")
    assert choice.slug == "other"
    assert choice.reasons == ("没有可用的词",)


def test_league_categories_are_for_the_league() -> None:
    assert classify("团费收缴不规范", unit_kind="共青团").slug == "league-building"
    assert classify("团建活动组织不力", unit_kind="医院").slug != "league-building"


def test_reasons_name_the_words() -> None:
    assert "标题有“公务接待”" in classify("公务接待无公函", unit_kind="国企").reasons
    assert "标题里“下属”与“监管”同时出现" in classify("对下属中心财务监管缺位", unit_kind="国企").reasons


def test_a_choice_says_what_each_reason_counts_and_what_came_next() -> None:
    choice = classify("公务接待无公函，固定资产未入账", unit_kind="国企")
    assert len(choice.points) == len(choice.reasons)
    assert list(choice.points) == sorted(choice.points, reverse=True)
    assert choice.score >= choice.points[0]
    assert choice.runner_up is not None
    assert (choice.slug, choice.runner_up.slug) == ("eight-rules", "assets")
    assert choice.score >= choice.runner_up.score
    assert "标题有“固定资产”" in choice.runner_up.reasons


def test_nothing_chosen_still_says_what_was_too_weak() -> None:
    about = "制度汇编已印发。"
    choice = classify("某事某处某状", unit_kind="医院", account="公务接待" + about)
    assert choice.slug == "other"
    assert choice.runner_up is not None
    assert choice.runner_up.slug == "eight-rules"
    assert choice.runner_up.score < taxonomy().weights.floor


def test_quotation_marks_inside_words_do_not_hide_them() -> None:
    assert classify("“三重”一大”制度执行不严", unit_kind="国企").slug == "democratic-centralism"


def test_a_neutral_word_hides_the_words_inside_it() -> None:
    assert classify("出租车拒载投诉多", unit_kind="政府部门").slug in {"core-duty", "livelihood"}
    assert classify("出租公房未评估", unit_kind="政府部门").slug == "assets"
    assert classify("市青少年活动中心某处某状", unit_kind="共青团").slug == "other"


def test_a_neutral_word_hides_the_words_inside_it_from_phrases_too() -> None:
    assert classify("职工宿舍用电线路老化", unit_kind="国企").slug == "safety"
    assert classify("职工年龄老化", unit_kind="国企").slug == "cadre-team"


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("以学习培训名义组织公款旅游", "eight-rules"),
        ("借业务交流之机到景区游览", "eight-rules"),
        ("以业务例会代替支委会研究重要事项", "democratic-centralism"),
        ("重工程建设轻安全管理", "safety"),
        ("以扶贫项目名义套取资金", "finance"),
        ("以信息公开代替村务公开", "rural"),
    ],
)
def test_what_stands_for_something_else_is_not_what_a_problem_is_about(heading: str, slug: str) -> None:
    assert {classify(heading, unit_kind=kind).slug for kind in UnitKind} == {slug}


def test_a_phrase_counts_only_in_its_order_near_each_other_and_in_one_clause() -> None:
    said = "标题里“资金”与“滞留”连用"
    assert said in classify("救灾资金滞留乡镇", unit_kind="乡镇街道").reasons
    assert said not in classify("滞留的救灾资金", unit_kind="乡镇街道").reasons
    assert said not in classify("救灾资金，长期滞留乡镇", unit_kind="乡镇街道").reasons
    assert said not in classify("救灾资金管理和各类物资台账滞留", unit_kind="乡镇街道").reasons


def test_a_text_of_any_length_is_read_in_one_pass() -> None:
    for part in ("整改", "以学习", "资金滞留", "某"):
        assert classify(part * 4000, unit_kind="其他").slug


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("工程验收人员吃拿卡要", "integrity-risk"),
        ("车管窗口“黄牛”揽客", "integrity-risk"),
        ("扶贫系统干部推诿扯皮", "work-style"),
        ("学会私设“小金库”", "finance"),
    ],
)
def test_settling_words_win_over_where_it_happened(heading: str, slug: str) -> None:
    assert classify(heading, unit_kind="政府部门").slug == slug


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("巡察指出的办公用房超标问题反弹", "inspection-rectification"),
        ("巡视反馈的公务接待问题整改打折扣", "inspection-rectification"),
        ("审计反馈的专项资金结余未收回", "other-rectification"),
        ("安全督导组交办的隐患未销号", "other-rectification"),
        ("巡护员夜间不上山", "core-duty"),
    ],
)
def test_who_found_a_problem_out_decides_over_what_it_was(heading: str, slug: str) -> None:
    assert classify(heading, unit_kind="政府部门").slug == slug


def test_of_two_equal_words_the_earlier_counts() -> None:
    assert classify("固定资产与公务接待存疑", unit_kind="国企").slug == "assets"
    assert classify("公务接待与固定资产存疑", unit_kind="国企").slug == "eight-rules"


def test_sub_problems_speak_when_the_heading_is_silent() -> None:
    subs = ["公务接待无公函", "公务接待清单缺失"]
    assert classify("某事某处某状", unit_kind="医院", subs=subs).slug == "eight-rules"
    assert classify("政府采购程序不规范", unit_kind="医院", subs=subs).slug == "procurement"


def test_headings_above_break_the_silence_but_do_not_overrule() -> None:
    above = ("二、整改落实情况", "（五）选人用人工作不规范")
    assert classify("某事某处某状", unit_kind="医院", above=above).slug == "selection"
    assert classify("固定资产未入账", unit_kind="医院", above=above).slug == "assets"


def test_headings_of_the_notice_itself_say_nothing() -> None:
    assert classify("某事某处某状", unit_kind="医院", above=("二、巡察反馈问题整改落实情况",)).slug == "other"


def test_focus_above_decides_when_nothing_else_does() -> None:
    above = ("（一）聚焦党中央决策部署落实方面",)
    assert classify("某事某处某状", unit_kind="政府部门", above=above).slug == "core-duty"
    above = ("（四）聚焦巡察整改和成果运用方面",)
    assert classify("某事某处某状", unit_kind="政府部门", above=above).slug == "inspection-rectification"


def test_focus_above_breaks_a_tie_of_weak_words() -> None:
    assert classify("学习敷衍", unit_kind="国企").slug == "theory-study"
    above = ("（二）聚焦群众身边不正之风和腐败问题方面",)
    assert classify("学习敷衍", unit_kind="国企", above=above).slug == "formalism"
    assert classify("理论学习敷衍", unit_kind="国企", above=above).slug == "theory-study"


def test_words_of_a_focus_are_no_evidence() -> None:
    above = ("（三）聚焦基层党组织领导班子和干部队伍建设方面",)
    assert classify("某事某处某状", unit_kind="国企", above=above).slug == "other"


def test_measures_in_the_account_hardly_count() -> None:
    measures = "一是开展理论学习，召开党组会集体研究；二是修订制度汇编，组织警示教育和干部培训。已整改完成。"
    assert classify("某事某处某状", unit_kind="医院", account=measures).slug == "other"
    assert classify("固定资产未入账", unit_kind="医院", account="公务接待 公务用车 公务接待").slug == "assets"
    about = "对三台固定资产重新盘点，资产处置报国有资产管理部门备案。"
    assert classify("某事某处某状", unit_kind="医院", account=about).slug == "assets"
