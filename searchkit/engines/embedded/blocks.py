"""Many byte strings in compressed blocks: any of them is read by unpacking one block.

Sections, for NAME: NAME/blocks the compressed blocks, NAME/blocks_at where each begins, NAME/first the number of the
first string of each, NAME/at where each string begins in the blocks' unpacked bytes, counted over all.  A string never
spans two blocks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile, ArrayFileWriter

__all__ = ["BlockReader", "BlockWriter"]

_LEVEL = 3
_KEPT_BLOCKS = 32
_LARGEST_BLOCK = 1 << 31

_threads = threading.local()
"""What unpacks blocks in each thread: making it takes longer than a block does."""


class BlockWriter:
    """Takes byte strings one by one or in batches; `size` is how many bytes a block has before it is compressed."""

    def __init__(self, file: ArrayFileWriter, name: str, size: int, *, direct: bool = False) -> None:
        import zstandard

        self._compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        self._file = file
        self._name = name
        self._size = size
        self._out = file.stream(f"{name}/blocks", "<u1") if direct else file.section(f"{name}/blocks", "<u1")
        self._pending: list[bytes] = []
        self._pending_bytes = 0
        self._pending_first = 0
        self._count = 0
        self._lengths: list[int] = []
        self._batches: list[Array] = []
        self._blocks_at: list[int] = [0]
        self._first: list[int] = []

    def add(self, data: bytes) -> None:
        """Write one string."""
        if self._pending_bytes and self._pending_bytes + len(data) > self._size:
            self.flush()
        self._pending.append(data)
        self._pending_bytes += len(data)
        self._lengths.append(len(data))
        self._count += 1

    def add_block(self, block: bytes, lengths: Array) -> None:
        """Write a block that is compressed already, with the lengths of its strings: how segments are merged."""
        self.flush()
        self._batches += [np.asarray(self._lengths, np.int64), lengths]
        self._lengths = []
        self._first.append(self._count)
        self._count += len(lengths)
        self._pending_first = self._count
        self._put(block)

    def flush(self) -> None:
        """End the block that is being filled."""
        if not self._pending:
            return
        self._first.append(self._pending_first)
        self._put(self._compress(b"".join(self._pending)))
        self._pending, self._pending_bytes, self._pending_first = [], 0, self._count

    def close(self) -> None:
        """Finish the sections."""
        self.flush()
        self._out.close()
        lengths = np.concatenate([*self._batches, np.asarray(self._lengths, np.int64)])
        at = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=at[1:])
        self._file.write(f"{self._name}/at", at, "<u8" if at[-1] >> 32 else "<u4")
        self._file.write(f"{self._name}/blocks_at", np.asarray(self._blocks_at), "<u8")
        self._file.write(f"{self._name}/first", np.asarray(self._first), "<u4")

    def _put(self, block: bytes) -> None:
        self._out.append(block)
        self._blocks_at.append(self._out.count)


class BlockReader:
    """Reads strings back; safe in several threads."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._blocks = file.bytes(f"{name}/blocks")
        self._at = file.array(f"{name}/at")
        self._blocks_at = file.array(f"{name}/blocks_at")
        self._first = file.array(f"{name}/first")
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, index: int) -> bytes:
        """Which bytes has string `index`?  Raises IndexDamaged if its block cannot be unpacked."""
        # asked in the array's own type: with another one, searchsorted would first copy the whole array
        block = int(self._first.searchsorted(self._first.dtype.type(index), side="right")) - 1
        base = int(self._at[int(self._first[block])])
        start, end = int(self._at[index]) - base, int(self._at[index + 1]) - base
        return self._block(block)[start:end]

    def take(self, indices: Array) -> list[bytes]:
        """Which bytes have the strings `indices`?  In the order asked, as __getitem__ one by one."""
        blocks = self._first.searchsorted(indices.astype(self._first.dtype), side="right") - 1
        bases = self._at.take(self._first.take(blocks))
        starts, ends = self._at.take(indices) - bases, self._at.take(indices + 1) - bases
        places = zip(blocks.tolist(), starts.tolist(), ends.tolist(), strict=True)
        return [self._block(block)[start:end] for block, start, end in places]

    def blocks(self) -> Any:
        """All blocks as they stand, each with the lengths of its strings."""
        ends = [*self._first.tolist()[1:], len(self)]
        for block, (first, end) in enumerate(zip(self._first.tolist(), ends, strict=True)):
            packed = bytes(self._blocks[int(self._blocks_at[block]) : int(self._blocks_at[block + 1])])
            yield packed, np.diff(self._at[first : end + 1].astype(np.int64))

    def _block(self, number: int) -> bytes:
        with self._lock:
            kept = self._kept.get(number)
            if kept is not None:
                self._kept.move_to_end(number)
                return kept
        unpacked = self._unpack(number)
        with self._lock:
            self._kept[number] = unpacked
            while len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return unpacked

    def _unpack(self, number: int) -> bytes:
        import zstandard

        packed = self._blocks[int(self._blocks_at[number]) : int(self._blocks_at[number + 1])]
        if not hasattr(_threads, "decompress"):
            _threads.decompress = zstandard.ZstdDecompressor().decompress
        try:
            told = zstandard.frame_content_size(packed)
            if not 0 <= told <= _LARGEST_BLOCK:
                raise self._file.damaged("a block does not say how long it is")
            unpacked: bytes = _threads.decompress(packed)
        except zstandard.ZstdError as error:
            raise self._file.damaged(f"a block cannot be unpacked: {error}") from error
        return unpacked
