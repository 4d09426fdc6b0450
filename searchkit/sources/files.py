"""Bytes of files, unpacked and within limits: nothing that a file holds can take the memory or the time of a build.

A path goes in; an `InputFile` comes out, which is read whole, by lines or by blocks. What goes wrong is a
`SkipFile`, never an OSError. What the bytes mean is not asked here.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from searchkit.models import Skipped
from searchkit.sources.remarks import Remarks

__all__ = ["LINE_LIMIT", "PAGE_LIMIT", "InputFile", "Line", "Origin", "SkipFile", "in_megabytes", "open_input"]

PAGE_LIMIT = 64 << 20
"""A page of more bytes is skipped: the longest debate of a day has about two million."""
LINE_LIMIT = 64 << 20
"""A line (a record) of more bytes is skipped: one record is one page at most."""
BOMB_SIZE = 512 << 20
BOMB_RATIO = 200
"""A gzip file that unpacks to more than BOMB_SIZE and to BOMB_RATIO times its size is no text: text packs some 3 to
20 times, gzip's utmost is 1,032."""
HEAD = 8192
BLOCK = 1 << 16
_GZIP_MAGIC = b"\x1f\x8b"


class SkipFile(Exception):
    """Ends the reading of one file, for a reason that is counted."""

    def __init__(self, reason: str, detail: str = "", *, unreadable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail
        self.unreadable = unreadable

    def skipped(self, page: str) -> Skipped:
        """What is reported of `page`?"""
        return Skipped(page, self.reason, unreadable=self.unreadable, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where pages come from: the key and the place of their file, and what the keys of records begin with."""

    key: str
    location: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line or several, their ends included; `content` is None for one longer than LINE_LIMIT."""

    number: int
    content: bytes | None
    count: int = 1


class InputFile:
    """One open file, as bytes without their gzip packing."""

    def __init__(self, raw: BinaryIO, origin: Origin, remarks: Remarks, *, size: int = 0, packed: bool = False) -> None:
        self.origin = origin
        self.remarks = remarks
        self._raw = raw
        self._size = size
        self._packed = packed
        self._bytes = self._unpacked()

    def head(self) -> bytes:
        """What do the first bytes say?  They stay to be read."""
        return self._bytes.peek(HEAD)[:HEAD]

    def whole(self) -> bytes:
        """What does the file hold?  Raises SkipFile beyond PAGE_LIMIT, before it is read into memory."""
        pieces, size = [], 0
        if self._size <= PAGE_LIMIT or self._packed:
            while size <= PAGE_LIMIT and (piece := self._bytes.read(BLOCK)):
                pieces.append(piece)
                size += len(piece)
            if size <= PAGE_LIMIT:
                return b"".join(pieces)
        raise SkipFile(f"larger than {in_megabytes(PAGE_LIMIT)}", f"{self._size:,} bytes on disk")

    def lines(self) -> Iterator[Line]:
        """Which lines does the file hold, counted from 1?  Lines end at a newline byte."""
        self._verify()
        number = 0
        while content := self._bytes.readline(LINE_LIMIT + 1):
            number += 1
            if len(content) <= LINE_LIMIT:
                yield Line(number, content)
                continue
            while content and not content.endswith(b"\n"):
                content = self._bytes.readline(BLOCK)
            yield Line(number, None)

    def lines_together(self, size: int) -> Iterator[Line]:
        """The same lines, some `size` bytes of them at a time: the number is that of the first."""
        self._verify()
        number, begun = 1, b""
        while block := self._bytes.read(size):
            whole = block.rfind(b"\n") + 1
            if not whole and len(begun) + len(block) > LINE_LIMIT:
                while block and not block.endswith(b"\n"):
                    block = self._bytes.readline(BLOCK)
                yield Line(number, None)
                number, begun = number + 1, b""
            elif whole:
                content = begun + block[:whole]
                count = content.count(b"\n")
                yield Line(number, content, count)
                number, begun = number + count, block[whole:]
            else:
                begun += block
        if begun:
            yield Line(number, begun)

    def blocks(self) -> Iterator[bytes]:
        """What does the file hold, in pieces of 64 KB?"""
        self._verify()
        while block := self._bytes.read(BLOCK):
            yield block

    def stream(self) -> BinaryIO:
        """What does the file hold, to be read bit by bit?"""
        return self._bytes

    @property
    def fraction_read(self) -> float:
        """How much of the file has been read, from 0 to 1?"""
        return min(1.0, self._raw.tell() / self._size) if self._size else 0.0

    def _unpacked(self) -> io.BufferedReader:
        unpacking = gzip.GzipFile(fileobj=self._raw) if self._packed else self._raw
        limit = max(BOMB_SIZE, BOMB_RATIO * self._size) if self._packed else None
        return io.BufferedReader(_Guarded(unpacking, limit), BLOCK)

    def _verify(self) -> None:
        # The checksum of a gzip file stands at its end: records are not given out before it is known to hold.
        if self._packed:
            while self._bytes.read(BLOCK):
                pass
            self._raw.seek(0)
            self._bytes = self._unpacked()


class _Guarded(io.RawIOBase):
    """Reads full blocks, counts them, and turns what goes wrong into SkipFile."""

    def __init__(self, source: BinaryIO | gzip.GzipFile, limit: int | None) -> None:
        self._source = source
        self._limit = limit
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        filled = 0
        with _problems_as_skips():
            while filled < len(buffer) and (piece := self._source.read(len(buffer) - filled)):
                buffer[filled : filled + len(piece)] = piece
                filled += len(piece)
        self._count += filled
        if self._limit is not None and self._count > self._limit:
            reason = f"gzip file that unpacks to more than {in_megabytes(BOMB_SIZE)} and {BOMB_RATIO} times its size"
            raise SkipFile(reason)
        return filled


@contextlib.contextmanager
def open_input(path: str, origin: Origin, remarks: Remarks) -> Iterator[InputFile]:
    """Which bytes stand at `path`?  Raises SkipFile, here or while they are read."""
    with _problems_as_skips(), contextlib.ExitStack() as stack:
        raw = stack.enter_context(_open_regular(path))
        size = os.fstat(raw.fileno()).st_size
        magic = raw.read(len(_GZIP_MAGIC))
        raw.seek(0)
        # Crawlers keep some pages as the server packed them, without a suffix that says so.
        packed = magic == _GZIP_MAGIC
        if magic and path.lower().endswith(".gz") and not packed:
            raise SkipFile("damaged gzip", "no gzip header", unreadable=True)
        file = InputFile(raw, origin, remarks, size=size, packed=packed)
        if not file.head():
            raise SkipFile("empty file")
        closing = stack.pop_all()
    with closing:
        yield file


def in_megabytes(size: int) -> str:
    """How is a limit said?  "64 MB"."""
    return f"{size >> 20} MB"


def _open_regular(path: str) -> BinaryIO:
    # Without O_NONBLOCK, opening a FIFO that took the place of a file since it was listed would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except ValueError as error:  # a NUL in the path
        raise SkipFile("cannot be read", str(error), unreadable=True) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SkipFile("not a regular file")
    return open(descriptor, "rb")  # noqa: PTH123 -- a descriptor has no Path


@contextlib.contextmanager
def _problems_as_skips() -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SkipFile("damaged gzip", str(error), unreadable=True) from error
    except OSError as error:
        raise SkipFile("cannot be read", error.strerror or str(error), unreadable=True) from error
