"""What the system says went wrong with a file, in words that a clerk can do something with."""

from __future__ import annotations

import errno

from zhenggai.model import ZhenggaiError

_WHY = {
    errno.EACCES: ("没有权限", "改用有权限的文件夹，或请管理员授权"),
    errno.EPERM: ("没有权限", "改用有权限的文件夹，或请管理员授权"),
    errno.EROFS: ("那里是只读的", "换一个可以写入的文件夹，或请管理员改为可写"),
    errno.ENOSPC: ("磁盘满了", "腾出空间后再运行一次，已写好的不会重做"),
    errno.EDQUOT: ("磁盘配额用完了", "腾出空间后再运行一次，已写好的不会重做"),
    errno.EFBIG: ("超过了系统允许的大小", "请管理员放宽限制，或换一个磁盘"),
    errno.EIO: ("磁盘读写出错", "磁盘可能坏了：先备份，再请管理员检查"),
    errno.ENAMETOOLONG: ("名字太长", "换一个短些的文件夹名"),
    errno.ENOTDIR: ("上级不是文件夹", "检查路径"),
    errno.EEXIST: ("上级不是文件夹", "检查路径"),
    errno.ENOENT: ("没有这个文件或文件夹", "检查路径，或看是不是正被移走"),
    errno.EMFILE: ("同时打开的文件太多", "用 --jobs 1 再运行一次"),
}


def why(error: OSError) -> str:
    """The reason in a few words: 磁盘满了; what the system calls it where we have no word for it."""
    return _WHY[error.errno][0] if error.errno in _WHY else error.strerror or str(error)


def remedy(error: OSError) -> str:
    """What to do about it."""
    return _WHY[error.errno][1] if error.errno in _WHY else "检查磁盘和权限后再运行一次"


def told(error: OSError) -> ZhenggaiError:
    """The error as one line for people: file, reason, what to do."""
    return ZhenggaiError(why(error), path=error.filename, remedy=remedy(error))
