"""What changed, against a comparison of every speech with every speech."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from searchkit.comparing import Changes, changes_since
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import IndexDamaged, IndexMissing, UsageError
from searchkit.generations import live, require_live
from searchkit.indexing import BuildOptions, build
from searchkit.models import Speech

WORDS = "harbour budget cease fire road school water line tax vote house member bill rail".split()


class Corpus:
    """Records and transcripts that are edited at random."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.records = {f"r{number}": self.text() for number in range(30)}
        self.turns = {f"t{number}.txt": [self.text() for _ in range(6)] for number in range(3)}

    def text(self) -> str:
        return " ".join(self.random.choices(WORDS, k=14)).capitalize() + "."

    def edit(self) -> None:
        for id in self.random.sample(sorted(self.records), 5):
            self.records[id] = self.random.choice(["", self.records[id] + " Indeed.", self.text()])
        for turns in self.turns.values():
            place = self.random.randrange(len(turns))
            turns[place : place + 1] = self.random.choice(
                [[], [turns[place].replace(".", " today.")], [self.text(), turns[place]]]
            )
        self.records |= {f"n{self.random.random()}": self.text()}

    def build(self, index: Path, **options: bool) -> str:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        lines = (f'{{"id": "{id}", "text": "{text}"}}\n' for id, text in self.records.items() if text)
        (self.folder / "records.jsonl").write_text("".join(lines))
        for name, turns in self.turns.items():
            names = ("Mr Tan", "Ms Lim")
            said = "".join(f"{names[number % 2]}: {text}\n\n" for number, text in enumerate(turns))
            (self.folder / name).write_text(said)
        generation = build([str(self.folder)], index, BuildOptions(jobs=1, **options)).generation
        assert generation is not None
        return generation


def everything(index: Path) -> dict[str, Speech]:
    generation = require_live(index)
    engine = EmbeddedEngine(generation.directory)
    try:
        speeches = engine.speeches(range(len(engine)))
        return {speech.id: replace(speech, start=0, end=0) for speech in speeches}
    finally:
        engine.close()


def ids(changes: Changes, kind: str) -> set[str]:
    return {change.id for change in changes.changes if change.kind == kind}


def assert_exact(found: Changes, before: dict[str, Speech], after: dict[str, Speech]) -> None:
    """Every speech that differs is in it once, and undoing all of it leads from the one state to the other."""
    assert ids(found, "changed") >= {id for id in before.keys() & after.keys() if before[id] != after[id]}
    assert ids(found, "new") <= after.keys() - before.keys()
    assert ids(found, "withdrawn") <= before.keys() - after.keys()
    state = dict(before)
    for change in found.changes:
        if change.former is not None:
            assert state.pop(change.former.id) == replace(change.former, start=0, end=0)
    for change in found.changes:
        if change.present is not None:
            assert change.present.id not in state
            state[change.present.id] = replace(change.present, start=0, end=0)
    assert state == after
    edited = [change for change in found.changes if change.former_id not in (None, change.id) and change.present]
    assert all(change.former and change.former.page == change.speech.page for change in edited)


@pytest.mark.parametrize("seed", [1, 2])
def test_exact_against_brute_force(tmp_path: Path, seed: int) -> None:
    index, corpus = tmp_path / "index", Corpus(tmp_path / "pages", seed)
    states: dict[str, dict[str, Speech]] = {}
    for night in range(3):
        generation = corpus.build(index, full=night == 2)
        states[generation] = everything(index)
        corpus.edit()
    generations = list(states)
    last = states[generations[-1]]
    assert_exact(changes_since(index), states[generations[-2]], last)
    for generation in generations:
        assert_exact(changes_since(index, generation), states[generation], last)
    assert_exact(changes_since(index, "2000"), {}, last)


def test_an_edited_turn_is_one_change(tmp_path: Path) -> None:
    index, corpus = tmp_path / "index", Corpus(tmp_path / "pages", 3)
    corpus.build(index)
    corpus.turns["t1.txt"][2] += " He withdrew the remark."
    corpus.build(index)
    (change,) = changes_since(index).changes
    assert change.kind == "changed"
    assert change.former is not None
    assert change.present is not None
    assert change.former.id != change.present.id
    assert change.present.text.removesuffix(" He withdrew the remark.") == change.former.text


def test_an_unedited_corpus_has_no_changes(tmp_path: Path) -> None:
    index, corpus = tmp_path / "index", Corpus(tmp_path / "pages", 4)
    first = corpus.build(index)
    assert len(changes_since(index).changes) == len(everything(index))
    corpus.build(index, full=True)
    found = changes_since(index)
    assert (found.since, found.changes) == (first, ())
    assert not found


def test_the_account_outlives_the_generation_before(tmp_path: Path) -> None:
    index, corpus = tmp_path / "index", Corpus(tmp_path / "pages", 5)
    first = corpus.build(index)
    before = everything(index)
    corpus.edit()
    corpus.build(index)
    shutil.rmtree(index / "generations" / first)
    assert_exact(changes_since(index), before, everything(index))
    with pytest.raises(UsageError, match="there is no generation"):
        changes_since(index, first)


def test_facts_beside_the_text(tmp_path: Path) -> None:
    index = tmp_path / "index"
    for date in ("2024", "2024-06"):
        build([{"id": "a", "text": "Words.", "date": date}, {"id": "b", "text": "Others."}], index)
    (change,) = changes_since(index).changes
    assert change.facts() == [("date", "2024", "2024-06")]


def test_what_cannot_be_told(tmp_path: Path) -> None:
    index, records = tmp_path / "index", [{"id": "a", "text": "Words."}]
    with pytest.raises(IndexMissing):
        changes_since(index)
    build(records, index)
    damaged = live(index)
    assert damaged is not None
    (damaged.directory / "pages.sqlite").write_bytes(b"x" * (damaged.directory / "pages.sqlite").stat().st_size)
    build(records, index)
    with pytest.raises(UsageError, match="the generation before it was damaged"):
        changes_since(index)


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b\x08\0"])
def test_a_damaged_account(tmp_path: Path, content: bytes) -> None:
    index = tmp_path / "index"
    for text in ("Words.", "Other words."):
        build([{"id": "a", "text": text}], index)
    path = require_live(index).directory / "changes.jsonl.gz"
    path.write_bytes(content.ljust(path.stat().st_size, b"\0"))
    with pytest.raises(IndexDamaged, match=r"changes\.jsonl\.gz is not as it was written"):
        changes_since(index)
