"""The live generation is found whole, or what is wrong with it is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.errors import IndexDamaged, IndexMissing
from searchkit.generations import Generation, check_sizes, live, require_live, verify

PAGES = "pages.sqlite"

Publish = Callable[..., Generation]


def damage(check: Callable[[Generation], None], generation: Generation) -> str:
    with pytest.raises(IndexDamaged) as damaged:
        check(generation)
    path, ending = f"{generation.directory / 'words.bin'} ", "; build the index anew: searchkit build --index "
    message = str(damaged.value)
    assert message.startswith(path)
    assert message.endswith(f"{ending}{generation.index}")
    return message[len(path) : -len(f"{ending}{generation.index}")]


def unknown(index: Path) -> str:
    with pytest.raises(IndexDamaged) as damaged:
        live(index)
    path = f"{index / 'current'} "
    ending = f"; build the index anew: searchkit build SOURCE... --replace --index {index}"
    message = str(damaged.value)
    assert message.startswith(path)
    assert message.endswith(ending)
    return message[len(path) : -len(ending)]


def test_a_whole_generation(index: Path, publish: Publish) -> None:
    published = publish()
    found = require_live(index)
    assert found == published
    assert (found.id, found.index, found.pages) == (published.manifest.generation, index, found.directory / PAGES)
    assert sorted(found.manifest.files) == [PAGES, "words.bin"]
    assert found.manifest.files["words.bin"].size == 5
    verify(found)


@pytest.mark.parametrize("place", ["", "nowhere", "file/below"])
def test_no_index(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / place
    assert live(folder) is None
    with pytest.raises(IndexMissing) as missing:
        require_live(folder)
    assert str(missing.value) == f"no index at {folder}; build one: searchkit build SOURCE... --index {folder}"


def test_a_relative_path_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IndexMissing, match=str(tmp_path / "index")):
        require_live(Path("index"))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"nonsense\n", b"../../etc\n", b"\xff" * 1000, b"20261123T021500Z-1 \n"]
)
def test_current_that_names_no_generation(index: Path, publish: Publish, content: bytes) -> None:
    publish()
    (index / "current").write_bytes(content)
    assert unknown(index) == "does not name a generation"


def test_current_that_names_a_generation_that_is_gone(index: Path, publish: Publish) -> None:
    publish()
    (index / "current").write_text("20200101T000000Z-1\n")
    assert unknown(index) == "names the generation 20200101T000000Z-1, which is not there"


def test_current_that_is_a_folder(index: Path) -> None:
    (index / "current").mkdir()
    assert unknown(index) == "cannot be read (Is a directory)"


def test_a_generation_pruned_while_it_was_asked_for(
    index: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader may have read `current` just before a builder published and pruned."""
    published = publish()
    answers = iter(["20200101T000000Z-1", published.id])
    monkeypatch.setattr("searchkit.generations.reading._current", lambda layout: next(answers))
    assert live(index) == published


def test_a_file_is_missing(publish: Publish) -> None:
    generation = publish()
    (generation.directory / "words.bin").unlink()
    assert damage(check_sizes, generation) == "cannot be found (No such file or directory)"
    assert damage(verify, generation) == "cannot be found (No such file or directory)"


def test_a_file_is_truncated(index: Path, publish: Publish) -> None:
    generation = publish("peace")
    os.truncate(generation.directory / "words.bin", 4)
    assert damage(check_sizes, generation) == "has 4 bytes, and was written with 5"
    assert damage(verify, generation) == "has 4 bytes, and was written with 5"
    with pytest.raises(IndexDamaged):
        require_live(index)


def test_a_file_is_longer(publish: Publish) -> None:
    generation = publish("peace")
    (generation.directory / "words.bin").write_text("peacetime")
    assert damage(check_sizes, generation) == "has 9 bytes, and was written with 5"


def test_altered_bytes_are_seen_by_verify_alone(publish: Publish) -> None:
    generation = publish("peace")
    (generation.directory / "words.bin").write_text("piece")
    check_sizes(generation)
    assert damage(verify, generation) == "is not as it was written: its checksum differs"


def test_a_symbolic_link_is_no_file_of_ours(tmp_path: Path, publish: Publish) -> None:
    generation = publish("peace")
    (tmp_path / "elsewhere").write_text("peace")
    (generation.directory / "words.bin").unlink()
    (generation.directory / "words.bin").symlink_to(tmp_path / "elsewhere")
    assert damage(check_sizes, generation) == "is not a file"


def test_a_folder_is_no_file(publish: Publish) -> None:
    generation = publish()
    (generation.directory / "words.bin").unlink()
    (generation.directory / "words.bin").mkdir()
    assert damage(check_sizes, generation) == "is not a file"


def test_reading_writes_nothing(index: Path, publish: Publish) -> None:
    publish()
    before = sorted((path.relative_to(index), path.stat().st_mtime_ns) for path in index.rglob("*"))
    verify(require_live(index))
    assert sorted((path.relative_to(index), path.stat().st_mtime_ns) for path in index.rglob("*")) == before
