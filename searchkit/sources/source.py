"""SOURCE: what a build is given to read. Parsing it, remembering it, and asking whether it can be read at all."""

from __future__ import annotations

import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from searchkit.errors import UsageError
from searchkit.sources.files import Origin
from searchkit.sources.keys import original, printable

__all__ = [
    "STANDARD_INPUT",
    "Found",
    "ReadOptions",
    "Source",
    "holding_index",
    "parse_source",
    "readable",
    "standard_input",
]

STANDARD_INPUT = "-"

# "2023=…" names a SOURCE; "https://x/?id=1" and "a/b=c" do not, and neither does an absolute path.
_NAMED = re.compile(r"([^\s/\\=][^/\\=]*)=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """A folder, a file or standard input, with the name that stands before its page keys."""

    name: str | None
    path: str
    """Absolute, or "-" for standard input."""

    @property
    def prefix(self) -> str:
        """What do the keys of its pages begin with?  "NAME/", or nothing."""
        return f"{self.name}/" if self.name else ""

    @property
    def is_standard_input(self) -> bool:
        """Is it read from standard input?"""
        return self.path == STANDARD_INPUT

    def as_text(self) -> str:
        """How is it remembered and shown?  Valid Unicode, whatever the path is made of; see `from_text`."""
        path = printable(self.path)
        return f"{self.name}={path}" if self.name else path

    @classmethod
    def from_text(cls, text: str) -> Source:
        """Which SOURCE did `as_text` write?  The file system is not asked, so a SOURCE that is gone is read as well."""
        name, path = (None, text) if Path(original(text)).is_absolute() else _split(text)
        return cls(name, original(path))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How SOURCEs are read."""

    metadata: tuple[str, ...] = ()
    """Metadata tables that the user names; others are found by themselves."""
    metadata_key: str | None = None
    """The column of metadata tables that names pages; else `file`."""
    exclude: tuple[Path, ...] = ()
    """Folders of which nothing is read: the index that is being built."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a SOURCE (or standard input), before it is opened."""

    key: str
    path: str
    source: Source

    @property
    def origin(self) -> Origin:
        """What must its reader know to name its pages?"""
        return Origin(self.key, printable(self.path), self.source.prefix)


def parse_source(text: str) -> Source:
    """Which SOURCE does a person mean by `NAME=PATH`, `PATH` or `-`?

    A path that exists and contains "=" is a path. Relative paths are taken from the working directory.
    Raises UsageError where `text` cannot be a SOURCE; whether it exists is the question of `readable`.
    """
    name, path = (None, text) if os.path.lexists(_checked(text)) else _split(text)
    if not path:
        raise UsageError(f"SOURCE {printable(text)!r} names no path; write NAME=PATH, PATH, or - for standard input")
    if path == STANDARD_INPUT:
        return Source(name, STANDARD_INPUT)
    if path.startswith("~") and not os.path.lexists(path):
        path = os.path.expanduser(path)  # noqa: PTH111 -- Path.expanduser raises for an unknown user
    return Source(name, str(Path(path).absolute()))


def readable(source: Source) -> str | None:
    """Why can `source` not be read at this moment?  None if it can."""
    if source.is_standard_input:
        return None if standard_input() else "is closed"
    try:
        mode = Path(source.path).stat().st_mode
        if stat.S_ISDIR(mode):
            with os.scandir(source.path):
                return None
        if stat.S_ISREG(mode):
            with Path(source.path).open("rb"):
                return None
    except FileNotFoundError:
        return "does not exist"
    except (OSError, ValueError) as error:
        return f"cannot be opened ({getattr(error, 'strerror', None) or error})"
    return "is neither a file nor a folder (give - to read from a pipe)"


def standard_input() -> BinaryIO | None:
    """Where do the bytes of standard input come from?  None if it is closed."""
    if sys.stdin is None or sys.stdin.closed:
        return None
    return getattr(sys.stdin, "buffer", None)


def holding_index(path: str) -> Path | None:
    """Which searchkit index does `path` lie in, or is itself?"""
    place = Path(path).resolve()
    return next((folder for folder in (place, *place.parents) if _is_index(folder)), None)


def _is_index(folder: Path) -> bool:
    try:
        return (folder / "current").is_file() and (folder / "generations").is_dir()
    except OSError:
        return False


def _split(text: str) -> tuple[str | None, str]:
    match = _NAMED.fullmatch(text)
    return (match[1], match[2]) if match and match[1].isprintable() else (None, text)


def _checked(text: str) -> str:
    try:
        encoded = os.fsencode(text)
    except UnicodeEncodeError:
        encoded = b"\0"
    if b"\0" in encoded:
        raise UsageError(f"SOURCE {text!a} is not a possible file name")
    return text
