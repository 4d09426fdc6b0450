"""The sample pages are a few dozen, varied, and give what the demo and the README say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import searchkit
from searchkit.sample import pages


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[searchkit.Searcher]:
    index = tmp_path_factory.mktemp("sample") / "index"
    report = searchkit.build([str(pages())], index=index)
    assert report.skipped == ()
    assert report.pages.read >= 30
    with searchkit.open(index) as found:
        yield found


def test_no_chrome_is_left(speeches: searchkit.Searcher) -> None:
    for query in ('"16 px"', "px", "cookies", '"all rights reserved"'):
        assert speeches.search(query).total == 0, query


def test_the_answers_that_the_demo_shows(speeches: searchkit.Searcher) -> None:
    results = speeches.search("Shusha Declaration", facets=["speaker"])
    assert (results.phrase_total, results.total) == (9, 14)
    assert sum(value.count for value in results.facets["speaker"].values) == 14
    assert [form.form for form in speeches.search("ceasefire").forms] == ["ceasefire", "cease fire"]
    assert speeches.search("speaker:erdogan").hits[0].speech.speaker == "Zeynep Erdoğan"


def test_every_kind_of_page_is_there(speeches: searchkit.Searcher) -> None:
    facets = speeches.facets("the OR a OR və OR und OR et OR de OR bu OR ve", ["kind", "language"]).facets
    kinds = {value.value for value in facets["kind"].values}
    assert kinds >= {"article", "speech", "debate", "interview", "press conference", "statement"}
    assert {value.value for value in facets["language"].values} >= {"en", "az"}


def test_quotes_are_verbatim(speeches: searchkit.Searcher) -> None:
    for hit in speeches.search("the OR a OR və", limit=200):
        for quote in hit.speech.quotes:
            assert hit.speech.text[quote.start : quote.end] == quote.text
