"""Keywords of one group against another, or against the rest."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.counting import KeynessOptions
from searchkit.counting.measures import log_likelihood, log_ratio
from searchkit.errors import UsageError

ALL = KeynessOptions(least=1, surest=0.0, limit=None)


def test_against_the_rest(speeches: searchkit.Searcher) -> None:
    found = speeches.keyness("speaker:stone", options=ALL)
    assert (found.target.speeches, found.target.words) == (3, 37)
    assert (found.reference.understood, found.reference.words) == ("all other speeches", 18)
    salt = next(word for word in found.more if word.form == "salt")
    assert (salt.target, salt.reference, salt.speeches) == (5, 0, 3)
    assert salt.log_likelihood == pytest.approx(float(log_likelihood(5, 32, 0, 18)))
    assert salt.log_ratio == pytest.approx(float(log_ratio(5, 37, 0, 18)))
    price = next(word for word in found.fewer if word.form == "price")
    assert (price.target, price.reference, price.speeches) == (1, 2, 1)
    assert price.log_ratio < 0


def test_the_two_lists_share_no_word_and_leave_none_out(speeches: searchkit.Searcher) -> None:
    found = speeches.keyness("speaker:stone", options=ALL)
    more, fewer = ({word.form for word in words} for words in (found.more, found.fewer))
    assert not more & fewer
    assert sum(word.target for word in (*found.more, *found.fewer)) <= found.target.words
    assert not found.truncated


def test_against_a_group_of_ones_own(speeches: searchkit.Searcher) -> None:
    found = speeches.keyness("speaker:stone", against="date:2001", options=ALL)
    assert found.shared == 1  # Ada Stone in 2001
    assert (found.target.speeches, found.reference.speeches) == (2, 1)


def test_the_other_way_round_is_the_mirror(speeches: searchkit.Searcher) -> None:
    here = speeches.keyness("speaker:stone", against="speaker:wood", options=ALL)
    there = speeches.keyness("speaker:wood", against="speaker:stone", options=ALL)
    assert [(word.form, word.log_ratio) for word in here.more] == [
        (word.form, pytest.approx(-word.log_ratio)) for word in there.fewer
    ]


def test_sorted_by_size_and_cut(speeches: searchkit.Searcher) -> None:
    found = speeches.keyness("speaker:stone", options=KeynessOptions(least=1, surest=0, limit=2, order="log-ratio"))
    assert [word.log_ratio for word in found.more] == sorted((word.log_ratio for word in found.more), reverse=True)
    assert len(found.more) == len(found.fewer) == 2
    assert found.truncated


def test_mistakes_are_named(speeches: searchkit.Searcher) -> None:
    with pytest.raises(UsageError, match='there is no word to compare in speeches by a speaker named "nobody"'):
        speeches.keyness("speaker:nobody")
    with pytest.raises(UsageError, match="there is no order"):
        speeches.keyness("speaker:stone", options=KeynessOptions(order="fame"))
