"""The first of many are those that sorting all would put first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.embedded.ordering import places_between


@given(
    st.integers(1, 3_000),
    st.integers(0, 1_000),
    st.integers(1, 400),
    st.integers(1, 40),
    st.integers(1, 5),
    st.integers(0, 1_000),
)
def test_as_a_full_sort(size: int, start: int, wanted: int, scores: int, days: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = random.integers(0, scores, size), random.integers(0, days, size), random.permutation(size)
    keys = [lambda places, column=column: column[places] for column in columns]
    found = places_between(size, start, start + wanted, keys).tolist()
    assert found == np.lexsort(columns[::-1])[start : start + wanted].tolist()


@pytest.mark.parametrize("scores", [1, 2, 1_000, 1_000_000])
@pytest.mark.parametrize(("start", "stop"), [(0, 1), (0, 10), (10_000, 10_010), (49_999, 50_100), (99_995, 100_005)])
def test_of_very_many(scores: int, start: int, stop: int) -> None:
    random = np.random.default_rng(scores)
    columns = random.integers(0, scores, 100_000).astype(np.float32), random.permutation(100_000)
    keys = [lambda places, column=column: -column[places] for column in columns]
    found = places_between(100_000, start, stop, keys).tolist()
    assert found == np.lexsort((-columns[1], -columns[0]))[start:stop].tolist()


def test_ids_are_compared_only_where_they_are_shown() -> None:
    random = np.random.default_rng(1)
    scores, ids = random.integers(0, 20_000, 50_000), random.permutation(50_000)
    asked: list[int] = []

    def by_id(places: Any) -> Any:
        asked.append(len(places))
        return ids[places]

    keys = [lambda places: scores[places], by_id]
    assert places_between(50_000, 10_000, 10_010, keys).tolist() == np.lexsort((ids, scores))[10_000:10_010].tolist()
    assert sum(asked) < 100
