"""A notice whose every field is hostile: for pages, data, feeds and vCards alike."""

from __future__ import annotations

from typing import Any

EVIL = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp;{{ 7*7 }}{% raw %}[a](javascript:alert(3))"""
ANCHOR = r"100%41是的/../甲\乙:y"

EVIL_BODY = """\
<script>alert(1)</script>

<div onclick="alert(2)">甲</div>

[乙](javascript:alert(3)) [丙](JaVaScRiPt:alert(4) "x") [丁](data:text/html,x) [戊](https://www.example.cn/)

![己](https://tracker.example.net/x.png)

辛 {{ 7*7 }} {% include "x" %} &lt;b&gt;
{: onclick="alert(5)" style="position:fixed" class="zg-demo" }

<javascript:alert(6)> 句中 <b onmouseover=alert(7)>壬</b> <!-- 癸 -->

"""


def hostile(evil: str = EVIL) -> dict[str, Any]:
    """Every field that takes free text holds `evil`; every field that becomes a link holds a script."""
    text = dict.fromkeys(
        ["title", "unit", "province", "city", "county", "kind", "inspecting_body", "inspection_round",
         "inspection_type", "signed_by", "completion_rate"], evil,
    )  # fmt: skip
    script = "javascript:alert(8)"
    issue = {
        "number": evil, "heading": evil, "category": "other", "status": "in-progress", "origin": "feedback",
        "parents": [evil], "anchor": ANCHOR, "also_at": [f"{ANCHOR}2"],
        "sub_issues": [{"heading": evil, "category": "finance", "anchor": f"{ANCHOR}3"}],
    }  # fmt: skip
    return text | {
        "issues": [issue, {**issue, "origin": "self", "anchor": f"{ANCHOR}4", "also_at": [], "sub_issues": []}],
        "contacts": {
            "phones": [{"value": evil, "label": evil, "tel": script}, {"value": "1", "tel": evil}],
            "emails": [evil, script, "a@b.cn?subject=x&body=y"],
            **dict.fromkeys(["address", "po_box", "postcode", "fax", "hours"], evil),
        },
        "documents": [{"name": evil, "action": evil}], "accountability": {"money_returned": evil},
        "source": {"file": evil, "sha256": "0" * 64, "encoding": evil, "url": script, "printed": {evil: evil}},
        "review": [{"code": "x", "message": evil}],
        "body": EVIL_BODY + "".join(f"## 庚 {{#{ANCHOR}{n}}}\n\n" for n in ("", 2, 3, 4)),
    }  # fmt: skip
