"""Many byte strings in small compressed blocks: any of them is read by unpacking one block.

Sections, for NAME: NAME/blocks the compressed blocks, NAME/blocks_at where each begins, NAME/first the number of the
first string of each, NAME/at where each string begins in the blocks' unpacked bytes, counted over all; a string never
spans two blocks.  NAME/dictionary, compressed itself, is what the blocks have in common (left out where strings are
few): with it small blocks take less room than large ones without, and packing takes no longer.  Of the records of
113,937 speeches (21.6 MB) and the rests of their texts (38.1 MB), with 12 bytes for the place of each block:

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

import threading
from typing import Any

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


class BlockWriter:
    """Takes byte strings one by one."""

    def __init__(self, file: ArrayFileWriter, name: str, *, direct: bool = False) -> None:
        self._file = file
        self._name = name
        self._out = file.stream(f"{name}/blocks", "<u1") if direct else file.section(f"{name}/blocks", "<u1")
        self._compress: Any = None
        self._dictionary = b""
        self._waiting: list[Any] | None = []
        """Blocks until there is a dictionary, or it is told that there will be none."""
        self._pending: list[bytes] = []
        self._pending_bytes = 0
        self._lengths: list[int] = []
        self._blocks_at: list[int] = [0]
        self._first: list[int] = []

    def add(self, data: bytes) -> None:
        """Write one string."""
        if self._pending_bytes and self._pending_bytes + len(data) > _BLOCK:
            self._end_block()
        self._pending.append(data)
        self._pending_bytes += len(data)
        self._lengths.append(len(data))

    def close(self) -> None:
        """Finish the sections."""
        if self._pending:
            self._end_block()
        self._learn()
        self._out.close()
        at = np.zeros(len(self._lengths) + 1, np.int64)
        np.cumsum(np.asarray(self._lengths, np.int64), out=at[1:])
        self._file.write(f"{self._name}/at", at, "<u8" if at[-1] >> 32 else "<u4")
        self._file.write(f"{self._name}/blocks_at", np.asarray(self._blocks_at), "<u8")
        self._file.write(f"{self._name}/first", np.asarray(self._first), "<u4")
        if self._dictionary:
            self._file.write(f"{self._name}/dictionary", np.frombuffer(self._dictionary, np.uint8), "<u1")

    def _end_block(self) -> None:
        block = b"".join(self._pending)
        self._first.append(len(self._lengths) - len(self._pending))
        self._pending, self._pending_bytes = [], 0
        if self._waiting is None:
            self._put(block)
            return
        self._waiting.append(block)
        if sum(map(len, self._waiting)) >= _LEARNT_FROM:
            self._learn()

    def _learn(self) -> None:
        """Make the dictionary of the blocks that wait, and write them."""
        if self._waiting is None:
            return
        import zstandard

        waiting, self._waiting = self._waiting, None
        size, learnt = min(_DICTIONARY, sum(map(len, waiting)) // _PART), None
        if size >= _LEAST_DICTIONARY:
            try:
                learnt = zstandard.train_dictionary(size, waiting, level=_LEVEL)
                learnt.precompute_compress(level=_LEVEL)
                self._dictionary = zstandard.compress(learnt.as_bytes(), level=_LEVEL)
            except zstandard.ZstdError:
                learnt = None  # too few strings, or nothing that they have in common
        self._compress = zstandard.ZstdCompressor(level=_LEVEL, dict_data=learnt).compress
        for block in waiting:
            self._put(block)

    def _put(self, block: bytes) -> None:
        self._out.append(self._compress(block))
        self._blocks_at.append(self._out.count)


class BlockReader:
    """Reads strings back; safe in several threads."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._blocks = file.bytes(f"{name}/blocks")
        self._at = file.array(f"{name}/at")
        self._blocks_at = file.array(f"{name}/blocks_at")
        self._first = file.array(f"{name}/first")
        self._dictionary = file.bytes(f"{name}/dictionary") if f"{name}/dictionary" in file else b""
        self._decompress: Any = None
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, index: int) -> bytes:
        """Which bytes has string `index`?  Raises IndexDamaged if its block cannot be unpacked."""
        return self.take(np.array((index,), np.int64))[0]

    def take(self, indices: Array) -> list[bytes]:
        """Which bytes have the strings `indices`?  In the order asked; a block is unpacked once."""
        # Asked in the array's own type: with another one, searchsorted would first copy the whole array.
        blocks = self._first.searchsorted(indices.astype(self._first.dtype), side="right") - 1
        bases = self._at.take(self._first.take(blocks))
        starts, ends = self._at.take(indices) - bases, self._at.take(indices + 1) - bases
        numbers = blocks.tolist()
        with self._lock:  # one unpacks at a time: what unpacks takes 160 KB, and a block 3 µs
            unpacked = self._unpacked(set(numbers))
        places = zip(numbers, starts.tolist(), ends.tolist(), strict=True)
        return [unpacked[number][start:end] for number, start, end in places]

    def _unpacked(self, numbers: set[int]) -> dict[int, bytes]:
        """The blocks `numbers`."""
        import zstandard

        unpacked: dict[int, bytes] = {}
        told, bounds = zstandard.frame_content_size, self._blocks_at
        try:
            if self._decompress is None:
                self._decompress = self._decompressor()
            for number in numbers:
                packed = self._blocks[int(bounds[number]) : int(bounds[number + 1])]
                if not 0 <= told(packed) <= _LARGEST_BLOCK:
                    raise self._file.damaged("a block does not say how long it is")
                unpacked[number] = self._decompress(packed)
        except zstandard.ZstdError as error:
            raise self._file.damaged(f"a block cannot be unpacked: {error}") from error
        return unpacked

    def _decompressor(self) -> Any:
        import zstandard

        plain = zstandard.ZstdDecompressor()
        if not len(self._dictionary):
            return plain.decompress
        if not 0 <= zstandard.frame_content_size(self._dictionary) <= _DICTIONARY:
            raise self._file.damaged("a dictionary does not say how long it is")
        learnt = zstandard.ZstdCompressionDict(plain.decompress(self._dictionary))
        return zstandard.ZstdDecompressor(dict_data=learnt).decompress
