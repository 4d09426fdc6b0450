"""Neither the number of segments nor what is dead in them grows, however long it goes on."""

from __future__ import annotations

import random

import pytest

from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.tiers import MOST_DEAD, to_be_merged


def segment(speeches: int, dead: int = 0) -> ColumnarSegment:
    made = ColumnarSegment("MAIN", speeches=speeches)
    for number in range(dead):
        made.delete_document(number)
    return made


def test_few_segments_are_left_alone() -> None:
    assert to_be_merged([]) == []
    assert to_be_merged([segment(20_000), *(segment(280) for _ in range(7))]) == []


def test_eight_of_a_size_become_one_and_smaller_ones_go_along() -> None:
    big, small = segment(20_000), [segment(280) for _ in range(8)]
    tiny = segment(3)
    assert to_be_merged([big, *small, tiny]) == [*small, tiny]


def test_what_has_much_dead_is_written_anew() -> None:
    big, half = segment(20_000, 5_000), segment(100, 26)
    assert to_be_merged([big, half]) == [half]
    assert to_be_merged([segment(20_000, 5_001)]) != []


@pytest.mark.parametrize("nightly", [1, 28, 280, 2_800])
def test_a_thousand_nights(nightly: int) -> None:
    """Every night some are new and some die; written again is little on average."""
    chance = random.Random(nightly)
    segments, written = [segment(20_000)], 0
    for _ in range(1_000):
        for _ in range(nightly // 3):
            chosen = chance.choices(segments, [item.doc_count_all() for item in segments])[0]
            chosen.delete_document(chance.randrange(chosen.doc_count_all()))
        segments.append(segment(nightly))
        due = to_be_merged(segments)
        if due:
            again = sum(item.doc_count() for item in due)
            written += again
            segments = [*(item for item in segments if item not in due), segment(again)]
        dead = sum(item.deleted_count() for item in segments) / sum(item.doc_count_all() for item in segments)
        assert dead <= MOST_DEAD + 0.05
        assert len(segments) <= 40
    whole = sum(item.doc_count() for item in segments)
    assert written / 1_000 <= 6 * nightly + whole / 20
