"""The grammars of the field, in small: which headings are problems, and what belongs to them."""

from __future__ import annotations

from zhenggai.ingest.outline import outline
from zhenggai.ingest.pieces import pieces
from zhenggai.ingest.problem import Problem
from zhenggai.ingest.problems import problems
from zhenggai.ingest.tables import whole_rows
from zhenggai.ingest.text import Line
from zhenggai.model import Origin, Status


def read(text: str, stated: int | None = None) -> list[Problem]:
    lines = [Line(no, line) for no, line in enumerate(text.strip("\n").split("\n"), 1)]
    return problems(outline(whole_rows(pieces(lines))), stated)


def told(found: list[Problem]) -> list[tuple[str | None, str]]:
    return [(p.number, p.heading) for p in found]


def test_inline_frames_running_on_across_parts() -> None:
    found = read("""
一、提高站位，压实责任
二、逐项整改，务求实效
第一方面，聚焦上级部署落实。共1条问题。
1.关于“学习研讨走过场”的问题。此问题已整改完成。补学三次。
第二方面，聚焦群众身边作风。共1条问题。
2.关于“台账不清”的问题。正在整改。
三、下一步打算
1.继续抓好学习不到位的问题。
""")
    assert told(found) == [("1.", "学习研讨走过场"), ("2.", "台账不清")]
    assert found[1].parents == ("二、逐项整改，务求实效", "第二方面，聚焦群众身边作风。共1条问题。")


def test_first_level_in_two_dresses_and_two_sentence_headings() -> None:
    found = read("""
1、 把整改作为大事来抓
（1） 统一思想认识。开会两次。
二、整改落实情况
（一）聚焦学习方面
1.学习制度执行有差距。未按计划组织研讨。
补学四次，完善计划。
2.部署落实不到位。
印发方案。
（二）聚焦作风方面
1.调研不深入。
开展调研。
三、下一步
（一）持续用力。
""")
    assert told(found) == [
        ("1.", "学习制度执行有差距。未按计划组织研讨"),
        ("2.", "部署落实不到位"),
        ("1.", "调研不深入"),
    ]


def test_measures_under_framed_headings_are_no_problems() -> None:
    found = read("""
一、关于“值班值守松散”问题的整改情况
（一）制定值班办法，不再由一人代班。
（二）每月抽查，未发现脱岗。
二、关于“账实不符”问题的整改情况
（一）盘点资产。
""")
    assert told(found) == [("一、", "值班值守松散"), ("二、", "账实不符")]


def test_a_frame_below_one_of_many_headings_tells_a_detail_of_it() -> None:
    found = read("""
二、整改落实情况
（一）政治建设方面
1.理论学习不深入。补学四次。
关于“读书会走过场”的问题，已重新安排。
2.议事规则执行不严。修订规则。
（二）作风建设方面
1.调研不深入。开展调研。
2.服务群众不主动。设立窗口。
""")
    assert [p.heading for p in found] == [
        "理论学习不深入",
        "议事规则执行不严",
        "调研不深入",
        "服务群众不主动",
    ]
    assert [s.heading for s in found[0].subs] == ["读书会走过场"]


def test_frames_below_most_headings_are_the_problems() -> None:
    found = read("""
二、整改落实情况
（一）理论学习不深入。
关于“读书会走过场”的问题。补学四次。
关于“笔记照抄”的问题。重写。
（二）议事规则执行不严。
关于“会前不通气”的问题。修订规则。
（三）作风建设抓得不紧。
持续整顿。
""")
    assert [p.heading for p in found] == ["读书会走过场", "笔记照抄", "会前不通气"]


def test_sub_problems_and_late_group() -> None:
    found = read("""
一、聚焦反馈问题，推进整改
（一）党的领导弱化
1.落实部署不力
（1）阵地建设指导不力。针对“两处阵地长期闲置”问题，一是修缮。针对“去“四化”、强“三性”答不全”的问题，二是补学。
（2）服务中心工作不力。一是对接项目。
（二）尚未完成整改的具体项目
1.阵地建设指导不力
计划年内完成。
2.未见调研材料
正在补做。
""")
    assert told(found) == [
        ("（1）", "阵地建设指导不力"),
        ("（2）", "服务中心工作不力"),
        ("2.", "未见调研材料"),
    ]
    assert [s.heading for s in found[0].subs] == ["两处阵地长期闲置", "去“四化”、强“三性”答不全"]
    assert len(found[0].again) == 1
    assert found[2].group == "unfinished"


def test_unnumbered_blocks_above_a_measure_label() -> None:
    found = read("""
聚焦为民服务方面

办证多头跑没有根本解决
整改情况：推行一窗办理。

补贴审核把关不严
整改情况：重新核对。
""")
    assert told(found) == [(None, "办证多头跑没有根本解决"), (None, "补贴审核把关不严")]


def test_record_cards() -> None:
    found = read("""
反馈问题：水费收缴不透明。
整改措施：公开水价。
完成情况：已完成
反馈问题：工程先施工后签合同。
整改措施：补签合同。
完成情况：正在推进
""")
    assert told(found) == [(None, "水费收缴不透明"), (None, "工程先施工后签合同")]


def test_table_rows() -> None:
    found = read(
        "序号\t反馈问题\t整改措施\t完成情况\n1\t账目混用\t分设账簿\t已完成\n2\t群过多过滥\t解散九个\t正在整改"
    )
    assert told(found) == [("1", "账目混用"), ("2", "群过多过滥")]


def test_self_examination_lists_problems_in_running_text_and_causes_are_none() -> None:
    found = read("""
二、存在问题及原因
1.思想方面。一是理论学习还不够深。常态研讨少。二是学用结合还有差距。
产生上述问题的主要原因有两条：
1.认识还不够深刻。平时学得少。
2.担当还不够有力。怕担责任。
""")
    assert told(found) == [("一是", "理论学习还不够深"), ("二是", "学用结合还有差距")]
    assert {p.origin for p in found} == {"self"}


def test_printed_total_decides_between_levels() -> None:
    text = """
一、聚焦队伍方面
1.队伍管理不严
（1）考勤不规范
整改情况：修订办法。
（2）借用人员不清退
整改情况：清退两人。
"""
    assert told(read(text, stated=2)) == [("（1）", "考勤不规范"), ("（2）", "借用人员不清退")]
    assert told(read(text, stated=1)) == [("1.", "队伍管理不严")]


def test_idioms_are_problems_beside_plain_wordings() -> None:
    found = read("""
一、作风建设还有差距
（1）调研不深入。开展走访。
（2）补助兑付“挤牙膏”。已兑付。
二、队伍建设有弱项
（3）干部走读屡治屡发。每晚点名。
""")
    assert told(found) == [
        ("（1）", "调研不深入"),
        ("（2）", "补助兑付“挤牙膏”"),
        ("（3）", "干部走读屡治屡发"),
    ]


def test_run_on_text_is_cut_at_counts_that_go_on() -> None:
    text = (
        "一、整改成效 （一）学习方面。 1.学习研讨走过场。全年补学六次，人人交流发言，形成纪要六份，存档备查，此问题已整改完成。"
        "2.会议记录不全。重新设计记录本，补记缺席人员与主持人，逐次核对签字，抽查四次未再发现漏项，此问题已整改完成。"
    )
    cut = [p.text[:6] for p in pieces([Line(1, text)])]
    assert cut == ["一、整改成效", "（一）学习方", "1.学习研讨", "2.会议记录"]
    assert told(read(text)) == [("1.", "学习研讨走过场"), ("2.", "会议记录不全")]


def test_pieces_keep_every_sign() -> None:
    text = "（1）甲。乙　丙 1.丁。2.戊" * 12
    joined = "".join(p.text for p in pieces([Line(1, text)]))
    assert joined.replace(" ", "").replace("　", "") == text.replace(" ", "").replace("　", "")


def test_attachment_list_holds_no_problems() -> None:
    found = read("""
一、关于“台账不清”的问题
已补录。
附件：1.闲置资产未盘活明细表
2.长期未归还物资清单
""")
    assert told(found) == [("一、", "台账不清")]


def test_number_before_a_figure_counts_only_in_a_list() -> None:
    found = read("""
一、聚焦民生方面
1.65岁以上老人档案更新不及时
已复核。
2.窗口办事不便
已延时。
""")
    assert told(found)[0] == ("1.", "65岁以上老人档案更新不及时")


def test_a_copy_wrapped_at_a_fixed_width_is_joined_again() -> None:
    paragraphs = [
        "一、关于“值班记录补写”问题的整改情况",
        "　　更换巡山终端三十二台，逐人核对轨迹，废止纸质补签办法，按月在公示栏张贴抽查结果，由护林员互相签认，抽查六次未再发现补写，"
        "并把抽查结果同绩效挂钩，全年扣减绩效九人次，收到群众反映线索两条，均已逐条核实答复，资料归档备查，长期保持。",
        "二、关于“苗木采购未比价”问题的整改情况",
        "　　修订苗木采购办法，三家以上比价，财务人员逐笔复核，采购结果在公开栏公示七天，退回未比价支出两笔，补签合同四份，"
        "对经办人员谈话提醒，今后凡五千元以上采购一律集体研究并留存会议记录，由纪检委员列席监督，每季度抽查一次，通报全局。",
    ]
    wrapped = "\n".join(p[i : i + 24] for p in paragraphs for i in range(0, len(p), 24))
    lines = [Line(no, text) for no, text in enumerate(wrapped.split("\n"), 1)]
    assert [p.text for p in pieces(lines)] == [p.strip() for p in paragraphs]
    assert told(read(wrapped)) == [("一、", "值班记录补写"), ("二、", "苗木采购未比价")]


def test_a_wrapped_line_that_ends_with_a_closing_mark_goes_on() -> None:
    paragraphs = (
        "收到反馈意见以后班子连开三次会研究整改，修订《风铃县图书馆借阅与赔偿管理若干规定》"
        "《开放时间公示办法》等制度，全年组织培训四次，参加一百二十人次，考试全部合格。",
        "关于借阅台账登记不清楚的情况，由专人逐册核对补登，现已全部登记清楚并向读者公示，"
        "另在大厅设立意见簿，每周由值班人员收集一次，馆务会每月研究一次，逐条答复读者。",
    )
    width = paragraphs[0].index("《开放")
    assert width == 41
    wrapped = [text[i : i + 41] for text in paragraphs * 4 for i in range(0, len(text), 41)]
    assert wrapped[0].endswith("》")
    found = pieces([Line(no, line) for no, line in enumerate(wrapped, 1)])
    assert [piece.text for piece in found] == list(paragraphs * 4)


def test_a_stray_long_line_does_not_hide_the_wrapping() -> None:
    """A newspaper's imprint below a wrapped notice is longer than its lines."""
    paragraphs = [
        "根据县委统一部署，巡察组对县林业局党组开展常规巡察并反馈意见，问题整改完成率为91.7%，其余正在推进。"
    ] * 6
    wrapped = "\n".join(p[i : i + 24] for p in paragraphs for i in range(0, len(p), 24))
    imprint = "本报地址：云岫县报业大厦三楼总编室　每周一三五出版　印刷：云岫县印务有限公司　零售每份一元"
    lines = [Line(no, text) for no, text in enumerate(f"{wrapped}\n{imprint}".split("\n"), 1)]
    assert [p.text for p in pieces(lines)] == [*paragraphs, imprint]


def test_a_sentence_torn_by_a_page_number_is_joined_again() -> None:
    first, number, rest = (
        "（一）制定管理办法，明确各部门职责分工和办理时限，做到事事",
        "- 3 -",
        "有人管、件件有着落。",
    )
    lines = [Line(1, first), Line(2, number).without(0, len(number), "page-number"), Line(3, rest)]
    assert [p.text for p in pieces(lines)] == [first + rest]


def test_headings_behind_bullets_and_formal_numerals() -> None:
    found = read("""
壹 | 把责任扛起来
召开会议三次。
贰 | 把问题改到位
▶ 聚焦部署落实
● 关于“巡护记录补写”的问题
整改举措：改用定位打卡。
● 关于“苗木验收走过场”的问题
整改举措：三方同到现场。
▶ 聚焦作风
● 关于“信访答复套话多”的问题
整改举措：当面答复。
叁 | 把成果守护好
""")
    assert told(found) == [(None, "巡护记录补写"), (None, "苗木验收走过场"), (None, "信访答复套话多")]
    assert found[2].parents == ("贰 | 把问题改到位", "▶ 聚焦作风")


def test_bulleted_measures_are_no_problems() -> None:
    found = read("""
一、关于“值班值守松散”的问题
● 完善值班制度，不再由一人代班。
● 每月抽查，对脱岗的通报批评；
二、关于“账实不符”的问题
● 盘点资产，补登漏记的12件。
""")
    assert told(found) == [("一、", "值班值守松散"), ("二、", "账实不符")]


def test_lines_that_are_a_quotation_are_problems() -> None:
    body = "逐项核查近三年的台账，补齐缺失材料三十余份，对经办人员提醒谈话，修订管理办法并公开。该问题已整改到位。"
    found = read(f"""
一、整改总体情况
开会三次。
二、问题整改情况
“护林员巡山以拍照代替，部分林班三月无人到”
{body}
“采伐审批‘先砍后批’时有发生”
{body}
三、下一步打算
“当下改”与“长久立”相结合。
""")
    assert told(found) == [
        (None, "护林员巡山以拍照代替，部分林班三月无人到"),
        (None, "采伐审批‘先砍后批’时有发生"),
    ]


def test_a_copy_wrapped_by_columns_is_joined_again() -> None:
    """A figure takes half the room of a Han: such lines differ in their characters, not in their width."""
    paragraph = "    1.耕地“非粮化”整治力度不够。2021年至2023年复垦撂荒地413亩、158块，由12个村集体合作社统一托管，群众可扫码查看。（已完成）"
    wrapped, line = [], ""
    for c in paragraph * 6:
        if len((line + c).encode("gbk")) > 40:
            wrapped.append(line)
            line = ""
        line += c
    wrapped.append(line)
    lines = [Line(no, text) for no, text in enumerate(wrapped, 1)]
    assert len(pieces(lines)) < len(wrapped) / 2


def test_an_aspect_in_a_frame_with_the_verb_of_the_frame_is_none() -> None:
    found = read("""
二、整改落实情况
（一）关于贯彻落实上级部署方面存在的问题
1.社会救助落得不实，漏保错保并存。
入户核查。
2.养老服务设施短板明显。
整合敬老院。
（二）关于落实意识形态责任制方面存在的问题
3.研判不经常。
每半年研究一次。
""")
    assert [number for number, _ in told(found)] == ["1.", "2.", "3."]


def test_one_quoted_line_is_a_motto() -> None:
    assert not read("""
一、整改总体情况
“有则改之，无则加勉，以整改实效取信于民”
全局上下以此为训，把整改作为头等大事，先后召开会议三次研究部署，逐条逐项抓好落实，确保见到实效。
""")


def test_details_below_a_heading_are_no_problems_of_their_own() -> None:
    found = read("""
2 反馈问题整改情况
2.1 经营管理方面
2.1.1 “第一议题”与经营“两张皮”
问题表现：全年12次学习均为照念原文。
整改措施：每期固定一个议题。
2.1.2 仓储损耗核销不严
问题表现：3年核销未附检斤单。
整改措施：双人检斤。
""")
    assert [heading for _, heading in told(found)] == ["“第一议题”与经营“两张皮”", "仓储损耗核销不严"]
    assert "问题表现：全年12次学习均为照念原文。" in found[0].account


def test_problems_listed_after_one_label_and_answered_by_number() -> None:
    found = read("""
（一）党的领导方面
反馈问题：一是议事规则不健全；二是对下属协会指导不力。
整改情况：针对第一个问题，修订规则，已整改到位。针对第二个问题，派员驻点，正在整改。
""")
    assert told(found) == [("一是", "议事规则不健全"), ("二是", "对下属协会指导不力")]
    assert found[0].account[-1] == "修订规则，已整改到位。"
    assert found[1].account[-1] == "派员驻点，正在整改。"
    assert found[0].parents == ("（一）党的领导方面",)


def test_problems_listed_first_and_answered_later() -> None:
    found = read("""
一、巡察反馈的问题
（一）部署落实方面：
1.档案数字化进度滞后；
2.库房温湿度监测流于形式。
二、整改措施和成效
第1个问题整改情况：已完成整改。数字化副本12万页。
第2个问题整改情况：正在整改。设备已下单。
三、下一步打算
第2个问题涉及的设备年底前到位。
""")
    assert told(found) == [("1.", "档案数字化进度滞后"), ("2.", "库房温湿度监测流于形式")]
    assert any(text.startswith("已完成整改") for text in found[0].account)
    assert any(text.startswith("正在整改") for text in found[1].account)


def test_a_table_taken_apart_into_lines() -> None:
    found = read("""
序号
反馈问题
整改措施
完成情况
一、部署落实方面
1
水质监测断面少测漏测
①补设断面；②按月公开。
已完成
2
排污口台账与现场不符
逐口核对。
正在整改
附表：制度清单
序号
制度名称
1
断面巡测办法
""")
    assert told(found) == [("1", "水质监测断面少测漏测"), ("2", "排污口台账与现场不符")]
    assert "正在整改" in found[1].account[0]


def test_a_table_of_ticks_tells_the_state_of_problems_above() -> None:
    found = read("""
二、问题整改情况
1.防汛物资账实不符
逐件盘点。
2.值守制度执行不严
随机抽查。
三、整改进度一览
序号\t反馈问题\t已完成\t基本完成\t正在推进
1\t防汛物资账实不符\t√\t\t
2\t值守制度执行不严\t\t\t√
""")
    assert told(found) == [("1.", "防汛物资账实不符"), ("2.", "值守制度执行不严")]
    assert [p.again[0].ticked for p in found] == [Status.COMPLETED, Status.IN_PROGRESS]


def test_a_state_in_brackets_behind_a_frame_is_not_of_its_wording() -> None:
    found = read("""
二、反馈问题整改情况
１．关于应急物资库长期空置的问题（完成时限：2024年6月；整改状态：已完成）。整改落实情况：补充物资36类。
２．关于专家检查费冒名签领的问题（完成时限：2024年8月；整改状态：正在整改）。整改落实情况：追缴0.5万元。
""")
    assert told(found) == [("１．", "应急物资库长期空置"), ("２．", "专家检查费冒名签领")]


def test_a_group_of_one_problem_that_begins_like_a_measure() -> None:
    found = read("""
二、已完成整改的问题（1个）
（一）考核“大锅饭”，等次轮流坐庄
重新制定办法。
三、需长期坚持的问题（1个）
（一）学习贯彻新发展理念学归学、做归做
分批轮训。
""")
    assert [p.group for p in found] == ["completed", "long-term"]


def test_a_number_alone_on_its_line_has_its_words_below() -> None:
    found = read("""
问题①
食堂采购验收走过场
整改情况：食堂收归自办。
问题② 实训设备重建轻管
整改情况：逐台建卡。
""")
    assert told(found) == [("问题①", "食堂采购验收走过场"), ("问题②", "实训设备重建轻管")]
    assert "食堂收归自办。" in "".join(found[0].account)


def test_a_year_behind_a_number_that_goes_on() -> None:
    found = read("""
二、反馈问题整改情况
1.台账记录不完整。补录。
2.2031年巡察指出的仓容闲置问题未解决。盘活仓房。
""")
    assert told(found) == [("1.", "台账记录不完整"), ("2.", "2031年巡察指出的仓容闲置问题未解决")]


def test_half_a_frame_and_a_frame_behind_the_measure() -> None:
    found = read("""
二、逐项整改情况
1.执法检查宽松软，以罚代管并存的问题。评查文书。
2.算清旧账本，着力解决往来款长期挂账、清理不力的问题。逐笔核对。
3.巡察反馈指出“救助窗口服务生硬”。
设综合窗口。
""")
    assert [p.heading for p in found] == [
        "执法检查宽松软，以罚代管并存",
        "往来款长期挂账、清理不力",
        "救助窗口服务生硬",
    ]


def test_problems_as_sentences_of_paragraphs_with_measures_below() -> None:
    found = read("""
二、三个聚焦反馈问题整改情况
（一）聚焦部署落实方面
一是签约服务“签而不约”，随访记录雷同。
（1）抽查档案；（2）扣减补助。该问题已办结。
二是诊所监管宽松软。限期停业整改。该问题正在整改。
（二）聚焦作风方面
一是下乡就餐不交伙食费。补交餐费。该问题已办结。
三、下一步打算
一是防止工作松懈。
""")
    assert told(found) == [
        ("一是", "签约服务“签而不约”，随访记录雷同"),
        ("二是", "诊所监管宽松软"),
        ("一是", "下乡就餐不交伙食费"),
    ]
    assert [p.origin for p in found] == [Origin.FEEDBACK] * 3
    assert "该问题已办结。" in "".join(found[0].account)
    assert "该问题已办结。" not in "".join(found[1].account)


def test_problems_that_only_the_sentences_answering_them_name() -> None:
    found = read("""
二、坚守主业
（一）把学习摆到首位。针对学习搭便车、以备课代替学习的问题，一是单独排课；二是笔试。
（二）从严管班治学。针对学员请假随意的问题，一是刷脸签到。针对培训费长期挂账的问题，一是对账。
三、后续打算
针对新情况不够敏锐的问题，持续学习。
""")
    assert told(found) == [
        (None, "学习搭便车、以备课代替学习"),
        (None, "学员请假随意"),
        (None, "培训费长期挂账"),
    ]
    assert found[1].account[0].lstrip("，").startswith("一是刷脸签到。")


def test_problems_answered_in_order_in_another_part() -> None:
    found = read("""
二、巡察反馈的主要问题
（一）审判执行方面
一是长期未结案件清理不力。尚有23件。
二是案款发放拖沓。
（二）队伍建设方面
一是议事程序不完备。
三、整改落实情况
（一）审判执行方面
一是集中攻坚。剩余2件正在推进。
二是加快发放。此项已完成。
（二）队伍建设方面
一是补上程序。此项已完成。
""")
    assert [p.heading for p in found] == ["长期未结案件清理不力", "案款发放拖沓", "议事程序不完备"]
    assert [p.account[-1].strip() for p in found] == [
        "一是集中攻坚。剩余2件正在推进。",
        "二是加快发放。此项已完成。",
        "一是补上程序。此项已完成。",
    ]


def test_a_count_in_circles_that_runs_through_paragraphs() -> None:
    first = "（一）耕地保护方面。①管护缺位，渠道建而不用。修复渠道9公里，立牌397块，层层签订责任书。②上报数据失真。实地核查图斑。"
    second = "（二）项目资金方面。③补贴审核不严，存在虚报面积。追回补贴，列入名单，三年之内不得申报，结果在村务公开栏张贴。④合同低价长租。重新评估发包。"
    found = read(f"二、反馈问题整改情况\n{first}\n{second}")
    assert told(found) == [
        ("①", "管护缺位，渠道建而不用"),
        ("②", "上报数据失真"),
        ("③", "补贴审核不严，存在虚报面积"),
        ("④", "合同低价长租"),
    ]


def test_circled_measures_are_no_count() -> None:
    measures = "已采取四项措施并长期坚持下去。①修订办法，明确责任分工和完成时限。②公开账目，张榜公布三个月。③逐户核对，建立台账，补发补贴。④回访农户。"
    text = f"二、整改情况\n1.账目不清。\n{measures}\n2.发放不及时。\n{measures}"
    assert told(read(text)) == [("1.", "账目不清"), ("2.", "发放不及时")]
    lines = [Line(no, line) for no, line in enumerate(text.split("\n"), 1)]
    assert [piece.text for piece in pieces(lines)].count(measures) == 2


def test_headings_without_numbers_above_paragraphs() -> None:
    told_of = "逐条核对台账，三次召开会议研究，明确专人负责，每月在例会上通报一次进度，群众代表全程参加评议，结果张榜公布。"
    found = read(f"""
反馈问题具体整改情况
研讨发言人云亦云，学习不深入
{told_of}
推文审核把关不严
{told_of}
热线时有无人接听，排查不及时
{told_of}
下一步工作打算
抓常抓长，让整改成果不走样
{told_of}
""")
    assert told(found) == [
        (None, "研讨发言人云亦云，学习不深入"),
        (None, "推文审核把关不严"),
        (None, "热线时有无人接听，排查不及时"),
    ]


def test_numbers_behind_bullets_and_accounts_behind_dashes() -> None:
    found = read("""
▍01 党委会与校长办公会界限不清
◎ 抓机制　修订制度。
▍02 思政课教师配备不足
◎ 抓队伍　引进教师6名。
""")
    assert told(found) == [("01", "党委会与校长办公会界限不清"), ("02", "思政课教师配备不足")]
    found = read("""
1、统筹发展方面
①阵地管理有盲区，村级群疏于引导——一是摸排登记。二是专人管理。（已销号）
②项目建成后闲置——乡党委认为，根子在重建轻管，为此做了四件事。（推进中）
""")
    assert told(found) == [("①", "阵地管理有盲区，村级群疏于引导"), ("②", "项目建成后闲置")]


def test_rows_whose_cells_hold_line_ends() -> None:
    found = read("""
序号\t反馈问题\t整改措施\t整改时限\t完成情况
一、党的建设方面
1\t支委会研究党建少\t1.将党建列为第一议题，每月至少专题研究一次，全年不少于十二次，逐次记录。
2.年终述职先述党建。\t2031年1月底\t已完成
2\t学习以转发文章代替研讨，笔
记有抄袭现象\t1.改为夜学。\t2031年2月底\t正在整改
二、医疗服务方面
3\t中医馆设备长期闲置\t返聘专家坐诊。\t2031年1月底\t已完成
备注：完成情况由整改办复核。
""")
    assert told(found) == [
        ("1", "支委会研究党建少"),
        ("2", "学习以转发文章代替研讨，笔记有抄袭现象"),
        ("3", "中医馆设备长期闲置"),
    ]
    assert found[0].account[0].endswith("已完成")


def test_a_run_on_copy_keeps_a_blank_where_a_line_ended() -> None:
    lines = (
        "1、 把整改作为大事来抓",
        "（1） 统一思想认识。开会两次，印发方案，逐条认领，明确责任人和完成时限。",
        "二、整改落实的成效",
        "（一）聚焦学习方面",
        "1.学习制度执行有差距。未按计划组织研讨。",
        "补学四次，完善计划，班子成员带头领学，交流发言十二人次。",
        "2.部署落实不到位",
        "（1）会议记录不完整。补齐记录。",
        "（2）督办不经常。每月督办。",
    )
    found = read(" ".join(lines))
    assert told(found) == [
        ("1.", "学习制度执行有差距。未按计划组织研讨"),
        ("（1）", "会议记录不完整"),
        ("（2）", "督办不经常"),
    ]
