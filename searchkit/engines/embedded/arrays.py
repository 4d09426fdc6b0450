"""One file of named arrays, memory-mapped: the container of everything that a segment holds.

    0            8 bytes   b"skarrays"
    8            u32       FORMAT
    12           u32       0
    16           ...       the sections, each at a multiple of 64, padded with zeros up to the next one
    directory    ...       ASCII JSON: {"kind": ..., "meta": {...}, "sections": {name: [type, offset, count, crc]}}
    size - 32    u64       offset of the directory
    size - 24    u32       CRC-32 of the directory
    size - 20    u32       0
    size - 16    u64       size of the file
    size - 8     8 bytes   b"skarrend"

Everything is little-endian.  A section's CRC-32 covers its padding too, so every byte of a file is covered by a check.
Opening compares the size, reads the directory and no section.  Nothing here is a pickle, and nothing is executed.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import struct
import tempfile
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage

from searchkit.errors import IndexDamaged
from searchkit.held import mapped

__all__ = ["FORMAT", "Array", "ArrayFile", "ArrayFileWriter", "Section"]

Array = npt.NDArray[Any]

FORMAT = 7
"""Raised whenever readers of yesterday could not read a file of today, or the reverse."""

_HEAD = struct.Struct("<8sII")
_TAIL = struct.Struct("<QIIQ8s")
_MAGIC, _END = b"skarrays", b"skarrend"
_ALIGNMENT = 64
_TYPES = frozenset(("<u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4", "<f8"))
_KEPT_IN_MEMORY = 4 << 20
"""Bytes of a section that is not written straight to its file before it moves to a temporary one."""


class Section:
    """One array of a file while it is written, piece by piece."""

    def __init__(self, file: ArrayFileWriter, name: str, dtype: str, *, direct: bool) -> None:
        self._file = file
        self._dtype = np.dtype(dtype)
        self._direct = direct
        self._spool: IO[bytes] | None = None
        self.name = name
        self.count = 0
        self.crc = 0

    @property
    def dtype(self) -> str:
        """Of which type are its numbers, as the directory names it?"""
        return "<" + self._dtype.str[1:]

    def append(self, values: Array | bytes) -> None:
        """Write `values` behind what is there; numbers must fit the section's type."""
        if isinstance(values, bytes):
            data: Any = values
            added = len(values) // self._dtype.itemsize
        else:
            packed = np.ascontiguousarray(values, dtype=self._dtype)
            data, added = packed.data.cast("B") if packed.size else b"", packed.size
        if not added:
            return
        self.crc = zlib.crc32(data, self.crc)
        self.count += added
        if self._direct:
            self._file.put(data)
        else:
            if self._spool is None:
                self._spool = self._file.spool()
            self._spool.write(data)

    def drop(self) -> None:
        """Give up a section that is not written straight to its file."""
        if self._spool is not None:
            self._spool.close()

    def close(self) -> None:
        """Finish the section; its place in the file is settled now."""
        if not self._direct:
            offset = self._file.place(self)
            if self._spool is not None:
                self._spool.seek(0)
                while piece := self._spool.read(1 << 20):
                    self._file.put(piece)
                self._spool.close()
        else:
            offset = self._file.tell() - self.count * self._dtype.itemsize
        self._file.enter(self, offset)


class ArrayFileWriter:
    """Writes one file of arrays into a Whoosh storage.

    A section may be written whole (`write`), piece by piece beside others (`section`), or piece by piece straight to
    the file (`stream`), which saves copying; while one is streamed no other may be finished.
    """

    def __init__(self, storage: Any, name: str, kind: str) -> None:
        self._out: Any = storage.create_file(name)
        self._kind = kind
        self._at = 0
        self._sections: dict[str, list[Any]] = {}
        self._spools: list[IO[bytes]] = []
        self.folder: str | None = storage.folder if isinstance(storage, FileStorage) else None
        self.meta: dict[str, Any] = {}
        """Small facts that are kept in the directory: anything JSON can say."""
        self.put(_HEAD.pack(_MAGIC, FORMAT, 0))

    def write(self, name: str, values: Array, dtype: str) -> None:
        """Write one array whole."""
        section = self.stream(name, dtype)
        section.append(values)
        section.close()

    def section(self, name: str, dtype: str) -> Section:
        """Begin an array that grows beside others."""
        return Section(self, name, dtype, direct=False)

    def stream(self, name: str, dtype: str) -> Section:
        """Begin an array that is written straight to the file: no other section may be finished before it."""
        section = Section(self, name, dtype, direct=True)
        self.place(section)
        return section

    def close(self) -> None:
        """Write the directory; the file is whole from now on."""
        self._pad()
        told = {"kind": self._kind, "meta": self.meta, "sections": self._sections}
        directory = json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        offset = self._at
        self.put(directory)
        self.put(_TAIL.pack(offset, zlib.crc32(directory), 0, self._at + _TAIL.size, _END))
        self._out.close()

    def abandon(self) -> None:
        """Let go of a file that will not be finished."""
        for file in (*self._spools, self._out):
            # What cannot be written any more need not be; and Whoosh raises for a file that is closed already.
            with contextlib.suppress(Exception):
                file.close()

    # -- for Section ---------------------------------------------------------------------------------------------------

    def put(self, data: Any) -> None:
        """Write bytes at the end of the file."""
        self._out.write(data)
        self._at += len(data)

    def spool(self) -> IO[bytes]:
        """Where does a section wait that is not written straight?  Beside the file, under no name."""
        spool: IO[bytes] = tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY, dir=self.folder)  # noqa: SIM115 -- the section closes it
        self._spools.append(spool)
        return spool

    def tell(self) -> int:
        """How long is the file so far?"""
        return self._at

    def place(self, section: Section) -> int:
        """Where does `section` begin if it begins now?"""
        if section.name in self._sections:
            raise ValueError(f"there is a section {section.name!r} already")
        self._pad()
        return self._at

    def enter(self, section: Section, offset: int) -> None:
        """List `section` in the directory."""
        self._sections[section.name] = [section.dtype, offset, section.count, section.crc]

    def _pad(self) -> None:
        padding = bytes(-self._at % _ALIGNMENT)
        if padding:
            self.put(padding)
            for entry in reversed(self._sections.values()):  # the last one is padded; an empty one has no bytes
                entry[3] = zlib.crc32(padding, entry[3])
                break


class ArrayFile:
    """One file of arrays, open for reading.  Safe in several threads and after a fork: there is no file position."""

    def __init__(self, storage: Any, name: str, kind: str) -> None:
        self.name = str(Path(storage.folder) / name) if isinstance(storage, FileStorage) else name
        self._map: Any = _mapped(storage, name, self.name)
        self._kind = kind
        try:
            self._read_directory()
        except (ValueError, KeyError, TypeError, struct.error, RecursionError) as error:
            raise self.damaged(str(error)) from error

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    @property
    def names(self) -> list[str]:
        """Which sections are there?"""
        return list(self._sections)

    def array(self, name: str) -> Array:
        """Which numbers has the section `name`?  Mapped, not read; raises IndexDamaged if there is none."""
        entry = self._sections.get(name)
        if entry is None:
            raise self.damaged(f"it has no section {name!r}")
        dtype, offset, count, _ = entry
        return np.frombuffer(self._map, dtype=dtype, count=count, offset=offset)

    def bytes(self, name: str) -> memoryview:
        """Which bytes has the section `name`?"""
        entry = self._sections.get(name)
        if entry is None:
            raise self.damaged(f"it has no section {name!r}")
        dtype, offset, count, _ = entry
        return memoryview(self._map)[offset : offset + count * np.dtype(dtype).itemsize]

    def read_at_random(self) -> None:
        """Tell the system that reading runs through this file in no order, so that it reads no more than is asked."""
        if isinstance(self._map, mmap.mmap) and hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_RANDOM)

    def verify(self) -> None:
        """Read every byte; raises IndexDamaged if one is not as it was written."""
        sections = sorted((entry[1], entry[2], name) for name, entry in self._sections.items())  # an empty one first
        ends = [offset for offset, _, _ in sections[1:]] + [self._directory_at]
        if any(self._map[_HEAD.size : sections[0][0] if sections else self._directory_at]):
            raise self.damaged("there is something behind its head")
        for (offset, _, name), end in zip(sections, ends, strict=False):
            if zlib.crc32(memoryview(self._map)[offset:end]) != self._sections[name][3]:
                raise self.damaged(f"section {name!r} does not have its checksum")

    def damaged(self, reason: str) -> IndexDamaged:
        """The error that names this file."""
        return IndexDamaged(f"{self.name} is not as it was written ({reason}); build the index anew: searchkit build")

    def _read_directory(self) -> None:
        size = len(self._map)
        if size < _HEAD.size + _TAIL.size:
            raise ValueError("it is cut short")
        magic, version, nothing = _HEAD.unpack_from(self._map, 0)
        offset, crc, nothing_either, told_size, end = _TAIL.unpack_from(self._map, size - _TAIL.size)
        if magic != _MAGIC or end != _END or nothing or nothing_either:
            raise ValueError("it is no file of this kind, or cut short")
        if version != FORMAT:
            raise ValueError(f"it has format {version}, and this searchkit reads format {FORMAT}")
        if told_size != size or not _HEAD.size <= offset <= size - _TAIL.size:
            raise ValueError(f"it has {size:,} bytes and should have {told_size:,}")
        directory = bytes(self._map[offset : size - _TAIL.size])
        if zlib.crc32(directory) != crc:
            raise ValueError("its directory does not have its checksum")
        told = json.loads(directory)
        if told["kind"] != self._kind:
            raise ValueError(f"it holds {told['kind']!r} and should hold {self._kind!r}")
        self.meta: dict[str, Any] = told["meta"]
        self._sections: dict[str, list[Any]] = told["sections"]
        self._directory_at: int = offset
        for name, (dtype, start, count, _) in self._sections.items():
            if dtype not in _TYPES or start < _HEAD.size or count < 0:
                raise ValueError(f"section {name!r} makes no sense")
            if start + count * np.dtype(dtype).itemsize > offset:
                raise ValueError(f"section {name!r} reaches beyond the file")


def _mapped(storage: Any, name: str, shown: str) -> Any:
    """The bytes of a file: mapped where it is a file, whole where the storage is in memory."""
    if not isinstance(storage, FileStorage):
        stream = storage.open_file(name)
        try:
            return bytes(stream.read())
        finally:
            stream.close()
    try:
        with Path(shown).open("rb") as file:
            return mapped(file.fileno())
    except FileNotFoundError:
        raise IndexDamaged(f"{shown} is missing; build the index anew: searchkit build") from None
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise IndexDamaged(f"{shown} cannot be read ({error}); build the index anew: searchkit build") from error
