from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.dates import is_date
from searchkit.extraction.dating import date_in_text, read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-06-15", "2024-06-15"),
        ("2024-06-15T23:30:00+04:00", "2024-06-15"),
        ("2024-06", "2024-06"),
        ("2024", "2024"),
        ("20240615", "2024-06-15"),
        ("15 June 2024", "2024-06-15"),
        ("15th of June, 2024", "2024-06-15"),
        ("June 15, 2024", "2024-06-15"),
        ("Jun. 15, 2024", "2024-06-15"),
        ("Sept. 11, 2001", "2001-09-11"),
        ("June 2024", "2024-06"),
        ("15.06.2024", "2024-06-15"),
        ("15.06.2024 14:20", "2024-06-15"),
        ("15 iyun 2024", "2024-06-15"),
        ("15 Haziran 2024", "2024-06-15"),
        ("15 июня 2024", "2024-06-15"),
        ("15 juin 2024", "2024-06-15"),
        ("15. März 2024", "2024-03-15"),
        ("15 de junio de 2024", "2024-06-15"),
        ("Sat, 15 Jun 2024 10:00:00 GMT", "2024-06-15"),
    ],
)
def test_read(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13-45", "31 February 2024", "June", "15 June", "9999999", "x" * 9000]
)
def test_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("04/05/2024", None, "2024"),
        ("04/05/2024", "en", "2024"),
        ("04/05/2024", "en-US", "2024-04-05"),
        ("04/05/2024", "en-GB", "2024-05-04"),
        ("04/05/2024", "fr", "2024-05-04"),
        ("25/12/2024", None, "2024-12-25"),
        ("12/25/2024", None, "2024-12-25"),
        ("05/05/2024", None, "2024-05-05"),
    ],
)
def test_day_and_month_are_not_guessed(text: str, language: str | None, date: str) -> None:
    assert read_date(text, language) == date


def test_the_first_in_a_text() -> None:
    assert date_in_text("BAKU, June 15, 2024. The agreement of 15 June 2021 stands.") == "2024-06-15"


def test_a_month_does_not_hide_the_day_in_front_of_it() -> None:
    assert date_in_text("on 15 June 2024") == "2024-06-15"


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_whatever_is_read_is_a_date(text: str) -> None:
    for read in (read_date(text), date_in_text(text)):
        assert read is None or is_date(read)
