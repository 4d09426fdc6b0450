"""Real speaker strings of twenty thousand contributions: how many are one person's, and none of two."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from searchkit.identity.persons import Tally, persons

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "contributions-20k.jsonl.xz"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the labelled data is not here: {DATA}")

MOST_SPEAKERS = 620
"""908 strings came to 612 persons, offices and other labels; every group of several strings was read."""
ONE = (
    ("Dr Richard Hu Tsu Tau", "Dr Hu Tsu Tau"),
    ("Sir George Oehlers", "Mr G. E. N. Oehlers"),
    ("RAdm Teo Chee Hean", "MP_NAME:Mr Teo Chee Hean"),
    ("Encik Wan Hussin Bin Hj Zoohri", "Encik Wan Hussin Zoohri"),
)
TWO = (
    ("Mr J. M. Jumabhoy", "Mr R. Jumabhoy"),
    ("Mr Jeyaretnam", "Mr J.B. Jeyaretnam"),
    ("Mr Rajah", "Ms Indranee Rajah"),
    ("Dr Vasoo", "Mr S. Vasoo"),
)


def test_strings_become_persons() -> None:
    tallies: dict[str, Tally] = {}
    with lzma.open(DATA, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            name = " ".join(record["speaker"].split())
            if name:
                tallies.setdefault(name, Tally()).add(int(record["date"][:4]))
    found = persons(tallies)
    assert len({person.name for person in found.values()}) <= MOST_SPEAKERS
    assert all(found[one].name == found[other].name for one, other in ONE)
    assert all(found[one].name != found[other].name for one, other in TWO)
