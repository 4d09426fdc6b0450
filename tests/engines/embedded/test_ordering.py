"""The first of many are those that sorting all would put first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.embedded.ordering import first_places


@given(st.integers(1, 3_000), st.integers(1, 400), st.integers(1, 40), st.integers(1, 5), st.integers(0, 1_000))
def test_as_a_full_sort(size: int, wanted: int, scores: int, days: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = random.integers(0, scores, size), random.integers(0, days, size), random.permutation(size)
    keys = [lambda places, column=column: column[places] for column in columns]
    assert first_places(size, wanted, keys).tolist() == np.lexsort(columns[::-1])[:wanted].tolist()


@pytest.mark.parametrize("scores", [1, 2, 1_000, 1_000_000])
@pytest.mark.parametrize("wanted", [1, 10, 10_010])
def test_of_very_many(scores: int, wanted: int) -> None:
    random = np.random.default_rng(scores)
    columns = random.integers(0, scores, 100_000).astype(np.float32), random.permutation(100_000)
    keys = [lambda places, column=column: -column[places] for column in columns]
    assert first_places(100_000, wanted, keys).tolist() == np.lexsort((-columns[1], -columns[0]))[:wanted].tolist()
