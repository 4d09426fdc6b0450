"""What a hit shows first is read from columns; nothing is unpacked before somebody looks at more."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import generations
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.engines.embedded.blocks import BlockReader
from searchkit.models import Quote, Speech
from searchkit.schema import with_own_fields

RECORDS = [
    {"id": f"s{number}", "text": f"Peace of night {number}, he said.", "speaker": f"Speaker {number % 3}",
     "date": f"2024-0{1 + number % 9}", "title": f"Title {number}", "party": "X"}
    for number in range(250)
]  # fmt: skip

OVER = searchkit.BuildOptions(jobs=1, replace=True, force=True)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    searchkit.build(RECORDS, tmp_path / "index", options=searchkit.BuildOptions(jobs=1))
    return tmp_path / "index"


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many strings each reading of blocks took."""
    taken: list[int] = []
    take = BlockReader.take
    monkeypatch.setattr(BlockReader, "take", lambda self, indices: taken.append(len(indices)) or take(self, indices))
    return taken


def test_what_is_shown_first_is_not_unpacked(index: Path, unpacked: list[int]) -> None:
    with searchkit.open(index) as speeches:
        hits = speeches.search("peace", snippets=0).hits
        assert len({(hit.speech.id, hit.speech.date, hit.speech.speakers) for hit in hits}) == 10
        assert unpacked == []
        assert len({hit.speech.title for hit in hits}) == 10
        assert unpacked == [10]
        assert len({hit.speech.text for hit in hits}) == 10
        assert unpacked == [10, 10]


def test_a_snippet_needs_no_record(index: Path, unpacked: list[int]) -> None:
    with searchkit.open(index) as speeches:
        hits = speeches.search('"peace"').hits
        assert all(hit.snippets[0].highlights == ((0, 5),) for hit in hits)
        shown = [(hit.speech.kind, hit.speech.language, hit.speech.notes, hit.speech.quotes) for hit in hits]
        assert unpacked == [10]
        assert len({hit.speech.title for hit in hits}) == 10  # read with the rest of the record
        assert unpacked == [10, 10]
        assert [(hit.speech.kind, hit.speech.language, hit.speech.notes, hit.speech.quotes) for hit in hits] == shown


@pytest.mark.parametrize(
    "speech",
    [
        Speech("a", "a", "Peace, peace (APPLAUSE).", notes=((13, 23),)),
        Speech("a", "a", "He said: “We want peace now”.", quotes=(Quote("Ann", "We want peace now", 10, 27),)),
        Speech("a", "a", "Peace now.", kind=""),
        Speech("a", "a", "Peace now.", language=""),
        Speech("a", "a", "Peace now.", kind="article", language="fr"),
    ],
)
def test_what_is_told_of_a_text_is_what_was_written(tmp_path: Path, speech: Speech) -> None:
    """By columns where they can tell it, else by the record; and where nothing says of which they can."""
    writer = EmbeddedWriter(tmp_path, with_own_fields(()))
    writer.add(speech)
    writer.commit()
    for told in (True, False):
        engine = EmbeddedEngine(tmp_path)
        if not told:
            engine._index.segments[0].columns._plain = None
        [read] = engine.speeches([0])
        assert read.text == speech.text
        assert (read.kind, read.language, read.notes, read.quotes) == (
            speech.kind, speech.language, speech.notes, speech.quotes
        )  # fmt: skip


def test_many_are_read_some_at_a_time(index: Path, unpacked: list[int]) -> None:
    with searchkit.open(index) as speeches:
        hits = speeches.search("peace", limit=250, snippets=0).hits
        assert len({hit.speech.text for hit in reversed(hits)}) == 250
        assert unpacked == [50, 100, 100]


def test_a_hit_is_read_from_the_generation_it_was_found_in(index: Path) -> None:
    """Its files are held by the hit itself, whatever is closed, moved on from, or pruned."""
    speeches = searchkit.open(index)
    first = speeches.search("peace", snippets=0).hits
    searchkit.build([{"id": "s1", "text": "War."}], index, options=OVER)
    generations.prune(index, "", keep=1)
    assert speeches.refresh()
    speeches.close()
    known = {str(record["id"]): record for record in RECORDS}
    for hit in first:
        record = known[hit.speech.id]
        assert (hit.speech.title, hit.speech.text) == (record["title"], record["text"])
