"""People and copies that were told by comparing pages take the place of what the pages say, in every engine alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.engines.base import Engine, Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter, write_side
from searchkit.engines.scan import ScanEngine
from searchkit.identity.side import NOBODY, Names, Side, SideBuilder, as_written
from searchkit.models import Quote, Speech
from searchkit.query import nodes, parse
from searchkit.schema import FIELDS
from tests.clusters import build_cluster, needs_cluster, remove

TEXT = "We said “yes of course” and they said “no never” to it."
YES, NO = Quote("Aliyev", "yes of course", 9, 22), Quote("Mr Khan", "no never", 39, 47)


def speech(number: int, page: str, date: str | None, speaker: str, *quotes: Quote) -> Speech:
    return Speech(f"s{number}", page, TEXT, end=len(TEXT), date=date, speakers=(speaker,), quotes=quotes)


CORPUS = (
    speech(0, "pb", "2024-05-02", "President Aliyev", YES, NO),
    speech(1, "pa", "2024-05-01", "I. Aliyev", YES),
    speech(2, "pc", None, "Aliyev", replace(YES, speaker=None)),
    speech(3, "pc", "2024-05-03", "Mr Khan"),
    replace(speech(4, "pd", "2024-05-03", "Khan", NO), label="KHAN (chair)"),
    replace(speech(5, "pe", "2023", "Nobody"), speakers=()),
)
ALIYEV, KHAN = "Ilham Aliyev", "Imran Khan"


def told() -> Side:
    """Every Aliyev is one person, every Khan another; 1, 0 and 2 are one text, and so are 3 and 4."""
    builder = SideBuilder(len(CORPUS))
    aliyev, khan = (lambda *spelled: Names((ALIYEV,), spelled)), (lambda *spelled: Names((KHAN,), spelled))
    builder.name(0, aliyev("President Aliyev"), (aliyev("Aliyev"), khan("Mr Khan")))
    builder.name(1, aliyev("I. Aliyev"), (aliyev("Aliyev"),))
    builder.name(2, aliyev("Aliyev"), (NOBODY,))
    builder.name(3, khan("Mr Khan"), ())
    builder.name(4, khan("Khan", "KHAN (chair)"), (khan("Mr Khan"),))
    for number, original in ((0, 1), (2, 1), (4, 3)):
        builder.copy(number, original)
    return builder.side()


def embedded(directory: Path, speeches: Any, side: Side | None) -> EmbeddedEngine:
    writer = EmbeddedWriter(directory, FIELDS)
    for item in speeches:
        writer.add(item)
    writer.commit()
    if side is not None:
        write_side(directory, side)
    return EmbeddedEngine(directory)


@pytest.fixture(scope="module", params=["scan", "embedded", pytest.param("cluster", marks=needs_cluster)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    if request.param == "scan":
        yield ScanEngine(CORPUS, FIELDS, told())
        return
    if request.param == "cluster":
        on_cluster = build_cluster(CORPUS, FIELDS, told())
        yield on_cluster
        remove(on_cluster)
        return
    opened = embedded(tmp_path_factory.mktemp("index"), CORPUS, told())
    yield opened
    opened.close()


def found(engine: Engine, query: str, **options: Any) -> list[str]:
    request = Request(parse(query, engine.profile).query, sort="oldest", **options)
    return [item.id for item in engine.speeches([match.number for match in engine.search(request).page])]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("speaker:ilham", ["s1", "s0", "s2"]),
        ('speaker:"Ilham Aliyev"', ["s1", "s0", "s2"]),
        ("speaker:president", ["s0"]),
        ('speaker:"I Aliyev"', ["s1"]),
        ('speaker:="Ilham Aliyev"', ["s1", "s0", "s2"]),
        ('speaker:="Aliyev"', []),
        ("speaker:chair", ["s4"]),
        ("speaker:ali*", ["s1", "s0", "s2"]),
        ('speaker:"Aliyev Ilham"', []),
        ("quoting:ilham", ["s1", "s0"]),
        ('quoting:"Imran Khan"', ["s0", "s4"]),
        ('quoting:="Imran Khan"', ["s0", "s4"]),
        ("-speaker:khan", ["s5", "s1", "s0", "s2"]),
    ],
)
def test_people_are_found_by_their_name_and_by_what_pages_call_them(engine: Engine, query: str, ids: list[str]) -> None:
    assert found(engine, query) == ids


def test_no_speaker_is_none(engine: Engine) -> None:
    matches = engine.search(Request(nodes.NoValue("speaker_value")))
    assert [item.id for item in engine.speeches([match.number for match in matches.page])] == ["s5"]


def test_facets_count_people(engine: Engine) -> None:
    facets = engine.search(Request(nodes.Every(), facets=("speaker", "quoting"))).facets
    assert [(value.value, value.count) for value in facets["speaker"].values] == [(ALIYEV, 3), (KHAN, 2), (None, 1)]
    assert [(value.value, value.count) for value in facets["quoting"].values] == [(None, 3), (ALIYEV, 2), (KHAN, 2)]
    assert engine.values("speaker") == engine.values("quoting") == [ALIYEV, KHAN]


@pytest.mark.parametrize(
    ("unit", "speakers", "quoted"),
    [
        ("pages", [(ALIYEV, 3), (KHAN, 2), (None, 1)], [(None, 2), (ALIYEV, 2), (KHAN, 2)]),
        ("originals", [(ALIYEV, 1), (KHAN, 1), (None, 1)], [(None, 3), (KHAN, 2), (ALIYEV, 1)]),
    ],
)
def test_facets_count_pages_and_originals(engine: Engine, unit: Any, speakers: Any, quoted: Any) -> None:
    facets = engine.search(Request(nodes.Every(), facets=("speaker", "quoting"), unit=unit)).facets
    assert {(value.value, value.count) for value in facets["speaker"].values} == set(speakers)
    assert {(value.value, value.count) for value in facets["quoting"].values} == set(quoted)


def test_speeches_have_their_people_and_keep_the_label(engine: Engine) -> None:
    first, _, third, _, fifth, sixth = engine.speeches(range(6))
    assert (first.speakers, first.label) == ((ALIYEV,), "President Aliyev")
    assert [quote.speaker for quote in first.quotes] == [ALIYEV, KHAN]
    assert third.quotes[0].speaker is None
    assert (fifth.speakers, fifth.label) == ((KHAN,), "KHAN (chair)")
    assert sixth.speakers == ()
    assert engine.find("s4") == fifth
    assert engine.of_page("pd") == [fifth]


def test_what_a_later_build_takes_over_is_what_the_page_says(engine: Engine) -> None:
    assert engine.as_written("pd") == [CORPUS[4]]
    assert [(item.speakers, item.label, item.quoted) for item in engine.traits()] == [
        (item.speakers, item.label, tuple(quote.speaker for quote in item.quotes)) for item in CORPUS
    ]
    assert [item.number for item in engine.traits()] == [0, 1, 2, 3, 4, 5]


def test_totals_count_speeches_and_groups_apart(engine: Engine) -> None:
    matches = engine.search(Request(nodes.Term("text", "yes")))
    assert (matches.total, matches.pages, matches.originals) == (6, 5, 3)
    assert {match.number: match.copies for match in matches.page} == {0: 2, 1: 2, 2: 2, 3: 1, 4: 1, 5: 0}


def test_a_group_is_one_match_where_that_is_asked_for(engine: Engine) -> None:
    assert found(engine, "yes", collapsed=True) == ["s5", "s1", "s3"]
    assert found(engine, "yes", collapsed=True, limit=1, offset=1) == ["s1"]
    assert found(engine, "speaker:president OR speaker:khan", collapsed=True) == ["s0", "s3"]
    assert engine.search(Request(nodes.Term("text", "yes"), collapsed=True)).total == 6


def test_a_group_has_its_original_first_then_the_earliest(engine: Engine) -> None:
    assert engine.copies(2) == engine.copies(1) == [1, 0, 2]
    assert engine.copies(4) == [3, 4]
    assert engine.copies(5) == [5]


NAMES = st.sampled_from(("A B", "B", "C. B", "Ab"))
PEOPLE = st.builds(
    Names, st.lists(NAMES, max_size=2, unique=True).map(tuple), st.lists(NAMES, max_size=2, unique=True).map(tuple)
)
ROWS = st.lists(
    st.tuples(st.sampled_from("pqr"), st.sampled_from((None, "2020", "2021-01-02")), PEOPLE, PEOPLE, st.integers(0, 7)),
    min_size=1,
    max_size=8,
)
ON_PEOPLE = st.builds(
    lambda build, field, text: build(field, text),
    st.sampled_from((nodes.Term, nodes.Prefix, lambda field, text: nodes.Phrase(field, [text, "b"]))),
    st.sampled_from(("speaker", "quoting", "speaker_value", "quoting_value")),
    st.sampled_from(("a", "b", "c", "A B", "B")),
) | st.sampled_from(("speaker_value", "quoting_value")).map(nodes.NoValue)


def of_rows(rows: Any) -> tuple[list[Speech], Side]:
    builder = SideBuilder(len(rows))
    speeches = []
    for number, (page, date, speakers, quoted, original) in enumerate(rows):
        speeches.append(Speech(f"s{number}", page, "b a", date=date, quotes=(Quote(None, "b", 0, 1),)))
        builder.name(number, speakers, (quoted,))
        first = min(original, number)
        builder.copy(number, first if builder.side().originals[first] == first else number)
    return speeches, builder.side()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.lists(ON_PEOPLE, min_size=1, max_size=6), st.sampled_from(("speeches", "pages", "originals", "words")))
def test_engines_agree(rows: Any, trees: list[Any], unit: Any) -> None:
    speeches, side = of_rows(rows)
    scan = ScanEngine(speeches, FIELDS, side)
    with tempfile.TemporaryDirectory() as folder:
        engine = embedded(Path(folder), speeches, side)
        for tree in trees:
            for collapsed in (False, True):
                request = Request(tree, facets=("speaker", "quoting"), unit=unit, limit=20, collapsed=collapsed)
                assert engine.search(request) == scan.search(request)
        assert engine.speeches(range(len(rows))) == scan.speeches(range(len(rows)))
        assert list(engine.traits()) == list(scan.traits())
        assert engine.values("quoting") == scan.values("quoting")
        engine.close()


def test_without_a_side_the_pages_stand() -> None:
    build: Callable[[Side | None], Engine] = lambda side: ScanEngine(CORPUS, FIELDS, side)  # noqa: E731
    bare, told_so = build(None), build(as_written(build(None).traits(), len(CORPUS)))
    request = Request(nodes.Every(), facets=("speaker", "quoting"))
    assert bare.search(request) == told_so.search(request)
    assert bare.speeches(range(6)) == list(CORPUS)
