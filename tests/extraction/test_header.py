from __future__ import annotations

import pytest

from searchkit.extraction.header import Header, header_of
from searchkit.extraction.people import Person

MARSH = Person("Helen Marsh", "Secretary of State")


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (
            ["Speaker: Deputy Minister Ada Okafor", "Venue: Congress Hall, Port Elin", "Date: 12 May 2023"],
            Header(Person("Ada Okafor", "Deputy Minister"), ("Congress Hall", "Port Elin"), "2023-05-12"),
        ),
        (
            ["Remarks", "Helen Marsh, Secretary of State", "Port Elin, Norland", "May 12, 2023"],
            Header(MARSH, ("Port Elin",), "2023-05-12"),
        ),
        (["March 7, 2023", "East Room", "2:14 P.M. EST"], Header(None, ("East Room",), "2023-03-07")),
        (
            ["Delivered on: 12 May 2023 (Original script)", "Location: Institute of Ports, London"],
            Header(None, ("Institute of Ports", "London"), "2023-05-12"),
        ),
        (["Port Elin, 3 May 1961"], Header(None, ("Port Elin",), "1961-05-03")),
        (["An address of many words"], Header()),
        (["PARLIAMENTARY DEBATES", "TENTH PARLIAMENT", "CONGRESS HALL"], Header()),
    ],
)
def test_header(lines: list[str], header: Header) -> None:
    text = "\n\n".join([*lines, "We were promised a harbour.", "Venue: nowhere"])
    assert header_of(text) == header


def test_sentences_are_no_header() -> None:
    assert header_of("We met in Port Elin on 3 May 1961.\n\nVenue: Congress Hall") == Header()
