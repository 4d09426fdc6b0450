"""Filters beside the query text."""

from __future__ import annotations

import datetime

import pytest

from searchkit.dates import span
from searchkit.errors import QueryError
from searchkit.query import date_filter, filter_query, name_filter
from searchkit.query.nodes import DateWithin, NoValue, Or, Phrase, Term
from searchkit.schema import FIELDS, Field, with_own_fields

TODAY = datetime.date(2024, 3, 1)


def field(name: str) -> Field:
    return next(item for item in with_own_fields(("party",)) if item.name == name)


def test_where_values_are_never_parsed() -> None:
    assert filter_query(field("speaker"), ['x OR "y*"']) == Term("speaker_value", 'x OR "y*"')
    assert filter_query(field("party"), ["Labour", None]) == Or([Term("party_value", "Labour"), NoValue("party_value")])
    assert filter_query(field("procedural"), ["yes"]) == Term("procedural_value", "yes")
    assert filter_query(field("id"), ["a#1"]) == Term("id", "a#1")
    assert filter_query(field("date"), [None]) == NoValue("date")


def test_words_have_no_values() -> None:
    with pytest.raises(QueryError, match='title has no exact values to filter by: search for its words, as in title:"'):
        filter_query(field("title"), ["x"])


@pytest.mark.parametrize("item", FIELDS, ids=lambda item: item.name)
def test_a_filter_needs_a_value(item: Field) -> None:
    with pytest.raises(ValueError, match="needs at least one"):
        filter_query(item, [])
    with pytest.raises(ValueError, match="needs at least one"):
        name_filter(item, [])


def test_names_are_read_like_quoted_words() -> None:
    aliyev = Phrase("speaker", ["ilham", "aliyev"])
    assert name_filter(field("speaker"), ["Ilham Əliyev"]) == aliyev
    assert name_filter(field("speaker"), ["Ilham Aliyev", "Erdoğan"]) == Or([aliyev, Term("speaker", "erdogan")])
    assert name_filter(field("source"), ["News.Az"]) == Term("source", "news az")


@pytest.mark.parametrize("text", ["", " ", "🙂", "Ali*"])
def test_names_that_are_none(text: str) -> None:
    with pytest.raises(QueryError):
        name_filter(field("speaker"), [text])


def test_dates() -> None:
    assert date_filter() is None
    assert date_filter("2008", "2010-06") == DateWithin(span("2008")[0], span("2010-06")[1])
    assert date_filter("yesterday", today=TODAY) == DateWithin(span("2024-02-29")[0], None)
    assert date_filter(to="2010") == DateWithin(None, span("2010")[1])


def test_dates_that_run_backwards() -> None:
    with pytest.raises(QueryError, match="the period runs backwards: 2010 is after 2008") as raised:
        date_filter("2010", "2008")
    assert raised.value.suggestions == ("2008..2010",)
    with pytest.raises(QueryError, match=r"'2008\.\.' is not a date"):
        date_filter("2008..")
