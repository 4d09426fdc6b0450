"""pages.sqlite gives back what was put in, or says that it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.errors import IndexDamaged
from searchkit.generations import PageRow, PageTable, PageTableWriter
from searchkit.models import Removal

ARTICLE = PageRow(
    "2024/a.html", "/pages/2024/a.html", "ab12", "1", 1, (Removal("− 16 px", "size widget"), Removal("Share", "line"))
)
SKIPPED = PageRow("2024/b.html", "/pages/2024/b.html", "cd34", "1", skipped="no text", detail="0 letters")
STALE = PageRow("talk.txt", "/pages/talk.txt", "ef56", "1", 12, skipped="cannot be read", stale=True)
ROWS = [ARTICLE, SKIPPED, STALE]


def table(path: Path, rows: Iterable[PageRow]) -> PageTable:
    writer = PageTableWriter(path)
    for row in rows:
        writer.add(row)
    writer.finish()
    return PageTable(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pages.sqlite"


def test_round_trip_in_the_order_of_the_keys(path: Path) -> None:
    with table(path, reversed(ROWS)) as pages:
        assert list(pages) == ROWS
        assert pages.find("talk.txt") == STALE
        assert pages.find("talk") is None
        assert pages.count_with_speeches() == 2


def test_an_empty_table(path: Path) -> None:
    with table(path, []) as pages:
        assert list(pages) == []
        assert pages.count_with_speeches() == 0


def test_more_rows_than_are_written_at_once(path: Path) -> None:
    rows = [PageRow(f"{number:05}", speeches=number % 2) for number in range(1_203)]
    with table(path, rows) as pages:
        assert list(pages) == rows
        assert pages.count_with_speeches() == 601


def test_of_two_rows_with_one_key_the_later_stands(path: Path) -> None:
    with table(path, [PageRow("a", skipped="no text"), PageRow("a", speeches=1)]) as pages:
        assert list(pages) == [PageRow("a", speeches=1)]


def test_the_pages_below_a_folder_or_a_file_of_records(path: Path) -> None:
    keys = ["sub", "sub/a.txt", "sub/b/c.txt", "sub#3", "sub.txt", "subway/a.txt", "Sub/a.txt", "a/sub/b.txt", "sub!"]
    rows = [PageRow(key, f"/p/{key}", speeches=1) for key in keys] + [PageRow("sub/skipped.txt", "/p/sub/skipped.txt")]
    with table(path, rows) as pages:
        expected = ["sub", "sub#3", "sub/a.txt", "sub/b/c.txt"]
        assert [row.key for row in pages.below_key("sub/")] == expected
        assert [row.key for row in pages.below_key("sub")] == expected
        assert [row.key for row in pages.below_location("/p/sub")] == expected
        assert list(pages.below_key("nothing")) == []


def test_a_records_file_is_found_by_location(path: Path) -> None:
    with table(path, [PageRow("speech-9", "/p/c.jsonl#4", speeches=1)]) as pages:
        assert [row.key for row in pages.below_location("/p/c.jsonl")] == ["speech-9"]
        assert list(pages.below_key("c.jsonl")) == []


def test_below_is_answered_by_an_index(path: Path) -> None:
    """Thousands of pages may be unreadable at once: to look through all former pages for each would be quadratic."""
    table(path, ROWS).close()
    database = sqlite3.connect(path)
    database.set_trace_callback(statements.append)
    with PageTable(path) as pages:
        pages._database.set_trace_callback(statements.append)
        list(pages.below_key("sub"))
        list(pages.below_location("/p/sub"))
    plans = [str(database.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()) for statement in statements[:2]]
    database.close()
    assert all("SEARCH pages USING " in plan and "SCAN" not in plan for plan in plans), plans


statements: list[str] = []


def test_half_characters_and_controls_are_written_out(path: Path) -> None:
    row = PageRow("a\udce9", "/p\udce9", skipped="x\udce9", detail="\udce9\0")
    with table(path, [row]) as pages:
        assert list(pages) == [PageRow("a\\udce9", "/p\\udce9", skipped="x\\udce9", detail="\\udce9\0")]
        assert pages.find("a\udce9") == PageRow("a\\udce9", "/p\\udce9", skipped="x\\udce9", detail="\\udce9\0")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.builds(
            PageRow, TEXTS, TEXTS, st.none() | TEXTS, st.none() | TEXTS, st.integers(0, 2**40),
            st.lists(st.builds(Removal, st.text(max_size=5), TEXTS), max_size=2).map(tuple),
            st.none() | TEXTS, TEXTS, st.booleans(),
        ),
        max_size=4,
        unique_by=lambda row: row.key,
    )
)  # fmt: skip
def test_any_rows_come_back(tmp_path_factory: pytest.TempPathFactory, rows: list[PageRow]) -> None:
    with table(tmp_path_factory.mktemp("pages") / "pages.sqlite", rows) as pages:
        assert sorted(pages, key=lambda row: row.key) == sorted(rows, key=lambda row: row.key)


def test_a_disk_that_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"pages\.sqlite"):
        PageTableWriter(tmp_path / "missing" / "pages.sqlite")


def test_cancelling_lets_go(path: Path) -> None:
    writer = PageTableWriter(path)
    writer.add(ARTICLE)
    writer.cancel()
    writer.cancel()
    path.unlink()


def damage(path: Path) -> str:
    with pytest.raises(IndexDamaged) as damaged, PageTable(path) as pages:
        list(pages)
    beginning, ending = f"{path} is not as it was written (", "); build the index anew: searchkit build --index "
    message = str(damaged.value)
    assert message.startswith(beginning)
    assert ending in message
    return message[len(beginning) : message.index(ending)]


def test_garbage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 1000)
    assert damage(path) == "file is not a database"


def test_missing(path: Path) -> None:
    assert damage(path) == "unable to open database file"
    assert not path.exists()


def test_empty(path: Path) -> None:
    path.write_bytes(b"")
    assert damage(path) == "no such table: pages"


def test_truncated(path: Path) -> None:
    table(path, [PageRow(f"{number:05}", detail="x" * 100) for number in range(1_000)]).close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert damage(path) == "database disk image is malformed"


@pytest.mark.parametrize(
    ("column", "value"), [("removed", "{"), ("removed", "[1]"), ("removed", '[{"text": "a"}]'), ("speeches", "many")]
)
def test_a_row_of_another_shape(path: Path, column: str, value: str) -> None:
    table(path, ROWS).close()
    database = sqlite3.connect(path)
    database.execute(f"UPDATE pages SET {column} = ?", (value,))
    database.commit()
    database.close()
    damage(path)


def test_reading_leaves_nothing_beside_the_file(path: Path) -> None:
    with table(path, ROWS) as pages:
        list(pages)
        assert [entry.name for entry in path.parent.iterdir()] == ["pages.sqlite"]
