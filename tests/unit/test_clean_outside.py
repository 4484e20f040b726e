"""The frame that a site prints around a whole notice goes; what an office prints there stays."""

from __future__ import annotations

import pytest

from zhenggai.ingest.clean import clean
from zhenggai.ingest.decode import decode

NOTICE = """中共青榆县供销合作社党组关于巡察整改进展情况的通报
根据县委统一部署，2023年3月6日至5月12日，县委第四巡察组对县供销合作社党组进行了常规巡察，2023年7月3日反馈了巡察意见。
一、反馈问题整改情况
1.为农服务主责履行不到位，农资网点建设滞后。
整改情况：新建农资网点4个，建立会员档案，在县供销社微信公众号公布网点电话。该问题基本完成整改。
2.社属企业资产出租未公开招租。
整改情况：清理合同12份，下载统一文本重新签订，正在整改。
欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0799-5550101；邮政信箱：青榆县青石路8号。
中共青榆县供销合作社党组
2024年1月8日
"""

FRAMES = {
    "a shop with house rules in numbered sentences": (
        """书签 分享 收藏 举报 版权申诉 / 7
上传文档换钱
类型2024年供销社巡察整改通报.docx
• 上传人（卖家）：山间清风
• 文档编号：8821734
• 上传时间：2024-03-02
【下载声明】
1. 本店公文类文档均由用户自行上传，请谨慎下单，售出后不退不换。
2. 本页资料《2024年供销社巡察整改通报.docx》由用户（山间清风）上传，收益归该用户，本文库只提供存储空间。
配套讲稿：
关 键 词：
供销社 巡察 整改 情况 通报
资源描述：
""",
        """展开阅读全文 相关搜索 供销社 巡察
关于本文
本文标题：2024年供销社巡察整改通报.docx
链接地址：https://www.wenku.example/p-8821734.html
""",
    ),
    "a viewer that repeats the file's name": (
        """供销社巡察整改通报.docx
上传人：b****6 文档编号：6685198 上传时间：2024-01-28 格式：DOCX 页数：5 大小：35.61KB
供销社巡察整改通报.docx_第1页
第1页 / 共5页
点击查看更多>>
资源描述
《供销社巡察整改通报.docx》由会员分享，更多相关文档请在豆苗网上搜索。
""",
        """配套讲稿
相关资源
供销社工作总结.docx
《供销社巡察整改通报.docx》由会员分享，更多相关文档请在豆苗网上搜索。
""",
    ),
    "a download page with a form to log in": (
        """三五办公
全部分类
• 办公文档>
• 资源ID：5270771       资源大小：51KB        全文页数：5页
快捷下载 游客一键下载
邮箱/手机：
温馨提示：
账号：
密码：
友情提示
2、文件下载后可能会被浏览器打开，可以点击浏览器菜单保存网页到桌面。
3、本站不支持迅雷下载，请使用电脑自带的浏览器下载。
""",
        """注意事项
本文（巡察整改通报.doc）为本站会员（文星）上传，三五办公只提供信息存储空间，如侵犯了您的版权，请通知三五办公，我们立即删除！
""",
    ),
    "a reader with rules and the latest titles below": (
        "供销社巡察整改_第1页\n已阅读2页，还剩3页未读 继续免费阅读\n版权说明：本文档由用户上传，收益归内容提供方\n文档简介\n",
        """温馨提示
1. 本站资源如无特殊说明，都需要本地电脑安装办公软件和阅读器。
4. 未经权益所有人同意不得将文件中的内容挪作商业或盈利用途。
最新文档
乡镇党委书记述职报告（精选5篇）
主题教育研讨发言材料
0/150
提交评论
""",
    ),
}


def kept(text: str) -> list[str]:
    lines = clean(decode(text.encode(), "通报.txt")).lines
    return [line.text.strip() for line in lines if line.text.strip()]


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_leaves_exactly_the_notice(name: str) -> None:
    head, tail = FRAMES[name]
    assert kept(head + NOTICE + tail) == NOTICE.splitlines()


def test_what_an_office_prints_around_its_notice_stays_in_a_frame() -> None:
    masthead = ["中共青榆县供销合作社党组文件", "青供党〔2024〕3号"]
    below = ["（此件公开发布）", "附件：整改措施清单", "抄送：县纪委监委"]
    head, tail = FRAMES["a shop with house rules in numbered sentences"]
    text = head + "\n".join(masthead) + "\n" + NOTICE + "\n".join(below) + "\n" + tail
    assert kept(text) == [*masthead, *NOTICE.splitlines(), *below]


def test_odd_lines_without_a_frame_stay() -> None:
    """One odd line is no frame: it is kept, whatever it says."""
    odd = "党建引领共富路"
    assert odd in kept(f"{odd}\n{NOTICE}")
    assert "为农服务永远在路上" in kept(f"{NOTICE}为农服务永远在路上\n")


def test_a_frame_s_lines_carry_their_rule() -> None:
    head, _ = FRAMES["a download page with a form to log in"]
    lines = clean(decode((head + NOTICE).encode(), "通报.txt")).lines
    shop = next(line for line in lines if line.raw == "三五办公")
    assert [cut.rule for cut in shop.cuts] == ["frame"]


def test_headings_without_a_stop_are_no_frame_of_a_page() -> None:
    """A notice without contacts and signature that ends its sentences in `.`: only its words tell where it ends."""
    notice = NOTICE.replace("。", ".").splitlines()[:7]
    head, tail = FRAMES["a reader with rules and the latest titles below"]
    assert kept("\n".join([head.strip(), *notice, tail])) == notice


def test_a_title_between_a_seller_s_brackets_stays() -> None:
    title, *rest = NOTICE.splitlines()
    text = "\n".join(["稿号QM-0417 | 供销类 | 5.1K字", f"【可套用】{title}（夜猫子文稿铺排版）", *rest])
    assert kept(text) == [title, *rest]
