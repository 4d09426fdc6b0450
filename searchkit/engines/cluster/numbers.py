"""Sets of speeches, as the cluster counts them and takes them: a bit for each number.

The cluster hands over all numbers of an answer as one set of bits, from which pages and originals are counted exactly,
and it takes a set as a roaring bitmap (https://github.com/RoaringBitmap/RoaringFormatSpec), whatever its size.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.engines.arrays import Ints
from searchkit.engines.cluster.connection import Json

__all__ = ["among", "numbers_in", "set_of"]

_NO_RUNS = 12_346
_LARGEST_ARRAY = 4096
"""Numbers of 16 bits in a container of their own; more are a map of 65,536 bits."""


def set_of(field: str) -> Json:
    """Which aggregation hands over all values of the field `field` among the matches?  See `numbers_in`."""
    return {
        "scripted_metric": {
            "init_script": "state.found = new BitSet()",
            "map_script": f"state.found.set((int) doc['{field}'].value)",
            "combine_script": "return state.found.toLongArray()",
            "reduce_script": (
                "BitSet all = new BitSet();"
                "for (found in states) { if (found != null) { all.or(BitSet.valueOf(found)); } }"
                "return all.toLongArray()"
            ),
        }
    }


def numbers_in(aggregated: Json) -> Ints:
    """Which numbers stand in the answer to `set_of`?  Rising."""
    words = np.asarray(aggregated["value"] or [], np.int64).astype("<i8")
    return np.flatnonzero(np.unpackbits(words.view(np.uint8), bitorder="little"))


def among(numbers: Iterable[int] | Ints) -> Json:
    """Which query finds the speeches with these numbers?"""
    packed = base64.b64encode(_roaring(np.unique(np.fromiter(numbers, np.uint32)))).decode("ascii")
    return {"terms": {"number": [packed], "value_type": "bitmap"}}


def _roaring(numbers: npt.NDArray[Any]) -> bytes:
    keys, starts = np.unique(numbers >> 16, return_index=True)
    parts = np.split((numbers & 0xFFFF).astype("<u2"), starts[1:]) if len(keys) else []
    bodies = [_container(part) for part in parts]
    head = struct.pack("<II", _NO_RUNS, len(keys)) + b"".join(
        struct.pack("<HH", int(key), len(part) - 1) for key, part in zip(keys, parts, strict=True)
    )
    sizes = [len(head) + 4 * len(keys), *(len(body) for body in bodies)]
    offsets = np.cumsum(sizes)[: len(keys)].astype("<u4").tobytes()
    return b"".join([head, offsets, *bodies])


def _container(low: npt.NDArray[Any]) -> bytes:
    if len(low) <= _LARGEST_ARRAY:
        return low.tobytes()
    bits = np.zeros(1 << 16, np.uint8)
    bits[low] = 1
    return np.packbits(bits, bitorder="little").tobytes()
