"""Puts a finished site where readers find it, all at once, and never over anything that is not ours."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import bootstrap
from zhenggai.faults import why
from zhenggai.model import ZhenggaiError

MARK = ".zhenggai-site"
"""A file in every site we build: `archive` or `demo`."""


class SiteFolderError(ZhenggaiError):
    """A folder that we must not build into, or cannot."""


def check_target(site: Path, *, demo: bool, keep: tuple[Path, ...]) -> None:
    """Refuse a `site` that holds anything but a site of ours, or that lies around or inside one of `keep`.

    `site` and `keep` are absolute. `keep` are the folders a build reads from. Refused too
    is a folder that cannot be written or made: better now than when the pages are ready.
    """
    for folder in (bootstrap.ROOT, *keep):
        if folder.is_relative_to(site):
            raise SiteFolderError(
                f"网站不能建在 {site}：那里面有 {folder}，会被网站替换掉", remedy="用 SITE= 另指一个文件夹"
            )
    for folder in keep:
        if site.is_relative_to(folder):
            raise SiteFolderError(
                f"网站不能建在 {site}：它在 {folder} 里面", remedy="用 SITE= 指到那个文件夹以外"
            )
    # Another run may be about to make it, for a try; what is looked at here must not come and go.
    with bootstrap.locked(bootstrap.CACHE / "publish-try.lock"):
        _look_at(site, demo=demo)


def _look_at(site: Path, *, demo: bool) -> None:
    try:
        if not site.exists():
            _try_to_make(site)
            return
    except OSError as error:
        raise SiteFolderError(
            f"不能把网站建在 {site}：{why(error)}", remedy="用 SITE= 另指一个可以写入的文件夹，或请管理员授权"
        ) from None
    if not site.is_dir():
        raise SiteFolderError(f"{site} 是一个文件，不是文件夹", remedy="用 SITE= 另指一个文件夹")
    if not os.access(site, os.W_OK):
        raise SiteFolderError(f"没有权限写入 {site}", remedy="改用有权限的文件夹，或请管理员授权")
    mark = site / MARK
    kind = mark.read_text(encoding="utf-8").strip() if mark.is_file() else None
    if kind is None and any(site.iterdir()) and site != bootstrap.ROOT / "site":
        raise SiteFolderError(
            f"{site} 里已有别的文件，不是本程序建的网站，没有动它",
            remedy="用 SITE= 另指一个空文件夹，或先把里面的文件移走",
        )
    if demo and kind == "archive":
        raise SiteFolderError(
            f"{site} 里是正式档案的网站，示例不能盖掉它",
            remedy="示例请另建一处：python scripts/publish.py --demo --site 示例网站",
        )


def _try_to_make(folder: Path) -> None:
    """Make it and take it away again, with whatever is missing above it. Raises OSError.

    Another run may be about to use the same folder: what it has begun to fill stays.
    """
    made: list[Path] = []
    try:
        for path in reversed([folder, *(above for above in folder.parents if not above.exists())]):
            if not path.is_dir():
                path.mkdir(exist_ok=True)
                made.append(path)
    finally:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir()


@contextlib.contextmanager
def building(site: Path, *, demo: bool) -> Iterator[Path]:
    """A new folder to build into; when the block ends well it takes the place of `site`, else it is removed.

    One build at a time per site. What a killed build left behind is cleared, and an
    old site that it had just moved aside is put back.
    """
    lock = hashlib.sha256(str(site).encode()).hexdigest()[:16]
    with bootstrap.locked(bootstrap.CACHE / f"publish-{lock}.lock"):
        new, old = _aside(site, "new"), _aside(site, "old")
        if old.exists() and not site.exists():
            old.rename(site)
        _remove(new)
        _remove(old)
        new.mkdir(parents=True)
        try:
            yield new
            mark(new, demo=demo)
            if hasattr(os, "sync"):
                os.sync()  # or a power cut would leave the names of pages without their contents
            _swap(new, site, old)
        finally:
            _remove(new)


def mark(folder: Path, *, demo: bool) -> None:
    """Say that a site is ours to replace, and whether it shows the samples."""
    (folder / MARK).write_text("demo\n" if demo else "archive\n", encoding="utf-8", newline="\n")


def _aside(site: Path, word: str) -> Path:
    """A hidden neighbour of `site`, so that moving it is one step; in our cache if none can be made."""
    name = f".{site.name}.{word}"
    parent = next(folder for folder in site.parents if folder.exists())
    return site.with_name(name) if os.access(parent, os.W_OK) else bootstrap.CACHE / name


def _swap(new: Path, site: Path, old: Path) -> None:
    if site.exists() and _exchange(new, site):
        return  # `new` is the old site now; who called removes it
    if site.exists():
        try:
            site.rename(old)
        except OSError:  # a mount point, another's folder, or one that a server on Windows holds open
            _copy_over(new, site)
            return
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, where the system can: readers never meet none."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2
    return call is not None and call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _copy_over(new: Path, site: Path) -> None:
    """Make `site` equal to `new` where it cannot be renamed: pages first come, then old ones go."""
    shutil.copytree(new, site, dirs_exist_ok=True, copy_function=_put)
    for path in sorted(site.rglob("*"), reverse=True):
        if not (new / path.relative_to(site)).exists():
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def _put(source: str, target: str) -> None:
    """Copy to a neighbour of `target` that takes its place: what else goes by that name on the disk stays.

    A page may be a hard link that the cache of builds shares; to write into it would change both.
    """
    place = Path(target)
    if place.exists() and place.samefile(source):
        return
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        shutil.copy2(source, part)
        part.replace(place)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _remove(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)
