from __future__ import annotations

import pytest

from searchkit.extraction.naming import FileName, date_of_name, read_name, title_of_name


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("sub/2015-06-16 11.00.00 Speech, Rally, Nashville.txt", "Speech, Rally, Nashville"),
        ("2015-06-16 11.00.00 (Complete, As spoken) Speech, Rally.txt", "Speech, Rally"),
        ("AK1995.txt", None),
        ("a-b.html.gz", None),
    ],
)
def test_title(key: str, title: str | None) -> None:
    assert title_of_name(key) == title


@pytest.mark.parametrize(
    ("key", "date"),
    [
        ("2024/2024-06-15-ports.html", "2024-06-15"),
        ("ports-20240615.txt", "2024-06-15"),
        ("AK1995.txt", "1995"),
        ("XX1995.txt", None),
        ("report1995.txt", None),
        ("2024-02-30.txt", None),
    ],
)
def test_date(key: str, date: str | None) -> None:
    assert date_of_name(key) == date


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("Speech, Rally, Nashville, TN", FileName("speech", "Rally", None, ("Nashville",))),
        ("Speech with Ada Okafor, Rally, New York, NY", FileName("speech", "Rally", None, ("New York",))),
        (
            "Speech, 'On Ports, Locks, and 'Free Trade' at the Sea', Harbour Club, Erie, PA",
            FileName("speech", "Harbour Club", None, ("Erie",)),
        ),
        ("Town Hall with Ada Okafor, Tom O'Neil, Erie, PA", FileName("town hall", None, None, ("Erie",))),
        ("Interview with Ada Okafor, 'The O'Neil Hour', CBC", FileName("interview", "The O'Neil Hour", "CBC")),
        (
            "Interview with Ada Okafor, Erie, PA, 'The Hour', CBC",
            FileName("interview", "The Hour", "CBC", ("Erie",)),
        ),
        ("Interview with Ada Okafor, The Erie Times", FileName("interview", None, "The Erie Times")),
        ("Interview with Ada Okafor, Tom O'Neil", FileName("interview")),
        ("Interview with Ada Okafor, PA", FileName("interview", None, None, ("Pennsylvania",))),
        ("Statement, 'On the Harbour'", FileName("statement")),
        ("Press Conference, NH", FileName("press conference", None, None, ("New Hampshire",))),
        ("Advertisement, 'Unfit'", FileName("advertisement")),
        ("Remarks, Harbour Day", FileName("speech", "Harbour Day")),
        ("Ports of the North, Erie, PA", FileName()),
    ],
)
def test_occasion(stem: str, found: FileName) -> None:
    assert read_name(f"2016-08-31 21.00.00 (Complete, As spoken) {stem}.txt") == found
