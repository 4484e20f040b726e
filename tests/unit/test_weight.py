"""How heavy pages are: what is counted, what is too much, what the table says."""

from __future__ import annotations

import base64
import gzip
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from zhenggai.checks import site as site_check
from zhenggai.checks import weight
from zhenggai.checks.site import Site

ROOT = Path(__file__).resolve().parents[2]


def noise(size: int) -> str:
    """Text that gzip cannot make smaller than three quarters."""
    blocks = (hashlib.sha256(b"%d" % n).digest() for n in range(size // 32 + 1))
    return base64.b64encode(b"".join(blocks)).decode()[:size]


def put(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def first(root: Path, address: str = "") -> int:
    return next(w.first for w in weight.weigh(Site(root)) if w.address == address)


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 1))


def test_a_first_view_counts_each_asset_once(tmp_path: Path) -> None:
    sheet, script, icon = noise(3000), noise(5000), noise(700)
    page = (
        "<link rel=stylesheet href=s.css><link rel=stylesheet href=./s.css><script src=x.js></script>"
        '<link rel=icon href=i.svg><a href="big.html">x</a><form action="big.html"></form>'
    )
    put(
        tmp_path, {"index.html": page, "s.css": sheet, "x.js": script, "i.svg": icon, "big.html": noise(9000)}
    )
    assert first(tmp_path) == packed(page) + packed(sheet) + packed(script) + packed(icon)


def test_what_assets_ask_for_counts_too(tmp_path: Path) -> None:
    sheet, inner, fill = (
        "@import 'inner.css';",
        f"a{{background:url(fill.svg)}}/*{noise(2000)}*/",
        noise(4000),
    )
    one, two = (
        'import { a } from "./two.js";\nimport "./one.js";',
        f'export * from "./two.js"; /*{noise(800)}*/',
    )
    page = "<link rel=stylesheet href=c/s.css><script type=module src=one.js></script>"
    files = {
        "index.html": page,
        "c/s.css": sheet,
        "c/inner.css": inner,
        "c/fill.svg": fill,
        "one.js": one,
        "two.js": two,
    }
    put(tmp_path, files)
    assert first(tmp_path) == sum(map(packed, files.values()))


def test_a_picture_is_not_packed_again(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": "<img src=p.png>"})
    (tmp_path / "p.png").write_bytes(bytes(6000))
    assert first(tmp_path) == packed("<img src=p.png>") + 6000


def test_the_html_limit(tmp_path: Path) -> None:
    at = "<p>" + "字" * ((weight.HTML_LIMIT - 3) // 3)
    put(
        tmp_path,
        {
            "index.html": at.ljust(weight.HTML_LIMIT - len(at.encode()) + len(at)),
            "units/x/index.html": at + "字",
        },
    )
    assert (tmp_path / "index.html").stat().st_size == weight.HTML_LIMIT
    (found,) = site_check.check(tmp_path)
    assert (found.path, found.code, found.stops) == (tmp_path / "units/x/index.html", "HEAVY-PAGE", True)
    assert "200.0 KB" in found.message


def test_the_limit_of_a_first_view(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"index.html": "<script src=x.js></script>", "x.js": noise(weight.FIRST_LIMIT), "a.html": "<p>轻"},
    )
    assert site_check.check(tmp_path) == []
    put(tmp_path, {"x.js": noise(2 * weight.FIRST_LIMIT)})
    (found,) = site_check.check(tmp_path)
    assert (found.path, found.code) == (tmp_path / "index.html", "HEAVY-FIRST-VIEW")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("", "首页"), ("reports/2023/x/", "一份通报"), ("units/", "单位一览"), ("units/2/", "单位一览"),
        ("units/xian-tuan/", "一个单位"), ("units/xian-tuan/2/", "一个单位"), ("units/xian-tuan/open/2/", "单位的尚未完成"),
        ("years/", "年份一览"), ("years/units/3/", "单位与年份对照"), ("years/2023/", "一年"), ("years/undated/2/", "一年"),
        ("categories/", "类别一览"), ("categories/finance/2/", "一类问题"), ("categories/finance/by-unit/2/", "一类问题，按单位"),
        ("categories/finance/mentioned/", "一类问题，涉及的"), ("regions/2/", "地区一览"), ("regions/yunxiu/", "一个地区"),
        ("open/finance/2/", "尚未完成"), ("documents/3/", "文件"), ("documents/zhiding/", "文件"),
        ("documents/caiwu-guanli-0a1b2c3d/", "一份文件"), ("contacts/2/", "联系方式"), ("statistics/", "统计"), ("data/", "数据"),
        ("search/", "搜索"), ("about/", "其他"), ("404.html", "其他"),
    ],
)  # fmt: skip
def test_kinds_of_page(address: str, kind: str) -> None:
    assert weight.Weight(Path(address), address, 0, 0).kind == kind


def test_the_table_names_the_heaviest_of_each_kind(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"index.html": "x" * 1500, "units/a/index.html": "y" * 2000, "units/b/index.html": noise(3000)},
    )
    rows = weight.heaviest(weight.weigh(Site(tmp_path)))
    assert [(r.kind, r.count, r.html.address) for r in rows] == [("首页", 1, ""), ("一个单位", 2, "units/b/")]
    command = [sys.executable, str(ROOT / "scripts" / "check.py"), "--site", str(tmp_path), "--weights"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "| 一个单位 | 2 | 3.0 KB | 2.3 KB |" in done.stdout
    done = subprocess.run([*command[:2], "--weights"], capture_output=True, text=True, check=False)
    assert (done.returncode, "--site" in done.stderr) == (2, True)
