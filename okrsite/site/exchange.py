"""Two folders → each in the other's place, in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Any

# From <linux/fs.h>, <fcntl.h> and, on macOS, <sys/stdio.h>.
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_RENAME_SWAP = 2

_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
"""What a kernel, a file system or a sandbox answers that has never heard of it."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders of one file system in one step; False where the system cannot.

    OSError where it can, and it failed; then both are where they were.
    """
    if sys.platform == "linux":
        return _call("renameat2", (_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE), one, other)
    if sys.platform == "darwin":
        return _call("renamex_np", (one, other, _RENAME_SWAP), one, other)
    return False


def _call(name: str, arguments: tuple[int | Path, ...], one: Path, other: Path) -> bool:
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, name):
        return False
    if getattr(library, name)(*map(_as_c, arguments)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _as_c(argument: int | Path) -> Any:
    if isinstance(argument, Path):
        return ctypes.c_char_p(os.fsencode(argument))
    return ctypes.c_int(argument)
