"""N-grams are counted exactly, whatever the buckets hold."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.analysis import analyze
from searchkit.counting import Question, ngrams
from searchkit.engines.base import Request
from searchkit.engines.scan import ScanEngine
from searchkit.errors import UsageError
from searchkit.query import nodes
from tests.contract.test_random import CORPORA, speeches


def test_the_count_is_that_of_the_phrase(speeches: searchkit.Searcher) -> None:
    found = speeches.ngrams("-xyzzy", size=3)
    assert [(gram.form, gram.occurrences, gram.speeches) for gram in found.values] == [
        ("bread and salt", 3, 2), ("the price of", 3, 2), ("price of bread", 2, 2),
    ]  # fmt: skip
    for gram in found.values:
        assert speeches.kwic(f'"{gram.form}"').total == gram.occurrences


def test_around_a_word(speeches: searchkit.Searcher) -> None:
    found = speeches.ngrams('"price"', size=2, least=1)
    assert {gram.form for gram in found.values} == {"the price", "price of"}
    assert found.total == 6
    assert {gram.form for gram in speeches.ngrams('"bread and salt"', size=4, least=1).values} == {
        "dear bread and salt",
        "bread and salt bread",
        "salt bread and salt",
    }


def test_little_words_at_the_ends_are_left_out_on_request(speeches: searchkit.Searcher) -> None:
    found = speeches.ngrams("-xyzzy", size=3, stop_words=False)
    assert [gram.form for gram in found.values] == ["bread and salt", "price of bread"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, st.integers(2, 4), st.integers(1, 6), st.integers(1, 3))
def test_a_plain_reading_counts_the_same(rows: Any, size: int, limit: int, least: int) -> None:
    counted: Counter[str] = Counter()
    for speech in speeches(rows):
        words = analyze(speech.text, ())
        for place in range(len(words) - size + 1):
            if words.positions[place + size - 1] - words.positions[place] == size - 1:
                counted[" ".join(words.forms[place : place + size])] += 1
    question = Question(ScanEngine(speeches(rows)), Request(nodes.Every()), "", "")
    found = ngrams(question, size, limit, least)
    assert found.total == counted.total()
    expected = sorted(-count for count in counted.values() if count >= least)[:limit]
    assert [-gram.occurrences for gram in found.values] == expected
    assert all(counted[gram.form] == gram.occurrences for gram in found.values)


def test_long_ones_that_fit_into_no_number_are_counted_too() -> None:
    text = " ".join(f"w{number}" for number in range(300))
    found = searchkit.memory([{"id": "s", "text": f"{text} {text}"}]).ngrams("-xyzzy", size=8, least=2, limit=500)
    assert len(found.values) == 293
    assert {gram.occurrences for gram in found.values} == {2}


@pytest.mark.parametrize("wrong", [{"size": 1}, {"size": 9}, {"limit": 0}, {"least": 0}])
def test_mistakes_are_named(wrong: dict[str, int], speeches: searchkit.Searcher) -> None:
    with pytest.raises(UsageError):
        speeches.ngrams("bread", **wrong)  # type: ignore[arg-type]
