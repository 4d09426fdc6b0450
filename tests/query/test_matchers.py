"""Where a phrase stands, given the positions of its words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.query.matchers import follow


@pytest.mark.parametrize(
    ("positions", "offsets", "slop", "spans"),
    [
        ([[0, 5], [1, 7]], [0, 1], 1, [(0, 1)]),
        ([[0, 5], [1, 7]], [0, 1], 2, [(0, 1), (5, 7)]),
        ([[0], [2]], [0, 2], 1, [(0, 2)]),  # a sentence end typed between the two
        ([[0], [1]], [0, 2], 1, []),
        ([[3], [1]], [0, 1], 99, []),  # never backwards
        ([[0, 1], [2]], [0, 1], 5, [(1, 2)]),  # the tightest
        ([[0, 4], [1, 5], [2, 9]], [0, 1, 2], 1, [(0, 2)]),
        ([[0, 1, 2], [0, 1, 2]], [0, 1], 1, [(0, 1), (1, 2)]),  # the same word twice
        ([[], [1]], [0, 1], 1, []),
    ],
)
def test_follow(positions: list[list[int]], offsets: list[int], slop: int, spans: list[tuple[int, int]]) -> None:
    assert follow(positions, offsets, slop) == spans


PLACES = st.lists(st.integers(0, 12), unique=True, max_size=6).map(sorted)


@given(st.lists(PLACES, min_size=2, max_size=4), st.integers(2, 5))
@settings(deadline=None)
def test_follow_finds_every_last_word_with_its_tightest_beginning(positions: list[list[int]], slop: int) -> None:
    chains = [
        chain
        for chain in itertools.product(*positions)
        if all(1 <= after - before <= slop for before, after in itertools.pairwise(chain))
    ]
    tightest = {last: max(chain[0] for chain in chains if chain[-1] == last) for last in {c[-1] for c in chains}}
    assert sorted(follow(positions, range(len(positions)), slop)) == sorted(
        (first, last) for last, first in tightest.items()
    )
