"""A few debates about bread and salt, small enough to count by hand."""

from __future__ import annotations

import pytest

import searchkit

RECORDS = (
    {"id": "a", "date": "2001-03-01", "speaker": "Ada Stone", "venue": ["Hall", "Riga"], "language": "en",
     "text": "Bread is dear. Bread and salt, bread and salt! Who pays for bread?\n\nSalt is cheap."},
    {"id": "b", "date": "2001-05", "speaker": "Ben Wood", "venue": "Hall", "language": "en",
     "text": "I pay for bread, and the price of bread is the price of peace."},
    {"id": "c", "date": "2003", "speaker": "Ada Stone", "language": "en",
     "text": "The price of bread rises. Breads of all kinds, dear bread (APPLAUSE) and salt."},
    {"id": "d", "date": "2004-01-02", "speaker": "Ada Stone", "venue": "Riga", "language": "en",
     "text": "Of salt I say nothing, nothing at all."},
    {"id": "e", "speaker": "Ben Wood", "venue": "Hall", "language": "en", "text": "Undated bread is bread."},
)  # fmt: skip


@pytest.fixture(scope="session")
def speeches() -> searchkit.Searcher:
    return searchkit.memory(RECORDS)
