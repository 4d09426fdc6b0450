"""Random corpora and random trees: every engine agrees with the oracle, and Whoosh's own searcher with both."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index

from searchkit.engines.base import Engine, Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.engines.scan import ScanEngine
from searchkit.models import Quote, Speech
from searchkit.query import nodes
from searchkit.schema import FIELDS

WORDS = ("a", "ab", "abc", "b", "ba", "cab", "c")
TEXTS = st.lists(st.sampled_from((*WORDS, "A.", "B.", "\n\nC")), min_size=0, max_size=12).map(" ".join)
DATES = st.sampled_from((None, "2020", "2020-06", "2020-06-15", "2021-01-01", "1999"))
SPEAKERS = st.lists(st.sampled_from(("A B", "B C", "C")), max_size=2, unique=True).map(tuple)
QUOTES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12), st.sampled_from((None, "A B", "C"))), max_size=3)
KINDS = st.sampled_from((None, "article", "article"))
CORPORA = st.lists(st.tuples(TEXTS, DATES, SPEAKERS, KINDS, QUOTES), min_size=1, max_size=8)

TERMS = st.sampled_from(WORDS).map(lambda word: nodes.Term("text", word))
PHRASES = st.builds(
    lambda words, slop: nodes.Phrase("text", words, slop=slop),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4),
    st.integers(1, 4),
)
PERIODS = st.sampled_from((nodes.DateWithin(737_425, None), nodes.DateWithin(None, 737_790), nodes.NoValue("date")))
LEAVES = st.one_of(
    TERMS,
    PHRASES,
    PERIODS,
    st.sampled_from(("a", "b", "ca")).map(lambda prefix: nodes.Prefix("text", prefix)),
    st.sampled_from(("a*", "?b", "*b*")).map(lambda pattern: nodes.Wildcard("text", pattern)),
    st.sampled_from(("a", "b")).map(lambda word: nodes.Term("speaker", word)),
    st.just(nodes.Every()),
    st.sampled_from(("a", "ab", "xab", "cb")).map(lambda word: nodes.Fuzzy("text", word)),
    st.sampled_from(("a", "b")).map(lambda word: nodes.Fuzzy("speaker", word)),
)


def near(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(nodes.Near, children, children, st.integers(1, 4))


def cased(words: list[str]) -> nodes.Cased:
    literal = [word.lower() for word in words]
    if len(words) == 1:
        return nodes.Cased(nodes.Term("text", literal[0]), nodes.Term("cased", words[0]))
    return nodes.Cased(nodes.Phrase("text", literal), nodes.Phrase("cased", words))


CASED = st.lists(st.sampled_from(("a", "A", "b", "B", "C")), min_size=1, max_size=2).map(cased)
PLACED = st.recursive(
    st.one_of(TERMS, PHRASES, st.just(nodes.Prefix("text", "a")), st.just(nodes.Fuzzy("text", "ab")), CASED),
    lambda children: st.one_of(near(children), st.lists(children, min_size=1, max_size=2).map(nodes.Or)),
    max_leaves=4,
)
PERSONS = st.sampled_from(
    (
        None,
        nodes.Term("quoting", "b"),
        nodes.Phrase("quoting", ["a", "b"]),
        nodes.Term("quoting_value", "C"),
        nodes.Or([nodes.Term("quoting", "c"), nodes.Prefix("quoting", "a")]),
    )
)
SAID = st.builds(
    nodes.Said,
    st.one_of(
        PLACED,
        st.lists(PLACED, min_size=1, max_size=3).map(nodes.And),
        st.builds(lambda wanted, unwanted: nodes.And([wanted, nodes.Not(unwanted)]), PLACED, PLACED),
        PLACED.map(lambda word: nodes.AllBut([word])),
    ),
    PERSONS,
)


def branches(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda wanted, unwanted: nodes.And([*wanted, *map(nodes.Not, unwanted)]), several, several),
        several.map(nodes.And),
        several.map(nodes.Or),
        several.map(nodes.DisjunctionMax),
        several.map(nodes.AllBut),
        st.builds(nodes.AndMaybe, children, children),
        st.builds(lambda words, phrase: nodes.Tiered(nodes.And(words), phrase), st.lists(TERMS, min_size=2), PHRASES),
    )


TREES = st.recursive(st.one_of(LEAVES, PLACED, SAID), branches, max_leaves=6)


def speeches(rows: list[tuple[Any, ...]]) -> list[Speech]:
    return [
        Speech(
            id=f"s{number}",
            page=f"p{number // 2}",
            text=text,
            date=date,
            speakers=speakers,
            kind=kind,
            quotes=tuple(
                Quote(name, text[start : start + length], start, min(start + length, len(text)))
                for start, length, name in quotes
                if start < len(text)
            ),
        )
        for number, (text, date, speakers, kind, quotes) in enumerate(rows)
    ]


def answer(engine: Engine, tree: Any) -> tuple[int, int, int | None, list[tuple[str, float]], Any]:
    matches = engine.search(Request(tree, facets=("speaker", "year", "month"), limit=50))
    found = engine.speeches([match.number for match in matches.page])
    scores = sorted((speech.id, match.score) for speech, match in zip(found, matches.page, strict=True))
    return matches.total, matches.pages, matches.phrase_total, scores, matches.facets


def stock_documents(directory: Path, tree: Any) -> list[str]:
    """Which ids does Whoosh's own searcher find, with nothing of ours but the nodes?"""
    index = whoosh_index.open_dir(str(directory))
    with index.searcher() as searcher:
        numbers = {hit.docnum for hit in searcher.search(tree, limit=None, scored=False)}
        ids = {
            posting: id.decode() for id in searcher.lexicon("id") for posting in searcher.postings("id", id).all_ids()
        }
        return sorted(ids[number] for number in numbers)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, st.lists(TREES, min_size=1, max_size=6))
def test_engines_agree(rows: Any, trees: list[Any]) -> None:
    corpus = speeches(rows)
    scan = ScanEngine(corpus)
    with tempfile.TemporaryDirectory() as folder:
        writer = EmbeddedWriter(Path(folder), FIELDS)
        for speech in corpus:
            writer.add(speech)
        writer.commit()
        engine = EmbeddedEngine(Path(folder))
        for tree in trees:
            total, pages, phrase_total, scores, facets = answer(engine, tree)
            expected = answer(scan, tree)
            assert (total, pages, phrase_total, facets) == (*expected[:3], expected[4])
            assert [id for id, _ in scores] == [id for id, _ in expected[3]]
            assert [score for _, score in scores] == pytest.approx([score for _, score in expected[3]], rel=1e-4)
        engine.close()


WITNESSED = st.recursive(
    st.one_of(TERMS, PHRASES, PERIODS, PLACED, SAID),
    lambda children: st.one_of(
        st.lists(children, min_size=1, max_size=3).map(nodes.Or),
        st.lists(children, min_size=1, max_size=3).map(nodes.And),
        st.builds(lambda wanted, unwanted: nodes.And([wanted, nodes.Not(unwanted)]), children, children),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, st.lists(WITNESSED, min_size=1, max_size=4))
def test_the_stock_searcher_finds_the_same_documents(rows: Any, trees: list[Any]) -> None:
    corpus = speeches(rows)
    scan = ScanEngine(corpus)
    with tempfile.TemporaryDirectory() as folder:
        writer = EmbeddedWriter(Path(folder), FIELDS)
        for speech in corpus:
            writer.add(speech)
        writer.commit()
        for tree in trees:
            assert stock_documents(Path(folder), tree) == [id for id, _ in answer(scan, tree)[3]]
