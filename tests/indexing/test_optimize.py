"""--optimize leaves one segment, without what was deleted, and the same answers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.engines.embedded.toc import read_segments
from searchkit.generations import require_live
from searchkit.indexing import BuildOptions, build
from searchkit.query import parse


def answers(index: Path) -> list[list[str]]:
    with closing(EmbeddedEngine(require_live(index).directory)) as engine:
        found = (
            engine.search(Request(parse(text, engine.profile).query)) for text in ("harbour", '"the harbour"', "har*")
        )
        return [[speech.id for speech in engine.speeches([match.number for match in each.page])] for each in found]


def test_many_segments_become_one(tmp_path: Path) -> None:
    source, index = tmp_path / "r.jsonl", tmp_path / "index"
    lines = [f'{{"id": "r{number}", "text": "Of the harbour, number {number}."}}\n' for number in range(6)]
    for last in (4, 5, 6):
        source.write_text("".join(lines[:last]))
        build([str(source)], index)
    source.write_text("".join(lines[1:]))
    build([str(source)], index)
    before = answers(index)
    segments = read_segments(require_live(index).directory)
    assert len(segments) > 1
    assert sum(segment.deleted_count() for segment in segments) == 1
    report = build([], index, BuildOptions(optimize=True))
    assert report.pages.unchanged == 5
    [segment] = read_segments(require_live(index).directory)
    assert (segment.doc_count(), segment.deleted_count()) == (5, 0)
    assert answers(index) == before
    assert before[0] == before[1] != []
