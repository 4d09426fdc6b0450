"""Two speakers side by side."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.counting import KeynessOptions

ALL = KeynessOptions(least=1, surest=0.0, limit=None)


def test_keywords_are_those_of_the_one_against_the_other(speeches: searchkit.Searcher) -> None:
    found = speeches.compare("Ada Stone", "wood", options=ALL)
    assert found.keyness == speeches.keyness('speaker:"Ada Stone"', against="speaker:wood", options=ALL) or (
        found.keyness.more == speeches.keyness('speaker:"Ada Stone"', against="speaker:wood", options=ALL).more
    )
    assert (found.keyness.target.since, found.keyness.target.until) == ("2001-03-01", "2004-01-02")
    assert (found.keyness.reference.since, found.keyness.reference.until) == ("2001-05-01", "2001-05-31")
    assert found.usage == ()


def test_how_often_each_says_it(speeches: searchkit.Searcher) -> None:
    ada, ben = speeches.compare("stone", "wood", '"bread"', options=ALL).usage
    assert (ada.occurrences, ada.words, ada.speeches) == (6, 37, 2)
    assert (ben.occurrences, ben.words, ben.speeches) == (4, 18, 2)
    assert ada.per_million == pytest.approx(6e6 / 37)


def test_other_filters_hold_for_both(speeches: searchkit.Searcher) -> None:
    found = speeches.compare("stone", "wood", where=searchkit.Where(since="2001", until="2001"), options=ALL)
    assert (found.keyness.target.words, found.keyness.reference.words) == (16, 14)
