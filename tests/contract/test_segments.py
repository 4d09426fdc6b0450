"""Indexes of several segments, from which speeches are deleted: the same answers as an oracle that never had those."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.analysis import stage_notes
from searchkit.engines.base import Engine, Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.engines.embedded.assembling import assemble, take_over
from searchkit.engines.scan import ScanEngine
from searchkit.models import Speech
from searchkit.query import parse
from searchkit.schema import FIELDS, facet_names
from tests.contract.conftest import CORPUS
from tests.contract.conftest import FIELDS as OWN_FIELDS
from tests.contract.test_random import CORPORA, TREES, WITNESSED, speeches, stock_documents
from tests.contract.test_same_answers import QUERIES

GONE = "gone"


def assembled(folder: Path, parts: list[list[Speech]], fields: Any = FIELDS) -> EmbeddedEngine:
    """An index of one segment a part, without the speeches of pages that are called gone."""
    directory = folder / "index"
    directory.mkdir()
    segments = []
    for number, part in enumerate(parts):
        former = folder / str(number)
        former.mkdir()
        writer = EmbeddedWriter(former, fields)
        for speech in part:
            writer.add(speech)
        writer.commit()
        segments += take_over(former, directory, lambda page: not page.startswith(GONE))
    assemble(directory, fields, segments)
    return EmbeddedEngine(directory)


def living(parts: list[list[Speech]]) -> list[Speech]:
    return [speech for part in parts for speech in part if not speech.page.startswith(GONE)]


def answer(engine: Engine, tree: Any, **options: Any) -> Any:
    """Everything an engine says of `tree`, by ids: the numbers of engines differ where speeches are deleted."""
    request = Request(tree, limit=50, **options)
    matches = engine.search(request)
    found = [speech.id for speech in engine.speeches([match.number for match in matches.page])]
    scores = sorted((id, match.score, match.tier) for id, match in zip(found, matches.page, strict=True))
    spans = engine.occurrences(request)
    places = [speech.id for speech in engine.speeches(spans.speeches.tolist())]
    return (
        (matches.total, matches.pages, matches.originals, matches.phrase_total, matches.forms, matches.facets),
        sorted(zip(places, spans.firsts.tolist(), spans.lasts.tolist(), strict=True)),
        [(id, tier) for id, _, tier in scores],
        [score for _, score, _ in scores],
        found if options.get("sort", "relevance") != "relevance" else None,
    )


def test_ids_are_in_one_order_over_all_segments(tmp_path: Path) -> None:
    ids = ["b", "ab", "ə", "a", "c#2", "c", "Z", "ab2", "y", "x", "w", "v", "u", "t", "s", "r", "q"]
    for part in (3, 5, len(ids)):
        folder = tmp_path / str(part)
        folder.mkdir()
        engine = assembled(
            folder, [[Speech(id=id, page=id, text="said") for id in ids[at::part]] for at in range(part)]
        )
        numbers = np.arange(len(ids))
        in_order = [speech.id for speech in engine.speeches(np.argsort(engine.ranks(numbers)).tolist())]
        assert in_order == sorted(ids)
        few = np.array([5, 0, 5])
        fresh = EmbeddedEngine(folder / "index")
        assert np.sign(np.diff(fresh.ranks(few))).tolist() == np.sign(np.diff(engine.ranks(few))).tolist()


def assert_same(engine: Engine, scan: Engine, tree: Any, **options: Any) -> None:
    got, expected = answer(engine, tree, **options), answer(scan, tree, **options)
    assert got[:3] == expected[:3]
    assert got[3] == pytest.approx(expected[3], rel=1e-4)
    assert got[4] == expected[4]


SPLIT = st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=8, max_size=8)


def parted(rows: Any, split: list[tuple[int, bool]]) -> list[list[Speech]]:
    parts: list[list[Speech]] = [[], [], []]
    for speech, (part, gone) in zip(speeches(rows), split, strict=False):
        page = f"{GONE if gone else 'p'}{part}-{len(parts[part]) // 3}"
        parts[part].append(replace(speech, page=page))
    return [part for part in parts if part]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, SPLIT, st.lists(TREES, min_size=1, max_size=5), st.sampled_from(("relevance", "newest", "oldest")))
def test_random_trees(rows: Any, split: Any, trees: list[Any], sort: Any) -> None:
    parts = parted(rows, split)
    scan = ScanEngine(living(parts))
    with tempfile.TemporaryDirectory() as folder:
        engine = assembled(Path(folder), parts)
        assert len(engine) == len(scan)
        assert engine.profile == scan.profile
        for tree in trees:
            assert_same(engine, scan, tree, facets=("speaker", "kind", "year", "month"), sort=sort)
        engine.close()


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, SPLIT, st.lists(WITNESSED, min_size=1, max_size=3))
def test_the_stock_searcher_is_the_second_witness(rows: Any, split: Any, trees: list[Any]) -> None:
    parts = parted(rows, split)
    scan = ScanEngine(living(parts))
    with tempfile.TemporaryDirectory() as folder:
        engine = assembled(Path(folder), parts)
        if len(engine):
            for tree in trees:
                assert stock_documents(Path(folder) / "index", tree) == [id for id, _ in answer(scan, tree)[2]]


@pytest.fixture(scope="module")
def parts() -> list[list[Speech]]:
    """The corpus with every trap of the language in three segments, and every second of its pages once more, gone."""
    gone = [
        replace(speech, id=f"{GONE}{speech.id}", page=f"{GONE}{speech.page}", text=f"{speech.text} {speech.text}",
                notes=stage_notes(f"{speech.text} {speech.text}"))
        for speech in CORPUS[::2]
    ]  # fmt: skip
    return [[*gone[:5], *CORPUS[:5]], [*CORPUS[5:14], *gone[5:]], [*gone[:2], *CORPUS[14:]]]


@pytest.fixture(scope="module")
def several(parts: list[list[Speech]], tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    return assembled(tmp_path_factory.mktemp("several"), parts, OWN_FIELDS)


@pytest.mark.parametrize("query", QUERIES)
def test_every_form_of_the_language(query: str, several: Engine, scan: Engine) -> None:
    assert several.profile == scan.profile
    tree = parse(query, scan.profile).query
    for sort in ("relevance", "newest", "oldest"):
        assert_same(several, scan, tree, facets=facet_names(scan.profile.fields), sort=sort)


def test_words_and_values_are_those_of_the_living(several: Engine, scan: Engine) -> None:
    assert several.words() == scan.words()
    for name in ("id", "page", "speaker", "venue", "party", "date"):
        assert several.values(name) == scan.values(name)
    vocabulary, expected = several.vocabulary(), scan.vocabulary()
    assert vocabulary.occurrences.tolist() == expected.occurrences.tolist()
    assert vocabulary.speeches.tolist() == expected.speeches.tolist()
    assert several.find(f"{GONE}s01") is None
    assert several.of_page(f"{GONE}p0") == []
    assert [item.id for item in several.traits()] == [item.id for item in scan.traits()]


def test_tokens_of_speeches_of_several_segments(several: Engine, scan: Engine) -> None:
    every = [speech.id for speech in CORPUS][::-1]
    numbers = [number_of(several, id) for id in every], [number_of(scan, id) for id in every]
    runs = [engine.tokens(_ints(own)) for engine, own in zip((several, scan), numbers, strict=True)]
    assert several.forms(runs[0].codes) == scan.forms(runs[1].codes)
    assert runs[0].positions.tolist() == runs[1].positions.tolist()
    assert runs[0].starts.tolist() == runs[1].starts.tolist()


def number_of(engine: Engine, id: str) -> int:
    from searchkit.query import nodes

    return int(engine.matching(Request(nodes.Term("id", id)))[0])


def _ints(numbers: list[int]) -> Any:
    import numpy as np

    return np.asarray(numbers, np.int64)


def test_files_are_linked_and_never_changed(parts: list[list[Speech]], tmp_path: Path) -> None:
    assembled(tmp_path, parts, OWN_FIELDS)
    for former in (tmp_path / "0", tmp_path / "1"):
        for path in former.glob("MAIN_*"):
            assert path.is_dir() or (tmp_path / "index" / path.name).samefile(path)


def test_a_segment_of_which_nothing_stands_is_left_out(tmp_path: Path) -> None:
    gone = [Speech(id=f"s{number}", page=f"{GONE}{number}", text="words") for number in range(3)]
    engine = assembled(tmp_path, [gone, [Speech(id="stays", page="p", text="words")]])
    assert len(engine) == 1
    assert len(list((tmp_path / "index").glob("*.terms"))) == 1
