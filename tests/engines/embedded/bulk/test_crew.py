"""Several processes write one index: the same speeches, found by the same queries, whatever goes wrong on the way."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter, writer
from searchkit.engines.embedded.bulk import messages, runs
from searchkit.errors import BuildRefused
from searchkit.models import Speech
from searchkit.query import nodes, parse
from searchkit.schema import with_own_fields

FIELDS = with_own_fields(("party",))
QUERIES = (
    "peace",
    '"the of"',
    "declaration -war",
    "ceasefire",
    "speaker:khan",
    "date:2024",
    "peace NEAR/5 war",
    "decl*",
)

Some = Callable[[int, int], list[Speech]]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are started after a few speeches."""
    monkeypatch.setattr(writer, "_BATCH", 2_000)
    monkeypatch.setattr(writer, "_BATCHES_ALONE", 2)


def write(index: EmbeddedWriter, speeches: list[Speech]) -> None:
    for speech in speeches:
        index.add(speech)
    index.commit()


def build(directory: Path, speeches: list[Speech], jobs: int) -> EmbeddedEngine:
    directory.mkdir()
    write(EmbeddedWriter(directory, FIELDS, jobs=jobs), speeches)
    return EmbeddedEngine(directory)


def told(engine: EmbeddedEngine) -> dict[str, object]:
    found: dict[str, object] = {"speeches": len(engine), "words": engine.words(), "profile": engine.profile}
    for text in QUERIES:
        query = parse(text, engine.profile).query
        matches = engine.search(Request(query, facets=("speaker", "year", "party"), limit=500))
        ids = [speech.id for speech in engine.speeches([match.number for match in matches.page])]
        scores = [round(match.score, 5) for match in matches.page]
        found[text] = (matches.total, matches.pages, matches.facets, matches.forms, ids, scores)
    everything = engine.search(Request(nodes.Every(), limit=1_000))
    listed = engine.speeches([match.number for match in everything.page])
    found["stored"] = sorted(listed, key=lambda speech: speech.id)
    return found


@pytest.mark.usefixtures("small_batches")
def test_the_answers_are_the_same_whatever_the_number_of_processes(
    speeches: Some, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = speeches(400, 11)
    several = told(build(tmp_path / "several", some, 3))
    monkeypatch.setattr(writer, "_BATCHES_ALONE", 1_000)
    alone = told(build(tmp_path / "alone", some, 3))
    monkeypatch.setattr(runs, "_SPEECHES_A_RUN", 20)
    monkeypatch.setattr(runs, "_MOST_FORMS", 1)
    merged = told(build(tmp_path / "merged", some, 3))
    monkeypatch.setattr(runs, "_LONGEST", 150)
    apart = told(build(tmp_path / "apart", some, 3))
    assert alone["speeches"] == 400
    assert several == alone
    assert merged == alone
    assert apart == alone
    assert not list(tmp_path.rglob("run-*"))


@pytest.mark.usefixtures("small_batches")
def test_a_process_that_is_ended_ends_the_build(speeches: Some, tmp_path: Path) -> None:
    index = EmbeddedWriter(tmp_path, FIELDS, jobs=2)
    some = speeches(300, 12)
    for speech in some[:200]:
        index.add(speech)
    assert index._crew is not None
    index._crew._members[0]._process.send_signal(signal.SIGKILL)
    with pytest.raises(BuildRefused, match="a process that writes the index was ended"):
        write(index, some[200:] * 20)
    index.cancel()


@pytest.mark.usefixtures("small_batches")
def test_a_disk_that_refuses_is_told_as_such(speeches: Some, tmp_path: Path) -> None:
    place = tmp_path / "gone"
    index = EmbeddedWriter(place, FIELDS, jobs=2)  # the folder is not there
    with pytest.raises(OSError, match="gone"):
        write(index, speeches(300, 13))
    index.cancel()


@pytest.mark.usefixtures("small_batches")
def test_what_is_cancelled_leaves_no_process(speeches: Some, tmp_path: Path) -> None:
    index = EmbeddedWriter(tmp_path, FIELDS, jobs=2)
    for speech in speeches(300, 14):
        index.add(speech)
    assert index._crew is not None
    members = index._crew._members
    index.cancel()
    assert all(member._process.poll() is not None for member in members)
    for member in members:
        member._thread.join(5)
        assert not member._thread.is_alive()


def test_a_speech_travels_whole(speeches: Some) -> None:
    for speech in speeches(50, 15):
        assert Speech(*messages.packed(speech)) == speech
