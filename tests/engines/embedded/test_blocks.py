"""Strings come back from their blocks, with and without a dictionary; what was altered is named."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.arrays import ArrayFile, ArrayFileWriter
from searchkit.engines.embedded.blocks import BlockReader, BlockWriter
from searchkit.errors import IndexDamaged


def written(folder: Path, strings: list[bytes], *, direct: bool = False) -> ArrayFile:
    storage = FileStorage(str(folder))
    file = ArrayFileWriter(storage, "some.blocks", "blocks")
    writer = BlockWriter(file, "kept", direct=direct)
    for string in strings:
        writer.add(string)
    writer.close()
    file.close()
    return ArrayFile(storage, "some.blocks", "blocks")


def records(count: int) -> list[bytes]:
    chance = random.Random(count)
    names = ["Aliyev", "Pashinyan", "Michel", "Blinken", "Charles Michel"]
    return [
        json.dumps({"id": f"s{number}", "speaker": chance.choice(names), "note": chance.randbytes(9).hex()}).encode()
        for number in range(count)
    ]


@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize(("count", "learnt"), [(0, False), (1, False), (300, False), (2_000, True), (20_000, True)])
def test_every_string_comes_back(tmp_path: Path, count: int, learnt: bool, direct: bool) -> None:
    strings = records(count)
    file = written(tmp_path, strings, direct=direct)
    assert ("kept/dictionary" in file) == learnt
    reader = BlockReader(file, "kept")
    assert len(reader) == count
    assert reader.take(np.arange(count)) == strings
    chosen = [random.Random(3).randrange(count) for _ in range(50)] if count else []
    assert reader.take(np.array(chosen, np.int64)) == [strings[place] for place in chosen]
    assert [reader[place] for place in chosen[:5]] == [strings[place] for place in chosen[:5]]


@pytest.mark.parametrize(
    "strings",
    [
        [b""] * 9,
        [b"x" * 3_000_000, b"", b"y"],
        [b"same"] * 100_000,
        [random.Random(4).randbytes(4096) for _ in range(300)],
    ],
    ids=["empty", "one that is long", "all alike", "nothing in common"],
)
def test_strings_that_teach_nothing(tmp_path: Path, strings: list[bytes]) -> None:
    assert BlockReader(written(tmp_path, strings), "kept").take(np.arange(len(strings))) == strings


@pytest.mark.parametrize("section", ["blocks", "dictionary"])
def test_an_altered_section_is_named(tmp_path: Path, section: str) -> None:
    file = written(tmp_path, records(2_000))
    path = tmp_path / "some.blocks"
    place = path.read_bytes().index(bytes(file.bytes(f"kept/{section}")))
    content = bytearray(path.read_bytes())
    content[place : place + 16] = bytes(16)
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"some\.blocks"):
        BlockReader(ArrayFile(FileStorage(str(tmp_path)), "some.blocks", "blocks"), "kept").take(np.arange(2_000))
