"""The words of speeches as arrays: occurrences, tokens, counts and columns are the same in every engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.analysis import analyze
from searchkit.engines.arrays import Ints
from searchkit.engines.base import Engine, Request
from searchkit.engines.scan import ScanEngine
from searchkit.models import Speech
from searchkit.query import TokenStream, nodes, occurrences, parse
from searchkit.schema import facet_names
from tests.contract.conftest import Build
from tests.contract.test_random import CORPORA, TREES, speeches
from tests.contract.test_same_answers import FILTERS, QUERIES


def spans(engine: Engine, request: Request) -> list[tuple[str, int, int]]:
    found = engine.occurrences(request)
    ids = [speech.id for speech in engine.speeches(found.speeches.tolist())]
    return list(zip(ids, found.firsts.tolist(), found.lasts.tolist(), strict=True))


@pytest.mark.parametrize("query", QUERIES)
def test_occurrences_of_every_form_of_the_language(query: str, engine: Engine, scan: Engine) -> None:
    request = Request(parse(query, scan.profile).query)
    assert spans(engine, request) == spans(scan, request)
    assert engine.matching(request).tolist() == scan.matching(request).tolist()
    assert len(engine.matching(request)) == engine.search(request).total


def test_occurrences_are_within_the_filters(engine: Engine, scan: Engine) -> None:
    request = Request(nodes.Term("text", "the"), filters=FILTERS)
    assert spans(engine, request) == spans(scan, request)
    assert len(spans(scan, request)) < len(spans(scan, Request(nodes.Term("text", "the"))))


def of(text: str, tree: Any) -> list[tuple[int, int]]:
    return [span[1:] for span in spans(ScanEngine([Speech(id="s", page="s", text=text, language="en")]), Request(tree))]


def test_an_occurrence_is_a_distinct_span() -> None:
    law, of_law = nodes.Term("text", "law"), nodes.Phrase("text", ["of", "law"])
    assert of("rule of law, law", nodes.Or([law, law])) == [(2, 2), (3, 3)]
    assert of("rule of law, law", nodes.And([law, of_law])) == [(1, 2), (2, 2), (3, 3)]
    assert of("rule of law", nodes.And([law, nodes.Not(nodes.Term("text", "order"))])) == [(2, 2)]


def test_unquoted_words_that_stand_as_their_phrase_are_one_occurrence() -> None:
    rule, law = nodes.Term("text", "rule"), nodes.Term("text", "law")
    tree = nodes.Tiered(nodes.And([rule, law]), nodes.Phrase("text", ["rule", "law"]))
    assert of("Rule law or law rule.", tree) == [(0, 1), (3, 3), (4, 4)]


@pytest.fixture(params=["scan", "engine"])
def either(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(request.param)
    return found


def test_tokens_are_what_the_analysis_says(either: Engine, corpus: Any) -> None:
    numbers = np.asarray([3, 0, 1, 2, 12, 11])
    run = either.tokens(numbers)
    assert len(run.starts) == len(numbers) + 1
    for place, number in enumerate(numbers.tolist()):
        tokens = slice(run.starts[place], run.starts[place + 1])
        analysis = analyze(corpus[number].text, corpus[number].notes)
        assert either.forms(run.codes[tokens]) == analysis.forms
        assert run.positions[tokens].tolist() == analysis.positions
    assert len(either.tokens(np.asarray([], np.int64))) == 0


def test_tokens_of_neighbours_are_those_of_each(either: Engine) -> None:
    several = either.tokens(np.arange(4, 9))
    each = [either.tokens(np.asarray([number])) for number in range(4, 9)]
    assert several.codes.tolist() == [code for run in each for code in run.codes.tolist()]
    assert several.positions.tolist() == [position for run in each for position in run.positions.tolist()]


def test_a_code_stands_at_its_position_and_none_beside_it(either: Engine, corpus: Any) -> None:
    speeches = np.repeat(np.arange(len(corpus)), 260)
    positions = np.tile(np.arange(-10, 250), len(corpus))
    codes = either.codes_at(speeches, positions)
    found = [
        (number, position, either.forms(np.asarray([code]))[0])
        for number, position, code in zip(speeches.tolist(), positions.tolist(), codes.tolist(), strict=True)
        if code >= 0
    ]
    assert found == [
        (number, position, form)
        for number, speech in enumerate(corpus)
        for form, position in zip(*(lambda a: (a.forms, a.positions))(analyze(speech.text, speech.notes)), strict=True)
    ]


def test_counts_of_the_vocabulary_are_those_of_the_tokens(either: Engine, corpus: Any) -> None:
    vocabulary = either.vocabulary()
    run = either.tokens(np.arange(len(corpus)))
    assert np.bincount(run.codes, minlength=len(vocabulary)).tolist() == vocabulary.occurrences.tolist()
    forms = either.forms(np.arange(len(vocabulary)))
    assert forms == sorted(set(forms))
    for form, speeches_with in zip(forms, vocabulary.speeches.tolist(), strict=True):
        assert speeches_with == either.search(Request(nodes.Term("text", form), limit=0)).total


@pytest.mark.parametrize("numbers", [[], [0], [3, 4, 5, 9], [1, 11, 12]])
def test_counts_of_some_speeches_are_those_of_their_tokens(either: Engine, numbers: list[int]) -> None:
    chosen = np.asarray(numbers, np.int64)
    counts = np.bincount(either.tokens(chosen).codes, minlength=len(either.vocabulary()))
    assert either.form_counts(chosen).tolist() == counts.tolist()


@pytest.mark.parametrize("window", [1, 3, 99])
@pytest.mark.parametrize("query", ["the", "of OR and", '"the law"', "rule NEAR/4 law", "nowhere"])
def test_neighbours_are_those_within_the_window(query: str, window: int, engine: Engine, scan: Engine) -> None:
    request = Request(parse(query, scan.profile).query)
    assert beside(engine, request, window) == beside(scan, request, window)


def beside(engine: Engine, request: Request, window: int) -> list[list[int]]:
    found = engine.neighbours(engine.occurrences(request), window)
    return [counts.tolist() for counts in (found.together, found.left, found.right)]


def test_a_window_ends_with_the_paragraph() -> None:
    engine = ScanEngine([Speech(id="s", page="s", text="a b. the c\n\nD the the e", language="en")])
    found = engine.neighbours(engine.occurrences(Request(nodes.Term("text", "the"))), 3)
    assert engine.forms(np.arange(6)) == ["a", "b", "c", "d", "e", "the"]
    assert found.left.tolist() == [1, 1, 0, 1, 0, 1]
    assert found.right.tolist() == [0, 0, 1, 0, 1, 1]
    assert found.together.tolist() == [1, 1, 1, 1, 1, 2]


def test_lengths_dates_and_columns(engine: Engine, scan: Engine) -> None:
    assert engine.lengths().tolist() == scan.lengths().tolist()
    assert sum(engine.lengths().tolist()) == engine.words()
    assert engine.dates().first.tolist() == scan.dates().first.tolist()
    assert engine.dates().last.tolist() == scan.dates().last.tolist()
    for numbers in ([3, 0, 3, 5], list(range(len(scan)))):
        assert in_order(engine.ranks(np.array(numbers))) == in_order(scan.ranks(np.array(numbers)))
    for name in facet_names(scan.profile.fields):
        assert pairs(engine, name) == pairs(scan, name)


def in_order(ranks: Ints) -> list[int]:
    """Ranks as they are compared with one another alone."""
    return np.unique(ranks, return_inverse=True)[1].tolist()


def pairs(engine: Engine, facet: str) -> list[tuple[int, str]]:
    column = engine.column(facet)
    return sorted((number, column.values[code]) for number, code in zip(column.speeches, column.codes, strict=True))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, st.lists(TREES, min_size=1, max_size=6))
def test_engines_agree_on_occurrences(build: Build, rows: Any, trees: list[Any]) -> None:
    corpus = speeches(rows)
    scan, engine = ScanEngine(corpus), build(corpus)
    for tree in trees:
        assert spans(engine, Request(tree)) == spans(scan, Request(tree))
        assert beside(engine, Request(tree), 2) == beside(scan, Request(tree), 2)
    engine.close()


@given(st.lists(st.sampled_from(("a", "b", "c.")), max_size=12).map(" ".join), TREES)
def test_no_span_twice_and_all_in_order(text: str, tree: Any) -> None:
    analysis = analyze(text, ())
    found = occurrences(tree, {"text": TokenStream(analysis.forms, analysis.positions)})
    assert found == sorted(set(found))
