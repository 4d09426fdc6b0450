"""Periods in every form that people type, and in none that would need guessing."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.dates import span
from searchkit.errors import QueryError
from searchkit.query.periods import Period, looks_like_range, period_words, read_period, read_point
from searchkit.query.pieces import Piece

TODAY = datetime.date(2024, 3, 1)


def whole(text: str) -> Piece:
    return Piece(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024", "2024"),
        ("2024-06", "2024-06", "2024-06"),
        ("2024-6-5", "2024-06-05", "2024-06-05"),
        ("20080716", "2008-07-16", "2008-07-16"),
        ("today", "2024-03-01", "2024-03-01"),
        ("Yesterday", "2024-02-29", "2024-02-29"),
        ("15 June 2024", "2024-06-15", "2024-06-15"),
        ("15th of June, 2024", "2024-06-15", "2024-06-15"),
        ("June 15, 2024", "2024-06-15", "2024-06-15"),
        ("Sept. 2024", "2024-09", "2024-09"),
        ("2008..2010", "2008", "2010"),
        ("2008-07..2010-01-15", "2008-07", "2010-01-15"),
        ("2024..2024-06", "2024", "2024-06"),
        ("2008..", "2008", None),
        ("..2010", None, "2010"),
        ("2020..yesterday", "2020", "2024-02-29"),
        ("[2005 to 2009]", "2005", "2009"),
        ("[2005 TO 2009-03]", "2005", "2009-03"),
        ("[ 2005..2009 ]", "2005", "2009"),
        ("[May 2005 to 3 June 2009]", "2005-05", "2009-06-03"),
    ],
)
def test_periods(text: str, first: str | None, last: str | None) -> None:
    expected = Period(span(first)[0] if first else None, span(last)[1] if last else None)
    assert read_period(whole(text), TODAY) == expected


@pytest.mark.parametrize(
    ("text", "pointed", "message", "suggestions"),
    [
        ("2024-13", "2024-13", "there is no such date as '2024-13'", ()),
        ("2023-02-29", "2023-02-29", "there is no such date as '2023-02-29'", ()),
        ("0000", "0000", "there is no such date as '0000'", ()),
        ("31 June 2024", "31 June 2024", "there is no such date as '31 June 2024'", ()),
        ("2008..2010-02-30", "2010-02-30", "there is no such date as '2010-02-30'", ()),
        (
            "2010..2008",
            "2010..2008",
            "the range '2010..2008' runs backwards: 2010 is after 2008",
            ("2008..2010",),
        ),
        ("..", "..", "the range '..' has no date: write 2008..2010, 2008.. or ..2010", ()),
        ("[2005]", "[2005]", "brackets hold two dates, [2005 to 2009], not '2005'", ()),
        (
            "03/04/2024",
            "03/04/2024",
            "the order of day and month in '03/04/2024' is not clear: write 2024-06-15",
            ("2024-04-03", "2024-03-04"),
        ),
        (
            "15.06.2024",
            "15.06.2024",
            "the order of day and month in '15.06.2024' is not clear: write 2024-06-15",
            ("2024-06-15",),
        ),
    ],
)
def test_impossible_periods(text: str, pointed: str, message: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as raised:
        read_period(whole(text), TODAY)
    assert str(raised.value) == message
    assert text[raised.value.start : raised.value.end] == pointed
    assert raised.value.suggestions == suggestions


@pytest.mark.parametrize(
    "text",
    ["99", "june", "June", "15 Brumaire 2024", "tomorrow", "2024-", "-5", "200807", "２０２４", "2024/2025", "x", "[]"],
)
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(QueryError):
        read_period(whole(text), TODAY)


def test_one_point_is_no_range() -> None:
    with pytest.raises(QueryError, match=r"'2008\.\.2010' is not a date"):
        read_point(whole("2008..2010"), TODAY)


@pytest.mark.parametrize(
    ("text", "is_range"),
    [("2008..2010", True), ("2008..", True), ("..2010", True), ("2008..x", True), ("2008...", False), ("...", False),
     ("2008", False), ("wait..", False), ("10:30", False)],
)  # fmt: skip
def test_bare_ranges(text: str, is_range: bool) -> None:
    assert looks_like_range(text) is is_range


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024", "from 2024"),
        ("2024-06", "from 2024-06"),
        ("2024-06-15", "from 2024-06-15"),
        ("2024-01..2024-12", "from 2024"),
        ("2008..2010", "from 2008 to the end of 2010"),
        ("2008-02..2010-02-15", "from 2008-02 to 2010-02-15"),
        ("2008-07..", "from 2008-07 on"),
        ("..2010", "up to the end of 2010"),
        ("..2010-06-15", "up to 2010-06-15"),
    ],
)
def test_read_back(text: str, words: str) -> None:
    period = read_period(whole(text), TODAY)
    assert period_words(period.first, period.last) == words


@given(st.dates(), st.dates())
@settings(deadline=None)
def test_what_is_read_back_reads_the_same(first: datetime.date, last: datetime.date) -> None:
    first, last = sorted((first, last))
    words = period_words(first.toordinal(), last.toordinal()).removeprefix("from ").replace("the end of ", "")
    text = f"[{words}]" if " to " in words else words
    assert read_period(whole(text), TODAY) == Period(first.toordinal(), last.toordinal())
