"""Lines that stand are not read again, and the index is that of a full build: whatever stands twice, moves or goes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.generations import PageTable, require_live
from searchkit.indexing import BuildOptions, build
from searchkit.indexing.report import BuildReport
from searchkit.query import parse
from searchkit.sources import jsonl, marks

Build = Callable[..., BuildReport]


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a test are a moment old."""
    monkeypatch.setattr(marks, "_SETTLED_NS", 0)
    monkeypatch.setattr(marks, "_SETTLED_COARSE_NS", 0)


NAMES = ("a.jsonl", "b.jsonl", "c.jsonl")
LINES = (
    *(f'{{"id": "{id}", "text": "{text}"}}' for id in "klmnop" for text in ("one thing", "another thing")),
    '{"text": "a record without an id"}',
    '{"id": "k2", "text": "of a typewriter"}\r',
    '{"id": "z.txt", "text": "of the name of a file"}',
    '{"id": "e", "text": ""}',
    "not JSON",
    "",
)


def version(folder: Path, chance: random.Random, former: dict[str, list[str]]) -> dict[str, list[str]]:
    """Files whose lines are mostly those of the version before, in another order, lost, doubled, and moved."""
    folder.mkdir(exist_ok=True)
    present = {}
    for name in NAMES:
        lines = [line for line in former.get(name, []) if chance.random() < 0.9]
        for _ in range(chance.randrange(4)):
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(LINES))
        if chance.random() < 0.3:
            lines.sort(key=lambda line: chance.random())
        present[name] = lines
        mark = b"\xef\xbb\xbf" if chance.random() < 0.2 else b""
        (folder / name).write_bytes(mark + "\n".join(lines).encode() + b"\n" * chance.randrange(2))
        os.utime(folder / name, (1, 1))
    if chance.random() < 0.5:
        (folder / "z.txt").write_text("A page of its own, with words enough to be one.\n")
    else:
        (folder / "z.txt").unlink(missing_ok=True)
    return present


def state(index: Path) -> dict[str, Any]:
    generation = require_live(index)
    with closing(EmbeddedEngine(generation.directory)) as engine, PageTable(generation.pages) as table:
        every = engine.matching(Request(parse("NOT xyzzy", engine.profile).query)).tolist()
        return {
            "speeches": sorted(engine.speeches(every), key=lambda speech: speech.id),
            "pages": list(table),
            "rows": list(table.speeches()),
            "counts": (generation.manifest.speeches, generation.manifest.pages, generation.manifest.skipped),
        }


@pytest.mark.parametrize("seed", range(2))
def test_the_same_as_a_full_build(seed: int, tmp_path: Path) -> None:
    chance, lines = random.Random(seed), {name: [*LINES[:9]] for name in NAMES}
    for night in range(5):
        lines = version(tmp_path / "pages", chance, lines)
        report = build([str(tmp_path / "pages")], tmp_path / "index")
        full = build([str(tmp_path / "pages")], tmp_path / f"full-{night}")
        assert state(tmp_path / "index") == state(tmp_path / f"full-{night}"), night
        assert sorted(page.page for page in report.skipped) == sorted(page.page for page in full.skipped)
        assert (report.pages.read, report.pages.skipped) == (full.pages.read, full.pages.skipped)


def test_only_lines_that_are_new_are_read(
    run: Build, write: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write({"a.jsonl": "".join(f'{{"id": "{n}", "text": "speech {n}"}}\n' for n in range(50))}) / "a.jsonl"
    run([path])
    path.write_text('{"id": "first", "text": "at the top"}\n' + path.read_text().replace("speech 7", "speech seven"))
    read: list[str] = []
    real = jsonl.orjson.loads
    monkeypatch.setattr(jsonl.orjson, "loads", lambda line: (read.append(line.decode()), real(line))[1])
    report = run([])
    assert [text[:14] for text in read] == ['{"id": "first"', '{"id": "7", "t']
    assert (report.pages.added, report.pages.changed, report.pages.unchanged) == (1, 1, 49)


def test_records_get_the_keys_of_a_source_that_was_given_another_name(
    write: Callable[[dict[str, str]], Path], index: Path
) -> None:
    path = write({"a.jsonl": '{"id": "k", "text": "one thing"}\n{"text": "another thing"}\n'}) / "a.jsonl"
    build([f"old={path}"], index)
    build([f"new={path}"], index, BuildOptions(replace=True))
    with PageTable(require_live(index).pages) as table:
        assert [row.key for row in table] == ["new/a.jsonl#2", "new/k"]
