"""Phrases and NEAR at the ends of the stream, of words too rare for its codes, and counted in few speeches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter, nearby, segment_writer, slots
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.scan import ScanEngine
from searchkit.models import Speech
from searchkit.query import nodes
from searchkit.schema import FIELDS

_WORDS = ("a", "a", "a", "b", "b", "c", "d", "e", "A.", "\n\nB")
_ASKED = ("a a", "a b", "b a", "a a b", "b a a", "c a b", "d e", "e e", "a c d", "e a a b")


def embedded(folder: Path, texts: list[str]) -> EmbeddedEngine:
    writer = EmbeddedWriter(folder, FIELDS)
    for number, text in enumerate(texts):
        writer.add(Speech(str(number), str(number), text))
    writer.commit()
    return EmbeddedEngine(folder)


def answer(engine: Any, query: Any) -> Any:
    found = engine.search(Request(query, limit=100))
    scores = {match.number: match.score for match in found.page}
    return found.total, sorted(scores), [scores[number] for number in sorted(scores)]


def same(texts: list[str], folder: Path, queries: list[Any]) -> int:
    """Asserts that the oracle and the columns agree; how many answers are there in all?"""
    columns = embedded(folder, texts)
    oracle = ScanEngine([Speech(str(number), str(number), text) for number, text in enumerate(texts)], FIELDS)
    hits = 0
    for query in queries:
        total, numbers, scores = answer(oracle, query)
        assert answer(columns, query) == (total, numbers, pytest.approx(scores, rel=1e-4)), query
        hits += total
    return hits


@pytest.fixture
def few_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """All words but the two commonest are too rare for a code of the stream."""
    for module in (slots, nearby, segment_writer):
        monkeypatch.setattr(module, "ESCAPE", 3)


def asked() -> list[Any]:
    phrases = [nodes.Phrase("text", row.split()) for row in _ASKED]
    sides = [nodes.Term("text", word) for word in "abcde"]
    sides += [nodes.Or([nodes.Term("text", word) for word in pair]) for pair in ("ae", "cd")]
    near = [nodes.Near(left, right, distance) for left in sides for right in sides for distance in (1, 3, 25)]
    return [*phrases, *near]


@pytest.mark.parametrize("seed", range(6))
def test_of_random_texts(tmp_path: Path, seed: int) -> None:
    chance = np.random.default_rng(seed)
    texts = [" ".join(chance.choice(_WORDS, chance.integers(0, 9))) for _ in range(12)]
    assert same(texts, tmp_path, asked()) > 300


@pytest.mark.usefixtures("few_codes")
@pytest.mark.parametrize("seed", range(4))
def test_of_words_too_rare_for_a_code(tmp_path: Path, seed: int) -> None:
    chance = np.random.default_rng(seed)
    texts = [" ".join(chance.choice(_WORDS, chance.integers(0, 9))) for _ in range(12)]
    assert same(texts, tmp_path, asked()) > 300


def test_nothing_stands_before_the_first_word(tmp_path: Path) -> None:
    assert same(["very good it was", "very very good"], tmp_path, [nodes.Phrase("text", ["very", "very", "good"])]) == 1


def test_a_stream_shorter_than_the_distance(tmp_path: Path) -> None:
    near = [nodes.Near(nodes.Term("text", "a"), nodes.Term("text", word), 25) for word in ("a", "b")]
    assert same(["a b"], tmp_path, near) == 1


@pytest.mark.parametrize("looked_through", [0, 40_000])
def test_scores_counted_in_the_stream_are_those_of_posting_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_through: int
) -> None:
    monkeypatch.setattr(slots, "_LOOKED_THROUGH", looked_through)
    texts = ["a b " * 300, "a b", "b c", "c a b a b"]
    assert same(texts, tmp_path, [nodes.Phrase("text", ["a", "b"]), nodes.Phrase("text", ["b", "a", "b"])]) == 5


def test_counting_stops_where_there_are_many_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postings: PostingsReader = embedded(tmp_path, ["a b a", "", "b"])._postings
    counts = postings.counts_in_stream(np.arange(3), ["b", "a", "z"])
    assert counts is not None
    assert counts.tolist() == [[1, 0, 1], [2, 0, 0], [0, 0, 0]]
    monkeypatch.setattr(slots, "_LOOKED_THROUGH", 3)
    assert postings.counts_in_stream(np.arange(3), ["b"]) is None
