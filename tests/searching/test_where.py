"""Filters beside the query: exact values, names, periods; what they ask for is read back."""

from __future__ import annotations

from typing import Any

import pytest

from searchkit import QueryError, Searcher, UsageError, Where


def ids(speeches: Searcher, query: str, where: Any) -> list[str]:
    return sorted(hit.speech.id for hit in speeches.search(query, where=where))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"speaker": ["Ilham Aliyev"]}, ["peace-1", "peace-3"]),
        ({"speaker": ["Ilham Aliyev", "Nikol Pashinyan"]}, ["peace-1", "peace-2", "peace-3"]),
        ({"speaker": ["Aliyev"]}, []),
        ({"speaker": [None]}, ["peace-4"]),
        ({"speaker": [None, "Nikol Pashinyan"]}, ["peace-2", "peace-4"]),
        ({"speaker": []}, ["peace-1", "peace-2", "peace-3", "peace-4"]),
        ({"speaker": ["Ilham Aliyev"], "venue": ["Baku"]}, ["peace-3"]),
        ({"party": ["YAP"]}, ["peace-1"]),
        ({"party": [None]}, ["peace-3", "peace-4"]),
        ({"year": ["2024"]}, ["peace-1", "peace-2", "peace-3"]),
        ({"month": ["2024-06"]}, ["peace-1", "peace-2"]),
        ({"month": ["2024"]}, ["peace-3"]),
        ({"month": [None, "2024"]}, ["peace-3", "peace-4"]),
        (Where(named={"speaker": ["aliyev"]}), ["peace-1", "peace-3"]),
        (Where(named={"speaker": ["ilham", "pashinyan"]}), ["peace-1", "peace-2", "peace-3"]),
        (Where(since="2024-06"), ["peace-1", "peace-2"]),
        (Where(since="2024", until="2024"), ["peace-1", "peace-2", "peace-3"]),
        (Where(until="2023"), []),
        (Where(exact={"venue": ["Baku"]}, named={"venue": ["shusha"]}), []),
        (Where(exact={"speaker": ["Ilham Aliyev"]}, named={"speaker": ["ilham"]}, since="2024-06-15"), ["peace-1"]),
        # values are never parsed
        ({"source": ["News.Az OR Armenpress"]}, []),
        ({"source": ["*"]}, []),
        ({"source": [""]}, []),
    ],
)
def test_filters(speeches: Searcher, where: Any, expected: list[str]) -> None:
    assert ids(speeches, "peace", where) == expected


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"text": ["peace"]}, "'text' is no facet; there are "),
        ({"speeker": ["x"]}, "'speeker' is no facet; there are "),
        ({"speaker": "Ilham Aliyev"}, "where: the values of 'speaker' are a list: ['Ilham Aliyev']"),
        ({"year": ["2024-06"]}, "where: '2024-06' is no year; a year looks like 2024"),
        ({"month": ["June"]}, "where: 'June' is no month; a month looks like 2024-06"),
        ({"month": ["2024-06-15"]}, "where: '2024-06-15' is no month; a month looks like 2024-06"),
        (Where(named={"title": ["x"]}), "'title' is no facet; there are "),
    ],
)
def test_filters_that_make_no_sense(speeches: Searcher, where: Any, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        speeches.search("peace", where=where)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("where", [Where(since="yesteryear"), Where(until="2024-13"), Where(named={"speaker": ["…"]})])
def test_names_and_dates_that_cannot_be_read(speeches: Searcher, where: Where) -> None:
    with pytest.raises(QueryError):
        speeches.search("peace", where=where)


def test_filters_are_read_back(speeches: Searcher) -> None:
    plain = speeches.search("peace").understood
    filtered = speeches.search("peace", where=Where({"venue": ["Baku", None]}, {"speaker": ["aliyev"]}, "2024", "2024"))
    assert filtered.understood.startswith(f"{plain}, ")
    for part in ("Baku", "aliyev", "2024"):
        assert part in filtered.understood


def test_a_facet_ignores_its_own_filter_and_no_other(speeches: Searcher) -> None:
    results = speeches.search(
        "peace", where={"speaker": ["Ilham Aliyev"]}, facets=["speaker", "source", "year", "month", "party"]
    )
    counts = {
        name: {(value.value, value.count, value.selected) for value in facet.values}
        for name, facet in results.facets.items()
    }
    assert results.total == 2
    assert counts == {
        "speaker": {("Ilham Aliyev", 2, True), ("Nikol Pashinyan", 1, False), (None, 1, False)},
        "source": {("News.Az", 2, False)},
        "year": {("2024", 2, False)},
        "month": {("2024-06", 1, False), ("2024", 1, False)},
        "party": {("YAP", 1, False), (None, 1, False)},
    }


def test_a_facet_respects_the_query_even_on_its_own_field(speeches: Searcher) -> None:
    results = speeches.search("peace speaker:aliyev", facets=["speaker"])
    assert [(value.value, value.count) for value in results.facets["speaker"].values] == [("Ilham Aliyev", 2)]


def test_a_selected_value_is_shown_though_nothing_has_it(speeches: Searcher) -> None:
    results = speeches.search("war", where={"speaker": ["Ilham Aliyev"]}, facets=["speaker"])
    assert results.total == 0
    assert ("Ilham Aliyev", 0, True) in [
        (value.value, value.count, value.selected) for value in results.facets["speaker"].values
    ]
