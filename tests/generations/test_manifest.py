"""manifest.json comes back as it was written, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.errors import IndexDamaged
from searchkit.generations import FileRecord, Manifest, Recipe
from searchkit.generations.manifest import FORMAT, read_manifest, write_manifest

ID = "20261123T021500Z-1"
MANIFEST = Manifest(
    generation=ID,
    created="2026-11-23T02:15:00Z",
    software="searchkit 0.1.0",
    recipe=Recipe(("/data/pages", "old=/data/b\udce9d"), ("/data/people.csv",), "url", ("party",), True, False),
    speeches=12,
    pages=7,
    skipped=2,
    stale=1,
    files={"pages.sqlite": FileRecord(4096, "ab" * 32)},
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    folder = tmp_path / "index" / "generations" / ID
    folder.mkdir(parents=True)
    write_manifest(folder, MANIFEST)
    return folder


def changed(directory: Path, **members: Any) -> None:
    path = directory / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **members}))


def damage(directory: Path) -> str:
    with pytest.raises(IndexDamaged) as damaged:
        read_manifest(directory)
    beginning = f"{directory / 'manifest.json'} is not as it was written ("
    ending = (
        "), so the SOURCEs of this index are not known; build it anew: "
        f"searchkit build SOURCE... --replace --index {directory.parent.parent}"
    )
    message = str(damaged.value)
    assert message.startswith(beginning)
    assert message.endswith(ending)
    return message[len(beginning) : -len(ending)]


def test_round_trip(directory: Path) -> None:
    assert read_manifest(directory) == MANIFEST


def test_the_sources_are_those_of_the_recipe() -> None:
    assert MANIFEST.sources == ("/data/pages", "old=/data/b\udce9d")


def test_it_reads_where_it_was_built_too(directory: Path) -> None:
    building = directory.rename(directory.with_name(f".building-{ID}"))
    assert read_manifest(building) == MANIFEST


def test_missing(directory: Path) -> None:
    (directory / "manifest.json").unlink()
    assert damage(directory) == "No such file or directory"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "Expecting value: line 1 column 1 (char 0)"),
        (b"[]", "it is not an object"),
        (b"null", "it is not an object"),
        (b'{"format": 1', "Expecting ',' delimiter: line 1 column 13 (char 12)"),
        (b"{}", "format is not a count"),
        (b"\xff\xfe", "'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)"),
    ],
)
def test_garbage(directory: Path, content: bytes, what: str) -> None:
    (directory / "manifest.json").write_bytes(content)
    assert damage(directory) == what


def test_deep_nesting(directory: Path) -> None:
    (directory / "manifest.json").write_bytes(b"[" * 100_000)
    assert "recursion" in damage(directory)


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"format": True}, "format is not a count"),
        ({"speeches": -1}, "speeches is not a count"),
        ({"speeches": 1.5}, "speeches is not a count"),
        ({"pages": "7"}, "pages is not a count"),
        ({"created": None}, "created is not a text"),
        ({"recipe": []}, "recipe is not an object"),
        ({"recipe": {"sources": "/data"}}, "sources is not a list of texts"),
        ({"recipe": {"sources": [1]}}, "sources is not a list of texts"),
        ({"files": None}, "files is not an object"),
        ({"files": {"a": 12}}, "a is not an object"),
        ({"files": {"a": {"size": 1}}}, "sha256 is not a text"),
        ({"generation": "20261123T021500Z-2"}, "it belongs to another generation"),
        ({"generation": ""}, "it belongs to another generation"),
        ({"generation": "1"}, "it belongs to another generation"),
    ],
)
def test_wrong_members(directory: Path, members: dict[str, Any], what: str) -> None:
    changed(directory, **members)
    assert damage(directory) == what


def test_of_another_version(directory: Path) -> None:
    changed(directory, format=1)
    with pytest.raises(IndexDamaged) as caught:
        read_manifest(directory)
    told = f"was written by another version of searchkit (it has format 1, and this searchkit reads format {FORMAT})"
    assert told in str(caught.value)
    assert "build it anew: searchkit build SOURCE... --replace --index" in str(caught.value)


@pytest.mark.parametrize("name", ["", ".", "..", "/etc/passwd", "../x", "a/b", "a\\b", "a\0"])
def test_a_file_is_a_name_and_never_a_path(directory: Path, name: str) -> None:
    changed(directory, files={name: {"size": 1, "sha256": "ab"}})
    assert damage(directory) == f"{name!r} is not the name of a file"


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
        max_leaves=5,
    ),
    st.sampled_from(["format", "generation", "created", "recipe", "speeches", "skipped", "files"]),
)
def test_any_member_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: Any, key: str) -> None:
    folder = tmp_path_factory.mktemp("any") / ID
    folder.mkdir()
    write_manifest(folder, MANIFEST)
    changed(folder, **{key: value})
    try:
        found = read_manifest(folder)
    except IndexDamaged:
        return
    assert found.generation == ID
