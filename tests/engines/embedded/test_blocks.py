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


def written(folder: Path, *parts: list[bytes] | BlockReader, name: str = "some.blocks") -> ArrayFile:
    storage = FileStorage(str(folder))
    file = ArrayFileWriter(storage, name, "blocks")
    writer = BlockWriter(str(folder))
    for part in parts:
        if isinstance(part, BlockReader):
            writer.take(part)
            continue
        for string in part:
            writer.add(string)
    writer.write(file, "kept")
    file.close()
    return ArrayFile(storage, name, "blocks")


def records(count: int) -> list[bytes]:
    chance = random.Random(count)
    names = ["Aliyev", "Pashinyan", "Michel", "Blinken", "Charles Michel"]
    return [
        json.dumps({"id": f"s{number}", "speaker": chance.choice(names), "note": chance.randbytes(9).hex()}).encode()
        for number in range(count)
    ]


@pytest.mark.parametrize(("count", "learnt"), [(0, False), (1, False), (300, False), (2_000, True), (20_000, True)])
def test_every_string_comes_back(tmp_path: Path, count: int, learnt: bool) -> None:
    strings = records(count)
    file = written(tmp_path, strings)
    assert ("kept/learnt" in file) == learnt
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


def test_blocks_are_taken_over_as_they_are_with_their_dictionaries(tmp_path: Path) -> None:
    first, second, third, few = records(20_000), records(21_000), records(2_500), records(3)
    one = BlockReader(written(tmp_path, first, name="one.blocks"), "kept")
    two = BlockReader(written(tmp_path, second, name="two.blocks"), "kept")
    small = BlockReader(written(tmp_path, few, name="small.blocks"), "kept")
    assert (one.is_well_packed, two.is_well_packed, small.is_well_packed) == (True, True, False)
    whole = written(tmp_path, few, one, third, two, small, few, name="whole.blocks")
    reader, strings = BlockReader(whole, "kept"), [*few, *first, *third, *second, *few, *few]
    assert len(reader) == len(strings)
    assert reader.take(np.arange(len(strings))) == strings
    assert [reader[place] for place in range(0, len(strings), 997)] == strings[::997]
    assert bytes(one.blocks) in bytes(reader.blocks)
    assert not reader.is_well_packed
    again = BlockReader(written(tmp_path, reader, name="again.blocks"), "kept")
    assert again.take(np.arange(len(strings))) == strings


@pytest.mark.parametrize("section", ["blocks", "learnt"])
def test_an_altered_section_is_named(tmp_path: Path, section: str) -> None:
    file = written(tmp_path, records(2_000))
    path = tmp_path / "some.blocks"
    place = path.read_bytes().index(bytes(file.bytes(f"kept/{section}")))
    content = bytearray(path.read_bytes())
    content[place : place + 16] = bytes(16)
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"some\.blocks"):
        BlockReader(ArrayFile(FileStorage(str(tmp_path)), "some.blocks", "blocks"), "kept").take(np.arange(2_000))
