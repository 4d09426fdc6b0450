"""Many byte strings in small compressed blocks: any of them is read by unpacking one block.

Sections, for NAME: NAME/blocks the compressed blocks, NAME/blocks_at where each begins, NAME/first the number of the
first string of each, NAME/at where each string begins in the blocks' unpacked bytes, counted over all; a string never
spans two blocks.  What blocks have in common is a dictionary: NAME/learnt_first tells from which block on each holds,
NAME/learnt_at where it begins in NAME/learnt, compressed itself and empty where strings are few (all three are left
out where there is none).  With it small blocks take less room than large ones without, and packing takes no longer.
Of the records of 113,937 speeches (21.6 MB) and the rests of their texts (38.1 MB), with 12 bytes for the place of each
block:

    block                   records: packed   unpacking one      rests: packed   unpacking one
    64 KB                           4.43 MB           51 µs            9.13 MB           76 µs
    16 KB                           5.34              16               9.72              23
    4 KB                            6.67               6              10.91               8
    4 KB and a dictionary           4.09               4.9             9.16               6.7
    2 KB and a dictionary           4.36               2.8             9.47               3.9
    1 KB and a dictionary           4.87               1.7             9.94               2.6

A rest takes 330 bytes and a record 190: those of an answer lie in as many blocks as it has hits.
"""

from __future__ import annotations

import tempfile
import threading
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import IO, Any

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile, ArrayFileWriter

__all__ = ["BlockReader", "BlockWriter"]

_LEVEL = 3
_BLOCK = 1 << 10
"""Bytes of a block before it is compressed."""
_LEARNT_FROM = 1 << 20
"""Bytes, the first ones, from which a dictionary is learnt: from four times as many, blocks are 1 to 2 % smaller."""
_DICTIONARY = 64 << 10
_PART = 16
"""A dictionary is at most such a part of what it is learnt from."""
_LEAST_DICTIONARY = 4 << 10
_LARGEST_BLOCK = 1 << 31
_IN_MEMORY = 4 << 20
"""Bytes of packed blocks before they move to a temporary file."""
_COPIED = 1 << 20


class BlockWriter:
    """Takes byte strings one by one, or all of another file; `write` puts them into a file of arrays."""

    def __init__(self, folder: str | None = None) -> None:
        """What is packed waits in `folder`, under no name."""
        self._packed: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=folder)  # noqa: SIM115 -- see close
        self._compress: Any = None
        self._waiting: list[Any] | None = []
        """Blocks until there is a dictionary, or it is told that there will be none."""
        self._waiting_bytes = 0
        self._pending: list[bytes] = []
        self._pending_bytes = 0
        self._lengths = array("Q")
        self._blocks_at = array("Q", [0])
        self._first = array("Q")
        self._learnt: list[tuple[int, bytes]] = []
        """From which block on each dictionary holds."""

    def add(self, data: bytes) -> None:
        """Take in one string."""
        if self._pending_bytes and self._pending_bytes + len(data) > _BLOCK:
            self._end_block()
        self._pending.append(data)
        self._pending_bytes += len(data)
        self._lengths.append(len(data))

    def take(self, reader: BlockReader) -> None:
        """Take in all strings of `reader`, as they are packed there."""
        self._end_stretch()
        blocks, packed = len(self._first), self._blocks_at[-1]
        self._learnt += [(blocks + first, dictionary) for first, dictionary in reader.learnt()]
        self._first.extend((len(self._lengths) + reader.first).tolist())
        self._lengths.extend(np.diff(reader.at).tolist())
        self._blocks_at.extend((packed + reader.blocks_at[1:].astype(np.int64)).tolist())
        for start in range(0, len(reader.blocks), _COPIED):
            self._packed.write(reader.blocks[start : start + _COPIED])

    def write(self, file: ArrayFileWriter, name: str) -> None:
        """Write the sections; nothing more is taken in."""
        self._end_stretch()
        self._packed.seek(0)
        blocks = file.stream(f"{name}/blocks", "<u1")
        while piece := self._packed.read(_COPIED):
            blocks.append(piece)
        blocks.close()
        at = np.zeros(len(self._lengths) + 1, np.int64)
        np.cumsum(np.asarray(self._lengths, np.int64), out=at[1:])
        file.write(f"{name}/at", at, "<u8" if at[-1] >> 32 else "<u4")
        file.write(f"{name}/blocks_at", np.asarray(self._blocks_at), "<u8")
        file.write(f"{name}/first", np.asarray(self._first), "<u4")
        if any(dictionary for _, dictionary in self._learnt):
            firsts, dictionaries = zip(*self._learnt, strict=True)
            file.write(f"{name}/learnt_first", np.asarray(firsts), "<u4")
            file.write(f"{name}/learnt_at", np.cumsum([0, *map(len, dictionaries)]), "<u4")
            file.write(f"{name}/learnt", np.frombuffer(b"".join(dictionaries), np.uint8), "<u1")
        self.close()

    def close(self) -> None:
        """Let go of the temporary file."""
        self._packed.close()

    def _end_block(self) -> None:
        block = b"".join(self._pending)
        self._first.append(len(self._lengths) - len(self._pending))
        self._pending, self._pending_bytes = [], 0
        if self._waiting is None:
            self._put(block)
            return
        self._waiting.append(block)
        self._waiting_bytes += len(block)
        if self._waiting_bytes >= _LEARNT_FROM:
            self._learn()

    def _end_stretch(self) -> None:
        """Pack what waits; what comes next gets a dictionary of its own."""
        if self._pending:
            self._end_block()
        if self._waiting:
            self._learn()
        self._waiting, self._waiting_bytes = [], 0

    def _learn(self) -> None:
        """Make the dictionary of the blocks that wait, and pack them."""
        import zstandard

        assert self._waiting is not None
        waiting, self._waiting = self._waiting, None
        size, learnt, dictionary = min(_DICTIONARY, self._waiting_bytes // _PART), None, b""
        if size >= _LEAST_DICTIONARY:
            try:
                learnt = zstandard.train_dictionary(size, waiting, level=_LEVEL)
                learnt.precompute_compress(level=_LEVEL)
                dictionary = zstandard.compress(learnt.as_bytes(), level=_LEVEL)
            except zstandard.ZstdError:
                learnt = None  # too few strings, or nothing that they have in common
        self._learnt.append((len(self._blocks_at) - 1, dictionary))
        self._compress = zstandard.ZstdCompressor(level=_LEVEL, dict_data=learnt).compress
        for block in waiting:
            self._put(block)

    def _put(self, block: bytes) -> None:
        packed = self._compress(block)
        self._packed.write(packed)
        self._blocks_at.append(self._blocks_at[-1] + len(packed))


class BlockReader:
    """Reads strings back; safe in several threads."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self.blocks = file.bytes(f"{name}/blocks")
        """All blocks, packed."""
        self.blocks_at = file.array(f"{name}/blocks_at")
        self.at = file.array(f"{name}/at")
        """Where each string begins, counted over all that is unpacked."""
        self.first = file.array(f"{name}/first")
        """The first string of each block."""
        self._learnt_first: list[int] | None = None
        self._unpackers: dict[int, Any] = {}
        """Of each stretch with a dictionary of its own."""
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, index: int) -> bytes:
        """Which bytes has string `index`?  Raises IndexDamaged if its block cannot be unpacked."""
        return self.take(np.array((index,), np.int64))[0]

    def take(self, indices: Array) -> list[bytes]:
        """Which bytes have the strings `indices`?  In the order asked; a block is unpacked once."""
        # Asked in the array's own type: with another one, searchsorted would first copy the whole array.
        blocks = self.first.searchsorted(indices.astype(self.first.dtype), side="right") - 1
        bases = self.at.take(self.first.take(blocks))
        starts, ends = self.at.take(indices) - bases, self.at.take(indices + 1) - bases
        numbers = blocks.tolist()
        with self._lock:  # one unpacks at a time: what unpacks takes 160 KB, and a block 3 µs
            unpacked = self._unpacked(set(numbers))
        places = zip(numbers, starts.tolist(), ends.tolist(), strict=True)
        return [unpacked[number][start:end] for number, start, end in places]

    def learnt(self) -> Sequence[tuple[int, bytes]]:
        """From which block on holds which dictionary, compressed as it is kept?"""
        return [(first, self._dictionary(stretch)) for stretch, first in enumerate(self._stretches())]

    @property
    def is_well_packed(self) -> bool:
        """Has every stretch a dictionary, and is it long enough for one, so that packing anew would gain nothing?"""
        stretches = self._stretches()
        return int(self.at[-1]) >= len(stretches) * _LEARNT_FROM and all(map(self._dictionary, range(len(stretches))))

    def _stretches(self) -> list[int]:
        """The first block of each stretch that shares a dictionary."""
        if self._learnt_first is None:
            name = f"{self._name}/learnt_first"
            self._learnt_first = self._file.array(name).tolist() if name in self._file else [0]
        return self._learnt_first

    def _dictionary(self, stretch: int) -> bytes:
        if f"{self._name}/learnt" not in self._file:
            return b""
        at = self._file.array(f"{self._name}/learnt_at")
        return bytes(self._file.bytes(f"{self._name}/learnt")[int(at[stretch]) : int(at[stretch + 1])])

    def _unpacked(self, numbers: set[int]) -> dict[int, bytes]:
        """The blocks `numbers`."""
        import zstandard

        unpacked: dict[int, bytes] = {}
        told, bounds, stretches = zstandard.frame_content_size, self.blocks_at, self._stretches()
        try:
            for number in numbers:
                stretch = bisect_right(stretches, number) - 1
                unpack = self._unpackers.get(stretch) or self._unpacker(stretch)
                packed = self.blocks[int(bounds[number]) : int(bounds[number + 1])]
                if not 0 <= told(packed) <= _LARGEST_BLOCK:
                    raise self._file.damaged("a block does not say how long it is")
                unpacked[number] = unpack(packed)
        except zstandard.ZstdError as error:
            raise self._file.damaged(f"a block cannot be unpacked: {error}") from error
        return unpacked

    def _unpacker(self, stretch: int) -> Any:
        import zstandard

        plain = zstandard.ZstdDecompressor()
        unpack = plain.decompress
        dictionary = self._dictionary(stretch)
        if dictionary:
            if not 0 <= zstandard.frame_content_size(dictionary) <= _DICTIONARY:
                raise self._file.damaged("a dictionary does not say how long it is")
            learnt = zstandard.ZstdCompressionDict(plain.decompress(dictionary))
            unpack = zstandard.ZstdDecompressor(dict_data=learnt).decompress
        self._unpackers[stretch] = unpack
        return unpack
