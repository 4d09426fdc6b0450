"""Names and places inside an index, and whether a folder may become one. No file is opened here.

index/current                     one line: the id of the live generation
index/generations/<id>/           one published generation
index/generations/.building-<id>/ one that is being written; its name is no id, so nobody takes it for published
index/held                        which generation a person went back to, so that builds leave it alone
index/build.lock, build.holder    who builds
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from searchkit.errors import BuildRefused

__all__ = ["MANIFEST", "PAGES", "Layout", "claim", "is_generation_id", "next_id", "quoted", "work_folder"]

MANIFEST = "manifest.json"
PAGES = "pages.sqlite"

_ID = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([1-9][0-9]{0,8})")
_BUILDING = ".building-"
_REMOVED = ".removed-"
_OURS = {
    "current",
    "current.next",
    "held",
    "held.next",
    "generations",
    "build.lock",
    "build.lock.soft",
    "build.holder",
    "work",
}
_ALLOWED_BESIDE = {
    ".gitignore",  # an index inside a repository is not committed
    ".gitkeep",
    ".gitattributes",
    ".DS_Store",  # macOS leaves one in every folder that was looked at
    "lost+found",  # the root of a volume of its own
    "CACHEDIR.TAG",  # keeps backups away
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of the index in the folder `index` stands."""

    index: Path

    @property
    def current(self) -> Path:
        """The file that names the live generation."""
        return self.index / "current"

    @property
    def next(self) -> Path:
        """What `current` is written as before it takes its place."""
        return self.index / "current.next"

    @property
    def held(self) -> Path:
        """The file that says which generation a person went back to."""
        return self.index / "held"

    @property
    def next_held(self) -> Path:
        """What `held` is written as before it takes its place."""
        return self.index / "held.next"

    @property
    def work(self) -> Path:
        """The folder of what a killed build had done, for the next one to go on with."""
        return self.index / "work"

    @property
    def generations(self) -> Path:
        """The folder of all generations."""
        return self.index / "generations"

    @property
    def lock(self) -> Path:
        """The file that a builder locks."""
        return self.index / "build.lock"

    @property
    def soft_lock(self) -> Path:
        """The file whose existence is the lock, where the file system knows no other."""
        return self.index / "build.lock.soft"

    @property
    def holder(self) -> Path:
        """The file that says who holds the lock."""
        return self.index / "build.holder"

    def published(self, id: str) -> Path:
        """Where does the generation `id` stand once it is published?"""
        return self.generations / id

    def building(self, id: str) -> Path:
        """Where does it stand while it is written?"""
        return self.generations / f"{_BUILDING}{id}"

    def removed(self, id: str) -> Path:
        """Where does it stand while it is removed?"""
        return self.generations / f"{_REMOVED}{id}"

    def ids(self) -> list[str]:
        """Which generations are published?  Oldest first."""
        return sorted(filter(is_generation_id, self._names()), key=_order)

    def leftovers(self) -> list[Path]:
        """Which folders did builders leave that were killed?"""
        return [self.generations / name for name in self._names() if name.startswith((_BUILDING, _REMOVED))]

    def _names(self) -> list[str]:
        try:
            return sorted(os.listdir(self.generations))  # noqa: PTH208 -- names are all that is asked for
        except (FileNotFoundError, NotADirectoryError):
            return []


def is_generation_id(name: str) -> bool:
    """Is `name` the id of a generation?  Nothing else is ever joined to a path."""
    return _ID.fullmatch(name) is not None


def next_id(taken: Iterable[str], start: datetime) -> str:
    """Which id has a generation begun at `start` (UTC)?  One that sorts behind all that are `taken`."""
    stamp, number = start.strftime("%Y%m%dT%H%M%SZ"), 1
    newest = max(map(_order, taken), default=None)
    # A clock that was set back must not make the new generation look older than the live one.
    if newest is not None and newest >= (stamp, number):
        stamp, number = newest[0], newest[1] + 1
    return f"{stamp}-{number}"


def claim(index: Path) -> None:
    """Make sure that `index` is a folder an index may be built in; it is created if it is not there.

    Raises BuildRefused for a file, a folder that holds something else, and one that cannot be written.
    """
    try:
        foreign = _foreign_entry(index)
        if foreign is None:
            index.mkdir(parents=True, exist_ok=True)
            return
    except (FileExistsError, NotADirectoryError):
        raise BuildRefused(f"{index} is a file; name a folder for the index with --index") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BuildRefused(f"no index can be built in {index}: {reason}; name another folder with --index") from error
    raise BuildRefused(
        f"{index} is not empty and holds no searchkit index (it holds {foreign!r}); "
        "name another folder with --index, or an empty one"
    )


def work_folder(index: Path) -> Path:
    """Where does a build keep what it has done, for the case that it is killed?"""
    return Layout(index.absolute()).work


def quoted(path: Path) -> str:
    """How is `path` written in a command that a person can copy?"""
    return shlex.quote(str(path))


def _order(id: str) -> tuple[str, int]:
    match = _ID.fullmatch(id)
    assert match is not None, id
    return match[1], int(match[2])


def _foreign_entry(index: Path) -> str | None:
    """Which entry says that the folder is somebody else's?  None if it is ours, empty or not there."""
    try:
        names = sorted(os.listdir(index))  # noqa: PTH208 -- names are all that is asked for
    except FileNotFoundError:
        return None
    layout = Layout(index)
    if layout.current.is_file() and layout.generations.is_dir():
        return None
    for name in names:
        if name not in _OURS and name not in _ALLOWED_BESIDE and not name.upper().startswith("README"):
            return name
    for name in layout._names():
        if not is_generation_id(name) and not name.startswith((_BUILDING, _REMOVED)):
            return f"generations/{name}"
    return None
