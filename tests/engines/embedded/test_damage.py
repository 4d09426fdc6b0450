"""A damaged index is named, never a traceback of somebody else's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
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
        assert len(engine.speeches([match.number for match in matches.page])) == 3
    finally:
        engine.close()


def test_whole(index: Path) -> None:
    ask_everything(index)


OWN_FILES = ("profile.json", "column-values.json", "column-id_rank.npy", "column-date_first.npy",
             "column-facet_source_codes.npy", "column-quote_speeches.npy", "column-sketches.npy", "traits.jsonl",
             "side.json", "side-speakers.npy", "side-quoted.npy", "side-originals.npy")  # fmt: skip


@pytest.mark.parametrize("name", OWN_FILES)
@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "nonsense"])
def test_a_file_of_ours(index: Path, tmp_path: Path, name: str, harm: str) -> None:
    directory = tmp_path / "index"
    shutil.copytree(index, directory)
    file = directory / name
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "nonsense": b"[[1, 2], 3]"}[harm])
    with pytest.raises(IndexDamaged, match=name):
        ask_everything(directory)


def test_the_table_of_contents(index: Path, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    shutil.copytree(index, directory)
    (toc,) = directory.glob("*.toc")
    toc.unlink()
    with pytest.raises(IndexDamaged, match="searchkit build"):
        ask_everything(directory)
