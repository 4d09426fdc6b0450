"""Of what a score is made: parts that add up to it."""

from __future__ import annotations

import pytest

from searchkit import Searcher


@pytest.mark.parametrize(
    "query",
    [
        "peace",
        "peace OR war",
        "peace goal",
        '"war crimes"~3 OR hall',
        "peace speaker:aliyev -war",
        "we NEAR peace",
        "pea*",
    ],
)
def test_the_parts_add_up_to_the_score(speeches: Searcher, query: str) -> None:
    results = speeches.search(query, explain=True)
    assert results.total
    for hit in results:
        assert hit.parts
        assert sum(part.score for part in hit.parts) == pytest.approx(hit.score)


def test_a_part_names_its_word_and_how_many_speeches_have_it(speeches: Searcher) -> None:
    hit = next(iter(speeches.search("peace OR goal", explain=True)))
    assert [(part.asked, part.speeches) for part in hit.parts] == [
        ("with the word peace", 4),
        ("with the word goal", 1),
    ]


def test_nothing_is_explained_unasked(speeches: Searcher) -> None:
    assert all(hit.parts == () for hit in speeches.search("peace"))
    assert all(hit.parts == () for hit in speeches.search("peace", explain=True, sort="newest"))
