"""A vanished id is answered with those that may have been meant."""

from __future__ import annotations

import time

import pytest

import searchkit
from searchkit import Searcher
from searchkit.searching.likely import likely_ids

IDS = ["2024/a.html", "2024/b.html", "2023/shusha.html", "debate.txt#0a1b2c3d", "Zebra"]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("2024/a.htm", ["2024/a.html", "2024/b.html"]),
        ("2024/shusha.html", ["2023/shusha.html"]),  # moved to another folder
        ("old/2024/shusha.html", ["2023/shusha.html"]),
        ("debate.txt#ffffffff", ["debate.txt#0a1b2c3d"]),
        ("zebra", ["Zebra"]),
        ("", []),
        ("nothing like it at all", []),
    ],
)
def test_likely(id: str, expected: list[str]) -> None:
    found = likely_ids(id, IDS, 3)
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_among_many_ids_the_answer_comes_at_once() -> None:
    ids = [f"archive/{number // 100}/{number:06}.html#{number * 7919 % 2**32:08x}" for number in range(100_000)]
    started = time.monotonic()
    assert ids[5_000] in likely_ids(ids[5_000][:-1], ids, 3)
    assert likely_ids("x" * 1_000_000, ids, 3) == []
    assert time.monotonic() - started < 5


def test_of_a_page_with_turns_its_other_turns_come_first() -> None:
    records = [{"id": f"debate#{number}", "text": "Words."} for number in range(2)] + [
        {"id": "other", "text": "Words."}
    ]
    with searchkit.memory(records) as speeches:
        assert sorted(speeches.similar_ids("debate#7")) == ["debate#0", "debate#1"]


def test_similar_ids(speeches: Searcher) -> None:
    assert speeches.similar_ids("peace-9") == ["peace-4", "peace-3", "peace-2"]
    assert speeches.similar_ids("something else") == []


def test_speech(speeches: Searcher) -> None:
    found = speeches.speech("war-2")
    assert found is not None
    assert (found.id, found.text, found.speaker) == ("war-2", "The war. Crimes followed.", "Recep Tayyip Erdoğan")
    assert speeches.speech("war-9") is None
    assert speeches.speech("") is None
