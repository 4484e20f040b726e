"""Whether every address that was ever published still leads to what it named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zhenggai import published, redaction
from zhenggai.checks.finding import Finding
from zhenggai.model import ZhenggaiError
from zhenggai.reports import Brief


def check(folder: Path, reports: Sequence[Brief], unread: Iterable[Path]) -> Iterator[Finding]:
    """Findings over the list of published addresses of the archive in `folder`.

    `unread`: report files that are at fault otherwise, nothing is said of what they may hold.
    """
    path = folder / published.FILE
    try:
        known = published.read(folder)
    except ZhenggaiError as error:
        yield Finding(path, error.line or 1, "PUBLISHED-LIST", error.message, error.remedy)
        return
    here = {address for report in reports for address in published.addresses_of(report)}
    stones = {f"reports/{r.year}/{r.id}/" for r in reports if r.withdrawn}
    lost = {f"reports/{file.parent.name}/{file.stem}/" for file in unread}
    hidden = {f"reports/{r.year}/{r.id}/": r.redact for r in reports if r.redact}

    def leads(address: str) -> bool:
        page = address.partition("#")[0]
        return address in here or page in stones or page in lost or (bool(lost) and page.startswith("units/"))

    for address, own in known.known.items():
        if leads(address):
            continue
        try:
            now = known.now(address)
        except ZhenggaiError as error:
            yield Finding(path, own.line, "REDIRECT-CIRCLE", error.message, "改正这几行“->”后面的地址")
            continue
        page, sign, anchor = address.partition("#")
        if sign and redaction.in_anchor(anchor, hidden.get(now.partition("#")[0], ())):
            if now != address:
                yield Finding(
                    path, own.line, "ADDRESS-REDACTED", "这个旧锚点里有要隐去的字，转过去就等于公开它",
                    "删去这一行；旧链接仍会打开那份通报",
                )  # fmt: skip
            continue  # else nobody is told of it; a link to it still opens the report
        if leads(now):
            continue
        if own.to:
            yield Finding(
                path,
                own.line,
                "REDIRECT-DEAD",
                f"{address} 转到 {own.to}，那里没有内容",
                "改正“->”后面的地址",
            )
        elif now != address:
            yield Finding(
                path, own.line, "ANCHOR-GONE", f"{address} 随通报转到 {now}，那里没有这个锚点",
                "在这一行后面写“ -> ”和它现在的地址",
            )  # fmt: skip
        elif not sign or leads(page):  # else the finding on its page says it
            yield _gone(path, own.line, address, known, reports)


def _gone(
    path: Path, line: int, address: str, known: published.Published, reports: Sequence[Brief]
) -> Finding:
    page, sign, anchor = address.partition("#")
    if sign:
        mine = next((r for r in reports if f"reports/{r.year}/{r.id}/" == page), None)
        new = [f"#{a}" for a in mine.anchors if f"{page}#{a}" not in known.known] if mine else []
        hint = f"（可能是 {'、'.join(new[:3])}）" if new else ""
        remedy = (
            f"问题还在、只是改了名的，在这一行后面写“ -> #新锚点”{hint}；问题已不在通报里的，写“ -> {page}”"
        )
        return Finding(path, line, "ANCHOR-GONE", f"已公开的锚点 #{anchor} 在 {page} 里没有了", remedy)
    if page.startswith("units/"):
        remedy = "单位编号改了的，在这一行后面写“ -> units/新编号/”；改错了就把报告的 unit_id 改回去"
    else:
        remedy = (
            "误删的从备份恢复；要撤下的不删文件，在头部写 withdrawn；"
            "改了编号或并入另一份的，在这一行后面写“ -> reports/年份/编号/”；从未真正公开过的，删去这一行"
        )
    return Finding(path, line, "ADDRESS-GONE", f"已公开的地址 {address} 没有了", remedy)
