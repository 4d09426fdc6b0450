"""Of what a score is made: parts that add up to it."""

from __future__ import annotations

import pytest

from searchkit import Searcher
from searchkit.query.nodes import Term


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


@pytest.mark.parametrize("query", ["peace -goal OR date:2024", '"we" NEAR pea* sort:oldest', "said:peace OR war"])
def test_the_query_written_out_is_the_same_query(query: str, speeches: Searcher) -> None:
    results = speeches.search(query, explain=True)
    assert results.written is not None
    assert results.written != query
    again = speeches.search(results.written, explain=True)
    assert (again.hits, again.total, again.written) == (results.hits, results.total, results.written)


def test_a_tree_is_not_written_out(speeches: Searcher) -> None:
    assert speeches.search(Term("text", "peace"), explain=True).written is None


def test_nothing_is_explained_unasked(speeches: Searcher) -> None:
    assert speeches.search("peace").written is None
    assert all(hit.parts == () for hit in speeches.search("peace"))
    assert all(hit.parts == () for hit in speeches.search("peace", explain=True, sort="newest"))
