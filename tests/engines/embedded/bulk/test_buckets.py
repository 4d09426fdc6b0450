"""Keys that wait in files come back in the order of their texts, in ranges that are alike in size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from searchkit.engines.embedded.bulk import buckets
from searchkit.engines.embedded.bulk.buckets import Buckets
from searchkit.engines.embedded.bulk.scratch import Scratch

BITS = 8
COUNT = 1_000


@pytest.mark.parametrize("in_order", [False, True])
def test_ranges_are_alike_whatever_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_order: bool) -> None:
    monkeypatch.setattr(buckets, "_HELD", 200)
    monkeypatch.setattr(buckets, "_RANGES", 5)
    random = np.random.default_rng(3)
    texts = [f"w{number:04}" for number in random.permutation(COUNT).tolist()]
    rank = np.zeros(COUNT, np.int64)
    rank[sorted(range(COUNT), key=texts.__getitem__)] = np.arange(COUNT)
    numbers = np.argsort(rank) if in_order else random.permutation(COUNT)
    held = Buckets(texts, BITS, Scratch(tmp_path), "keys")
    if in_order:
        held.expect(np.ones(COUNT, np.int64))
    for first in range(0, COUNT, 50):
        held.add((numbers[first : first + 50].astype(np.uint64) << np.uint64(BITS)) | np.uint64(7))
    parts = [part.copy() for part in held.in_order(rank)]
    held.close()
    assert max(map(len, parts)) <= COUNT // 5 * 1.5
    assert np.concatenate(parts).tolist() == [(place << BITS) | 7 for place in range(COUNT)]
