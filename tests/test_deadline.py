"""An answer that takes too long is given up, in every engine."""

from __future__ import annotations

import contextlib
import time

import pytest

import searchkit
from searchkit import QueryTimeout
from searchkit.deadline import check, limited


def test_without_a_limit_nothing_is_given_up() -> None:
    check()
    with limited(60):
        check()
    check()


def test_when_the_time_is_over_the_answer_is_given_up_and_the_next_one_has_its_own_time() -> None:
    speeches = searchkit.memory([{"text": "peace and war"}])
    with limited(-1), pytest.raises(QueryTimeout, match="ask for less"):
        speeches.search("peace")
    assert speeches.search("peace").total == 1


def test_an_index_gives_up_too(tmp_path: object) -> None:
    index = f"{tmp_path}/index"
    searchkit.build([{"text": "peace and war"}], index)
    with searchkit.open(index) as speeches, limited(-1), pytest.raises(QueryTimeout):
        speeches.search("peace war")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Searcher:
    """One speech of sixty thousand words, and a few short ones."""
    index = tmp_path_factory.mktemp("book") / "index"
    short = [{"text": f"The house of number {number}."} for number in range(30)]
    searchkit.build([{"text": "the end of the house of the end " * 7_500}, *short], index)
    return searchkit.open(index)


@pytest.mark.parametrize(
    "query",
    [
        "the NEAR/99 of NEAR/99 the NEAR/99 end NEAR/99 house",
        "the NEAR/99 of",
        "case:the NEAR/99 case:of",
        "(the OR of OR end) NEAR/99 (the OR of) NEAR/99 (house OR the)",
    ],
)
def test_no_query_holds_a_server_up_for_long(book: searchkit.Searcher, query: str) -> None:
    started = time.monotonic()
    with limited(0.3), contextlib.suppress(QueryTimeout):
        book.search(query, facets=["year"])
        book.kwic(query)
        book.collocates(query)
    assert time.monotonic() - started < 8


def test_each_piece_of_the_stream_looks_at_the_time(book: searchkit.Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1

    monkeypatch.setattr("searchkit.deadline.check", look)
    monkeypatch.setattr("searchkit.engines.embedded.tallies._AT_ONCE", 1)
    book.count("case:The")
    assert looks > 30
