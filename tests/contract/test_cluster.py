"""The engine on a cluster answers as the oracle does: documents, totals, facets, tiers, order by date, words."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from searchkit.engines.base import Engine, Matches, Request
from searchkit.engines.scan import ScanEngine
from searchkit.errors import QueryError
from searchkit.query import nodes, parse
from searchkit.schema import facet_names
from tests.clusters import build_cluster, needs_cluster, remove
from tests.contract.conftest import CORPUS, FIELDS
from tests.contract.test_random import TREES, WORDS, speeches
from tests.contract.test_same_answers import FILTERS, QUERIES, SELECTED
from tests.contract.test_words import pairs, spans

pytestmark = needs_cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    engine = build_cluster(CORPUS, FIELDS)
    yield engine
    remove(engine)


def rows(matches: Matches, engine: Engine) -> list[tuple[str, int, int]]:
    ids = [speech.id for speech in engine.speeches([match.number for match in matches.page])]
    return [(id, match.tier, match.copies) for id, match in zip(ids, matches.page, strict=True)]


def assert_same(request: Request, engine: Engine, scan: Engine) -> None:
    """All but scores: those are Lucene's, so that within a tier the order by relevance is its own."""
    answer, expected = engine.search(request), scan.search(request)
    assert (answer.total, answer.pages, answer.originals) == (expected.total, expected.pages, expected.originals)
    assert answer.phrase_total == expected.phrase_total
    assert answer.forms == expected.forms
    assert answer.facets == expected.facets
    got, wanted = rows(answer, engine), rows(expected, scan)
    if request.sort == "relevance":
        assert [tier for _, tier, _ in got] == [tier for _, tier, _ in wanted]
        got, wanted = sorted(got), sorted(wanted)
    assert got == wanted


@pytest.mark.parametrize("query", QUERIES)
def test_every_form_of_the_language(query: str, cluster: Engine, scan: Engine) -> None:
    assert cluster.profile == scan.profile
    tree = parse(query, scan.profile).query
    assert_same(Request(tree, facets=facet_names(scan.profile.fields), limit=100), cluster, scan)
    assert_same(Request(tree, sort="newest", limit=100), cluster, scan)
    assert_same(Request(tree, sort="oldest", limit=7, offset=2), cluster, scan)
    assert spans(cluster, Request(tree)) == spans(scan, Request(tree))
    assert cluster.matching(Request(tree)).tolist() == scan.matching(Request(tree)).tolist()


@pytest.mark.parametrize("names", [("speaker",), ("speaker", "venue"), ("venue", "date"), tuple(FILTERS)])
def test_facets_ignore_their_own_filter(names: tuple[str, ...], cluster: Engine, scan: Engine) -> None:
    for unit in ("speeches", "pages", "originals"):
        request = Request(
            nodes.Every(),
            filters={name: FILTERS[name] for name in names},
            selected={name: SELECTED[name] for name in names if name in SELECTED},
            facets=facet_names(scan.profile.fields),
            facet_limit=3,
            unit=unit,  # type: ignore[arg-type]
            sort="oldest",
            limit=100,
        )
        assert_same(request, cluster, scan)


TREES_OF_PROGRAMS = (
    nodes.Every("title"),
    nodes.Every("text"),
    nodes.Not(nodes.Term("text", "the")),
    nodes.And([]),
    nodes.And([nodes.Term("text", "the"), nodes.Not(nodes.Term("text", "of"))]),
    nodes.And([nodes.Not(nodes.Term("text", "the"))]),
    nodes.AndMaybe(nodes.Term("text", "the"), nodes.Term("text", "of")),
    nodes.DisjunctionMax([nodes.Term("text", "the"), nodes.Term("text", "of")]),
    nodes.ConstantScoreQuery(nodes.Term("text", "the"), score=2.5),
    nodes.Or([nodes.Term("text", "the", boost=0.5), nodes.Prefix("text", "d", boost=2.0)], boost=2.0),
    nodes.StockPhrase("text", ["rule", "of", "law"]),
    nodes.StockPhrase("text", ["one", "two"], slop=3),
    nodes.NullQuery,
    nodes.Wildcard("text", "d*n"),
    nodes.Wildcard("speaker_value", "*A*"),
    nodes.Prefix("id", "s1"),
    nodes.Fuzzy("language", "em"),
    nodes.Term("nowhere", "the"),
)


@pytest.mark.parametrize("tree", TREES_OF_PROGRAMS, ids=repr)
def test_trees_that_a_program_hands_in(tree: Any, cluster: Engine, scan: Engine) -> None:
    assert_same(Request(tree, sort="newest", limit=100), cluster, scan)


@pytest.mark.parametrize("query", ["Shusha Declaration", "the OR declaration"])
def test_a_page_is_a_part_of_the_whole_order(query: str, cluster: Engine, scan: Engine) -> None:
    tree = parse(query, scan.profile).query
    whole = cluster.search(Request(tree, limit=100)).page
    for offset in (0, 1, 2, 3, 50):
        for limit in (0, 1, 4):
            assert cluster.search(Request(tree, limit=limit, offset=offset)).page == whole[offset : offset + limit]


def test_speeches_values_and_columns(cluster: Engine, scan: Engine) -> None:
    assert cluster.speeches(range(len(CORPUS))) == list(CORPUS)
    assert cluster.find("s05") == CORPUS[4]
    assert cluster.find("nobody") is None
    assert cluster.find_all(["s05", "nobody", "s01", "s05"]) == [CORPUS[4], None, CORPUS[0], CORPUS[4]]
    assert cluster.find_all([]) == []
    assert cluster.of_page("p1") == cluster.as_written("p1") == [item for item in CORPUS if item.page == "p1"]
    for name in ("speaker", "venue", "id", "page", "party", "text", "title", "stems", "date", "nowhere"):
        assert cluster.values(name) == scan.values(name), name
    assert (cluster.words(), len(cluster)) == (scan.words(), len(scan))
    assert list(cluster.traits()) == list(scan.traits())
    assert cluster.lengths().tolist() == scan.lengths().tolist()
    assert cluster.ranks(np.arange(len(CORPUS))).tolist() == scan.ranks(np.arange(len(CORPUS))).tolist()
    assert cluster.dates().first.tolist() == scan.dates().first.tolist()
    assert cluster.dates().last.tolist() == scan.dates().last.tolist()
    for name in facet_names(scan.profile.fields):
        assert pairs(cluster, name) == pairs(scan, name), name


def test_more_places_than_memory_is_bounded_to_are_refused(
    cluster: Engine, scan: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(parse("the OR declaration", scan.profile).query)
    monkeypatch.setattr("searchkit.engines.cluster.words._MOST_OCCURRENCES", 3)
    with pytest.raises(QueryError, match="searchkit copy"):
        cluster.occurrences(request)


def test_words_as_arrays(cluster: Engine, scan: Engine) -> None:
    numbers = np.asarray([3, 0, 1, 2, 12, 11, 3])
    ours, theirs = cluster.tokens(numbers), scan.tokens(numbers)
    for one, other in ((ours.codes, theirs.codes), (ours.positions, theirs.positions), (ours.starts, theirs.starts)):
        assert one.tolist() == other.tolist()
    assert cluster.vocabulary().occurrences.tolist() == scan.vocabulary().occurrences.tolist()
    assert cluster.vocabulary().speeches.tolist() == scan.vocabulary().speeches.tolist()
    assert cluster.forms(np.arange(20)) == scan.forms(np.arange(20))
    assert cluster.form_counts(np.arange(5)).tolist() == scan.form_counts(np.arange(5)).tolist()
    found_places = scan.occurrences(Request(parse("the OR declaration", scan.profile).query))
    ours_beside, theirs_beside = cluster.neighbours(found_places, 3), scan.neighbours(found_places, 3)
    for side in ("together", "left", "right"):
        assert getattr(ours_beside, side).tolist() == getattr(theirs_beside, side).tolist()
    speeches_asked, positions = np.repeat(np.arange(5), 30), np.tile(np.arange(-5, 25), 5)
    found = cluster.codes_at(speeches_asked, positions).tolist()
    assert found == scan.codes_at(speeches_asked, positions).tolist()


RANDOM = random.Random(9)
MANY = speeches(
    [
        (
            " ".join(RANDOM.choice((*WORDS, "A.", "B.", "\n\nC")) for _ in range(RANDOM.randrange(13))),
            RANDOM.choice((None, "2020", "2020-06", "2020-06-15", "2021-01-01", "1999")),
            tuple(RANDOM.sample(("A B", "B C", "C"), RANDOM.randrange(3))),
            RANDOM.choice((None, "article", "article")),
            [
                (RANDOM.randrange(31), RANDOM.randrange(13), RANDOM.choice((None, "A B", "C")))
                for _ in range(RANDOM.randrange(4))
            ],
        )
        for _ in range(400)
    ]
)
"""Every shape that the random corpora of test_random.py have, at once: an index for each would take minutes."""


@pytest.fixture(scope="module")
def many() -> Iterator[tuple[Engine, Engine]]:
    engine = build_cluster(MANY)
    yield engine, ScanEngine(MANY)
    remove(engine)


@settings(
    deadline=None,
    max_examples=int(os.environ.get("SEARCHKIT_CLUSTER_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(TREES)
def test_random_trees_find_the_same(many: tuple[Engine, Engine], tree: Any) -> None:
    cluster, scan = many
    assert_same(Request(tree, facets=("speaker", "year", "month"), sort="newest", limit=500), cluster, scan)
    assert_same(Request(tree, limit=500), cluster, scan)
