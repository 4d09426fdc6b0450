"""How does a file stand on the disk, and must it be read again?

A build that knows how a file stood when it was last read need not open it.  Size, time and inode are asked first, which
takes microseconds; `--checksum` opens every file all the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["FileBegun", "FileMark", "KnownFiles", "cells_digest", "stamp_of"]

_SECOND_NS = 1_000_000_000
_SETTLED_NS = 100_000_000
_SETTLED_COARSE_NS = 2 * _SECOND_NS
"""A file that was written so shortly before it was read may be written again within one tick of its clock: its time
tells nothing.  A tick has some milliseconds; two seconds on FAT, whose times are whole seconds."""


@dataclass(frozen=True, slots=True)
class FileBegun:
    """Stands before the pages of a file that is read."""

    key: str
    location: str


@dataclass(frozen=True, slots=True)
class FileMark:
    """Stands behind the pages of a file that was read, or in their place if it was not."""

    key: str
    location: str
    stamp: str | None
    """How it stands on the disk; None if that tells nothing the next time."""
    read: bool
    """False if its pages stand as a former build found them."""


class KnownFiles(Protocol):
    """What a former build knows of files."""

    def stands(self, key: str, location: str, stamp: str) -> bool:
        """Did this file stand like this when its pages were made, and can they be taken over?"""

    def keys(self, location: str) -> Sequence[str]:
        """Which keys have its pages?"""

    def is_doubted(self, location: str) -> bool:
        """Has one of its records a key that is a file's by now?"""


def stamp_of(path: str, cells: str) -> str | None:
    """How does the file at `path` stand at this moment, with the fields `cells` that metadata tables give to its page?

    None if it cannot be asked, or was written a moment ago.  The time of the inode tells of content that was put back
    with its old time; where a file system has none, it is that of the content.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 -- the paths of a tree are plain strings
    except (OSError, ValueError):
        return None
    coarse = status.st_mtime_ns % _SECOND_NS == 0
    age = time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns)
    if age < (_SETTLED_COARSE_NS if coarse else _SETTLED_NS):
        return None
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}:{cells}"


def cells_digest(cells: Mapping[str, str]) -> str:
    """A short digest of the fields that metadata tables give to a page; empty for none."""
    if not cells:
        return ""
    return hashlib.sha256(json.dumps(dict(cells), sort_keys=True).encode("ascii")).hexdigest()[:16]
