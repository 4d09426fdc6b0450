"""A damaged index is named, never a traceback of somebody else's."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.engines.embedded.assembling import assemble
from searchkit.engines.embedded.bulk.runs import RunWriter
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.toc import read_segments
from searchkit.errors import IndexDamaged
from searchkit.models import Speech
from searchkit.query import nodes
from searchkit.schema import FIELDS


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("whole")
    writer = EmbeddedWriter(directory, FIELDS)
    for number in range(3):
        writer.add(Speech(id=f"s{number}", page="p", text=f"word{number} and words", speakers=("A",), date="2024"))
    writer.commit()
    return directory


def ask_everything(directory: Path) -> None:
    engine = EmbeddedEngine(directory)
    try:
        request = Request(nodes.Term("text", "and"), facets=("speaker", "quoting", "source", "year"), collapsed=True)
        matches = engine.search(request)
        assert len(list(engine.traits())) == 3
        assert len(set(map(repr, engine.speeches([match.number for match in matches.page])))) == 3
    finally:
        engine.close()


def test_whole(index: Path) -> None:
    ask_everything(index)


def test_a_page_in_two_segments_is_named(tmp_path: Path) -> None:
    segments = []
    for number, page in enumerate(("p", "q", "p")):
        batch = RunWriter(tmp_path, FIELDS)
        batch.add([Speech(id=f"s{number}", page=page, text="words")])
        segments += batch.finish()
    assemble(tmp_path, FIELDS, segments[:2])
    EmbeddedEngine(tmp_path).verify()
    (tmp_path / "_MAIN_1.toc").unlink()
    assemble(tmp_path, FIELDS, segments)
    with pytest.raises(IndexDamaged, match="the page 'p' is in two segments"):
        EmbeddedEngine(tmp_path).verify()
    segments[0].delete_document(0)
    (tmp_path / "_MAIN_1.toc").unlink()
    assemble(tmp_path, FIELDS, segments)
    EmbeddedEngine(tmp_path).verify()


FILES = (".terms", ".postings", ".places", ".stream", ".columns", ".texts", ".toc",
         "profile.json", "profile.words", "side.json", "side-speakers.npy", "side-copies.npy")  # fmt: skip


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "nonsense"])
def test_every_file_is_missed(index: Path, tmp_path: Path, suffix: str, harm: str) -> None:
    directory = tmp_path / "index"
    shutil.copytree(index, directory)
    (file,) = (path for path in directory.iterdir() if path.name.endswith(suffix))
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "nonsense": b"[[1, 2], 3]"}[harm])
    with pytest.raises(IndexDamaged, match=suffix):
        ask_everything(directory)


def _files(index: Path) -> list[Path]:
    """All that is read of the index; the folder that keeps Whoosh's writers out is not."""
    return sorted(path for path in index.iterdir() if path.is_file())


def test_no_file_is_left_out(index: Path) -> None:
    unnamed = [path.name for path in _files(index) if not path.name.endswith((*FILES, "side-quoted.npy"))]
    assert unnamed == []


class _Runs:
    """What a hostile pickle is made of."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.marker),)


def test_a_hostile_table_of_contents_runs_nothing(index: Path, tmp_path: Path) -> None:
    directory, marker = tmp_path / "index", tmp_path / "ran"
    shutil.copytree(index, directory)
    (toc,) = directory.glob("*.toc")
    segments = pickle.dumps(read_segments(directory), -1)
    content = toc.read_bytes()
    assert segments in content
    for hostile in (_Runs(marker), [_Runs(marker)], [*read_segments(directory), _Runs(marker)]):
        toc.write_bytes(content.replace(segments, pickle.dumps(hostile, -1)))
        with pytest.raises(IndexDamaged, match=r"\.toc"):
            EmbeddedEngine(directory)
    assert not marker.exists()


def test_a_pickle_in_place_of_any_file_runs_nothing(index: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    for number, name in enumerate(path.name for path in _files(index)):
        directory = tmp_path / str(number)
        shutil.copytree(index, directory)
        (directory / name).write_bytes(pickle.dumps(_Runs(marker)))
        with contextlib.suppress(IndexDamaged):  # side-quoted.npy is not asked for here
            ask_everything(directory)
        assert not marker.exists(), name


@pytest.mark.parametrize(
    "state",
    [
        {"segid": "../../x"},
        {"indexname": "../x"},
        {"speeches": -1},
        {"speeches": "3"},
        {"deleted": b"\xff" * 9},
        {"deleted": [1]},
    ],
    ids=repr,
)
def test_a_segment_is_believed_as_far_as_it_makes_sense(index: Path, tmp_path: Path, state: dict[str, Any]) -> None:
    (segment,) = read_segments(index)
    told = {**segment.__getstate__(), **state}
    with pytest.raises((ValueError, TypeError)):
        ColumnarSegment("MAIN").__setstate__(told)


def test_a_mistake_of_ours_is_not_laid_to_the_disk(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = EmbeddedEngine(index)
    monkeypatch.setattr("searchkit.engines.embedded.evaluator.Evaluator.evaluate", lambda *_, **__: [][1])
    with pytest.raises(IndexError, match="list index out of range"):
        engine.search(Request(nodes.Term("text", "and")))


def test_too_little_memory_is_not_laid_to_the_disk(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def evaluate(*_: object, **__: object) -> None:
        raise MemoryError

    engine = EmbeddedEngine(index)
    monkeypatch.setattr("searchkit.engines.embedded.evaluator.Evaluator.evaluate", evaluate)
    with pytest.raises(MemoryError):
        engine.search(Request(nodes.Term("text", "and")))


def test_an_altered_file_is_named_by_the_answer_that_fails_for_it(index: Path, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    shutil.copytree(index, directory)
    (file,) = directory.glob("*.texts")
    content = file.read_bytes()
    file.write_bytes(content[:64] + bytes(64) + content[128:])
    with pytest.raises(IndexDamaged, match=r"\.texts"):
        repr(EmbeddedEngine(directory).speeches([0, 1, 2]))
