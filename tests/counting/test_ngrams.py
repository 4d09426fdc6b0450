"""N-grams are counted exactly, whatever the buckets hold."""

from __future__ import annotations

import importlib
import random
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.analysis import analyze
from searchkit.counting import Question, ngrams
from searchkit.counting.gram_counts import GramCounts
from searchkit.engines.base import Request
from searchkit.engines.scan import ScanEngine
from searchkit.errors import UsageError
from searchkit.query import nodes
from tests.contract.test_random import CORPORA, speeches

module = importlib.import_module("searchkit.counting.ngrams")  # the package gives the function under this name


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
@given(CORPORA, st.integers(2, 4), st.integers(1, 6), st.integers(1, 3), st.sampled_from((2, 1 << 20)))
def test_a_plain_reading_counts_the_same(rows: Any, size: int, limit: int, least: int, different: int) -> None:
    counted: Counter[str] = Counter()
    for speech in speeches(rows):
        words = analyze(speech.text, ())
        for place in range(len(words) - size + 1):
            if words.positions[place + size - 1] - words.positions[place] == size - 1:
                counted[" ".join(words.forms[place : place + size])] += 1
    question = Question(ScanEngine(speeches(rows)), Request(nodes.Every()), "", "")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_DIFFERENT", different)
        patched.setattr(module, "_AT_ONCE", 5)
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


def test_ngrams_around_a_word_are_each_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "the end of the end of the house. The end! The the the end"
    for at_once in (1, 1 << 18):
        monkeypatch.setattr(module, "_AT_ONCE", at_once)
        found = searchkit.memory([{"id": f"s{n}", "text": text} for n in range(3)]).ngrams('"the"', size=3, least=1)
        words = ["the end of", "end of the", "of the end", "the end of", "end of the", "of the house", "the the the"]
        expected = Counter({gram: 3 * count for gram, count in Counter([*words, "the the end"]).items()})
        assert Counter({gram.form: gram.occurrences for gram in found.values}) == expected
        assert found.total == expected.total()


def test_rows_that_share_a_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.counting.gram_counts.mixed", lambda hashes, _codes: hashes * np.uint64(0))
    rows = np.array([[1, 2], [3, 4], [1, 2], [3, 4], [1, 3]])
    counts = GramCounts.of(rows)
    assert sorted(zip(counts.keys.tolist(), counts.times.tolist(), strict=True)) == [
        ([1, 2], 2),
        ([1, 3], 1),
        ([3, 4], 2),
    ]


def test_memory_follows_what_is_looked_at_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    texts = [" ".join(f"w{int(chance.paretovariate(0.7))}" for _ in range(100)) for _ in range(2_000)]
    searchkit.build([{"id": f"s{number}", "text": text} for number, text in enumerate(texts)], tmp_path / "index")
    monkeypatch.setattr(module, "_BUCKET_BITS", 15)
    with searchkit.open(tmp_path / "index") as speeches:

        def peak(at_once: int, different: int) -> tuple[int, Any]:
            monkeypatch.setattr(module, "_AT_ONCE", at_once)
            monkeypatch.setattr(module, "_DIFFERENT", different)
            tracemalloc.start()
            try:
                found = [speeches.ngrams(query, 3, limit=5) for query in ("-xyzzy", '"w1"')]
                return tracemalloc.get_traced_memory()[1], found
            finally:
                tracemalloc.stop()

        speeches.ngrams("w1", 2)
        (all_at_once, every), (bounded, some) = peak(1 << 20, 1 << 20), peak(2_000, 20_000)
    assert some == every
    assert bounded < all_at_once / 3


@pytest.mark.parametrize("wrong", [{"size": 1}, {"size": 9}, {"limit": 0}, {"least": 0}])
def test_mistakes_are_named(wrong: dict[str, int], speeches: searchkit.Searcher) -> None:
    with pytest.raises(UsageError):
        speeches.ngrams("bread", **wrong)  # type: ignore[arg-type]
