"""inspect: what a build would make of pages, with nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit.errors import UsageError
from searchkit.indexing import speeches_of
from searchkit.models import Skipped


def test_pages_in_order_with_their_speeches_or_reasons(pages: Path) -> None:
    (pages / "empty.txt").write_text("")
    before = sorted(pages.parent.rglob("*"))
    found = {
        inspection.page.page if isinstance(inspection.page, Skipped) else inspection.page.key: [
            speech.text.strip() for speech in inspection.speeches
        ]
        for inspection in searchkit.inspect([str(pages)])
    }
    assert list(found.items()) == [
        ("empty.txt", []),
        ("peace.txt", ["We gather for peace words."]),
        ("ann", ["Ann has record words."]),
        ("turns.jsonl#2", ["Bob has record words."]),
        ("war.txt", ["They spoke of war words."]),
    ]
    assert sorted(pages.parent.rglob("*")) == before


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        list(searchkit.inspect([str(tmp_path / "page.html")]))


def test_records_are_speeches() -> None:
    records = [{"id": "a", "text": "Words.", "speaker": "Ann"}, {"text": "More words."}]
    assert [(speech.id, speech.speakers, speech.text) for speech in speeches_of(records)] == [
        ("a", ("Ann",), "Words."),
        ("records#2", (), "More words."),
    ]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([{"text": "Words."}, {"title": "none"}], "record records#2: record without text"),
        ([{"id": 1, "text": "a b"}, {"id": 1, "text": "c d"}], "record records#2: duplicate id (1)"),
        (["words"], "record records#1: record is not an object (str)"),
    ],
)
def test_what_a_program_hands_in_is_not_lost_quietly(records: list[object], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        speeches_of(records)  # type: ignore[arg-type]
    assert str(refused.value) == message
