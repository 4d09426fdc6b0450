"""A build that takes over what stands answers like one that makes everything anew, and does not do what is done."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.generations import PageTable, require_live
from searchkit.indexing import BuildOptions, BuildReport, PageCounts, build, rules
from searchkit.query import parse
from searchkit.sources import marks

Build = Callable[..., BuildReport]

WORDS = "harbour budget cease-fire ceasefire road school water line tax vote house member bill rail-way railway".split()
QUERIES = ("harbour", "ceasefire", '"road school"', "railway -tax", "sch*", "speaker:tan", "date:2024", "water vote")
FACETS = ("speaker", "venue", "source", "kind", "language", "role", "year", "month", "procedural", "quoting", "party")


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a test are a moment old."""
    monkeypatch.setattr(marks, "_SETTLED_NS", 0)
    monkeypatch.setattr(marks, "_SETTLED_COARSE_NS", 0)


class Corpus:
    """A folder of transcripts, pages, records and a metadata table, edited at random."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.files: dict[str, str] = {}
        for number in range(4):
            self.files[f"t{number}.txt"] = self.transcript()
            self.files[f"p{number}.html"] = self.page()
            self.files[f"r{number}.jsonl"] = "".join(self.record(f"{number}-{place}") for place in range(5))
        self.files["table.csv"] = "file,party\n" + "".join(f"p{number}.html,{number % 2}\n" for number in range(4))
        self.write()

    def words(self, count: int = 12) -> str:
        return " ".join(self.chance.choices(WORDS, k=count)).capitalize() + "."

    def transcript(self) -> str:
        return "".join(f"{name}: {self.words()}\n\n" for name in ("Mr Tan", "Ms Lim", "Mr Tan"))

    def page(self) -> str:
        return f"<html><body><article><h1>{self.words(3)}</h1><p>{self.words(40)}</p></article></body></html>"

    def record(self, id: str) -> str:
        year = self.chance.choice(["2023", "2024-06", "2024-06-15"])
        speaker = self.chance.choice(["Tan Wei", "Lim Hua"])
        return f'{{"id": "{id}", "text": "{self.words()}", "speaker": "{speaker}", "date": "{year}", "party": "x"}}\n'

    def edit(self) -> None:
        names = sorted(name for name in self.files if name != "table.csv")
        withdrawn, changed, moved = self.chance.sample(names, 3)
        del self.files[withdrawn]
        night = self.chance.randrange(10_000)
        self.files[f"n{night}.txt"] = self.transcript()
        if changed.endswith(".jsonl"):
            lines = self.files[changed].splitlines(keepends=True)
            # A record of its own, one of another file, and one without text.
            lines[1:3] = [self.record(f"new-{night}"), self.record("2-2"), '{"id": "e", "text": ""}\n']
            self.files[changed] = "".join(lines)
        elif changed.endswith(".txt"):
            self.files[changed] = self.files[changed].replace("Ms Lim", "Ms Lim Hua")
        else:
            self.files[changed] = self.page()
        self.files[f"m{night}-{moved}"] = self.files.pop(moved)
        self.files["table.csv"] += f"p{night % 4}.html,9\n"
        self.write()

    def write(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for path in self.folder.iterdir():
            if path.name not in self.files:
                path.unlink()
        for name, content in self.files.items():
            path = self.folder / name
            if not path.exists() or path.read_text() != content:
                path.write_text(content)


def state(index: Path) -> dict[str, Any]:
    """Everything that an index answers."""
    generation = require_live(index)
    with closing(EmbeddedEngine(generation.directory)) as engine, PageTable(generation.pages) as table:
        every = engine.matching(Request(parse("NOT xyzzy", engine.profile).query)).tolist()
        return {
            "profile": engine.profile,
            "answers": {query: answer(engine, query) for query in QUERIES},
            "speeches": sorted(engine.speeches(every), key=lambda speech: speech.id),
            "pages": list(table),
            "rows": list(table.speeches()),
            "words": engine.words(),
            "counts": (generation.manifest.speeches, generation.manifest.pages, generation.manifest.skipped),
        }


def answer(engine: EmbeddedEngine, query: str) -> tuple[object, ...]:
    found = engine.search(Request(parse(query, engine.profile).query, facets=FACETS, limit=1000))
    speeches = engine.speeches([match.number for match in found.page])
    return (
        replace(found, page=(), facets={}),
        {name: sorted(map(repr, facet.values)) for name, facet in found.facets.items()},
        [
            (speech.id, round(match.score, 4), match.tier, match.copies)
            for match, speech in zip(found.page, speeches, strict=True)
        ],
    )


def test_the_same_as_a_full_build_night_by_night(tmp_path: Path) -> None:
    index, corpus = tmp_path / "index", Corpus(tmp_path / "pages", 1)
    options = BuildOptions(jobs=1, own_fields=("party",))
    build([str(corpus.folder)], index, options)
    for _ in range(2):
        corpus.edit()
        report = build([], index, options)
        assert report.pages.unchanged > report.pages.changed + report.pages.added
        shutil.rmtree(tmp_path / "full", ignore_errors=True)
        build([str(corpus.folder)], tmp_path / "full", options)
        assert state(index) == state(tmp_path / "full")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened to be read."""
    from searchkit.sources import reader

    names: list[str] = []
    open_input = reader.open_input

    def opening(path: str, *rest: Any) -> Any:
        names.append(Path(path).name)
        return open_input(path, *rest)

    monkeypatch.setattr(reader, "open_input", opening)
    return names


def test_what_stands_is_not_opened(run: Build, pages: Path, opened: list[str]) -> None:
    run([pages])
    assert sorted(opened) == ["peace.txt", "turns.jsonl", "war.txt"]
    opened.clear()
    assert run([pages]).pages == PageCounts(read=4, unchanged=4)
    assert opened == []
    (pages / "war.txt").write_text("They spoke of other words.\n")
    assert run([pages]).pages == PageCounts(read=4, changed=1, unchanged=3)
    assert opened == ["war.txt"]


def test_checksum_opens_everything_and_makes_nothing_anew(
    run: Build, pages: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run([pages])
    opened.clear()
    monkeypatch.setattr("searchkit.indexing.workers._Crew._ask", lambda *_: iter(()))
    assert run([pages], checksum=True).pages == PageCounts(read=4, unchanged=4)
    assert sorted(opened) == ["peace.txt", "turns.jsonl", "war.txt"]


def test_content_put_back_with_its_old_time_is_seen(
    run: Build, pages: Path, texts: Callable[[], dict[str, str]]
) -> None:
    import os

    run([pages])
    path = pages / "war.txt"
    before = path.stat()
    path.write_text("They spoke of wax words.\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run([pages]).pages == PageCounts(read=4, changed=1, unchanged=3)
    assert texts()["war.txt"] == "They spoke of wax words."


def test_a_file_written_a_moment_ago_is_read_again(
    run: Build, pages: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "_SETTLED_NS", 3600 * 10**9)
    run([pages])
    run([pages])
    assert len(opened) == 6


def test_other_rules_make_every_page_anew_and_say_so(
    run: Build, pages: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run([pages])
    opened.clear()
    monkeypatch.setattr(rules, "digest_of", lambda names: f"other {names}")
    report = run([pages])
    assert report.pages == PageCounts(read=4, unchanged=4)
    assert report.remarks == ("4 pages were made anew, because the rules or options have changed",)
    assert len(opened) == 3
    assert run([pages]).remarks == ()
    assert run([pages], extract_records=True).remarks[0].startswith("4 pages were made anew")


def test_a_cell_of_a_metadata_table_changes_its_page_alone(
    run: Build, pages: Path, opened: list[str], index: Path
) -> None:
    table = pages / "people.csv"
    table.write_text("file,speaker\npeace.txt,Ann\nwar.txt,Bob\n")
    first = run([pages])
    opened.clear()
    table.write_text("file,speaker\npeace.txt,Eve\nwar.txt,Bob\n")
    second = run([pages])
    assert second.pages == PageCounts(read=4, changed=1, unchanged=3)
    assert "peace.txt" in opened
    assert "war.txt" not in opened
    assert [remark for remark in first.remarks if "metadata" in remark] == [
        remark for remark in second.remarks if "metadata" in remark
    ]


def test_an_id_that_moves_from_one_file_to_another(
    run: Build, pages: Path, texts: Callable[[], dict[str, str]]
) -> None:
    run([pages])
    (pages / "again.jsonl").write_text('{"id": "ann", "text": "Ann has newer words."}\n')
    report = run([pages])
    assert [(page.page, page.reason) for page in report.skipped] == [("turns.jsonl#1", "duplicate id")]
    assert texts()["ann"] == "Ann has newer words."
    (pages / "again.jsonl").unlink()
    assert run([pages]).pages == PageCounts(read=4, changed=1, unchanged=3)
    assert texts()["ann"] == "Ann has record words."


def test_a_skipped_page_is_told_of_every_night(run: Build, pages: Path) -> None:
    (pages / "turns.jsonl").write_text('{"id": "ann", "text": "Ann has record words."}\n{"id": "x", "text": ""}\n')
    (pages / "empty.txt").write_text("")
    first = run([pages])
    assert run([pages]).skipped == first.skipped
    assert run([pages], checksum=True).skipped == first.skipped


# -- going on where a build was killed ---------------------------------------------------------------------------------


def test_a_build_that_was_cut_off_is_gone_on_with(
    run: Build, pages: Path, index: Path, texts: Callable[[], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("searchkit.indexing.building.EmbeddedWriter.commit", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run([pages])
    journal = index / "work" / "pages"
    assert journal.stat().st_size > 0
    (pages / "war.txt").write_text("They spoke of other words.\n")
    with monkeypatch.context() as patch:
        asked: list[str] = []
        from searchkit.indexing import workers

        ask = workers._Crew._ask

        def asking(self: Any, batch: Any) -> Any:
            asked.extend(page.key for page in batch)
            return ask(self, batch)

        patch.setattr(workers._Crew, "_ask", asking)
        report = run([pages])
    assert asked == ["war.txt"]
    assert "1 page was made already by a build that did not come to its end" in report.remarks
    assert texts()["war.txt"] == "They spoke of other words."
    assert texts()["peace.txt"] == "We gather for peace words."
    assert not journal.parent.exists()


@pytest.mark.parametrize("damage", [lambda content: content[:-5], lambda content: content[:40] + b"?" + content[41:]])
def test_work_is_not_trusted_without_its_checksum(
    run: Build,
    pages: Path,
    index: Path,
    texts: Callable[[], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[bytes], bytes],
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("searchkit.indexing.building.EmbeddedWriter.commit", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run([pages])
    journal = index / "work" / "pages"
    journal.write_bytes(damage(journal.read_bytes()))
    run([pages])
    assert texts()["peace.txt"] == "We gather for peace words."
    assert texts()["war.txt"] == "They spoke of war words."
