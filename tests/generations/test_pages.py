"""pages.sqlite gives back what was put in, or says that it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.errors import IndexDamaged
from searchkit.generations import PageRow, PageTable, PageTableWriter, SpeechRow
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
        writer.begin_file(row.location.partition("#")[0])
        writer.add(row)
        writer.end_file()
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
    assert "SEARCH files USING " in plans[1]


statements: list[str] = []


def write(path: Path, former: Path | None, files: dict[str, dict[str, bytes]], kept: Iterable[int] = ()) -> None:
    """A table of files of records, each with its digest, and of files that are kept."""
    writer = PageTableWriter(path, former)
    for number in kept:
        writer.keep_file(number)
    for location, records in files.items():
        writer.begin_file(location)
        rows = [(key, place, "00" * 16, digest) for place, (key, digest) in enumerate(records.items(), 1)]
        writer.add_records(rows, "1")
        writer.end_file("stamp")
    writer.finish()


def test_what_is_neither_kept_nor_written_goes(path: Path) -> None:
    write(path, None, {"/a": {"one": b"1", "two": b"2"}, "/b": {"three": b"3"}, "/c": {"four": b"4"}})
    with PageTable(path) as former:
        files = former.files("1")
        assert {location: (row.pages, row.current) for location, row in files.items()} == {
            "/a": (2, True),
            "/b": (1, True),
            "/c": (1, True),
        }
        next_path = path.with_name("next.sqlite")
        write(next_path, path, {"/a": {"one": b"1", "five": b"5"}}, [files["/b"].number])
        with PageTable(next_path) as table:
            assert [(row.key, row.location) for row in table] == [("five", "/a#2"), ("one", "/a#1"), ("three", "/b#1")]
            assert [row.id for row in table.speeches()] == ["five", "one", "three"]
            assert sorted(table.files("1")) == ["/a", "/b"]
            assert not any(row.current for row in table.files("2").values())
            here, there = table.differing(former)
            assert [row.id for row in here] == ["five"]
            assert [row.id for row in there] == ["four", "two"]


def test_pages_are_kept_one_by_one_with_their_turns(path: Path) -> None:
    writer = PageTableWriter(path)
    for location in ("/a", "/b"):
        writer.begin_file(location)
        for name in ("x", "y"):
            writer.add_speech(SpeechRow(f"{location}{name}#1", location + name, b"t"))
            writer.add_speech(SpeechRow(location + name, location + name, b"w"))
            writer.add(PageRow(location + name, f"{location}#{name}", "ab", "1", 2))
        writer.end_file("stamp")
    writer.finish()
    following = path.with_name("next.sqlite")
    writer = PageTableWriter(following, path)
    writer.begin_file("/a")
    writer.keep("/ax", "/a#moved")
    writer.end_file()
    writer.keep_stale(PageRow("/by", skipped="cannot be read"))
    writer.finish()
    with PageTable(following) as table:
        stale = PageRow("/by", "/b#y", "ab", "1", 2, skipped="cannot be read", stale=True)
        assert list(table) == [PageRow("/ax", "/a#moved", "ab", "1", 2), stale]
        assert [row.id for row in table.speeches()] == ["/ax", "/ax#1", "/by", "/by#1"]
        assert table.ids_of("/ax") == ["/ax", "/ax#1"]
        assert [row.key for row in table.below_location("/b")] == ["/by"]


def test_files_of_generations_that_parted_are_compared(path: Path) -> None:
    """After a rollback another build gives the same numbers to other files."""
    write(path, None, {"/a": {"one": b"1"}})
    ways = [path.with_name(f"{name}.sqlite") for name in "ab"]
    write(ways[0], path, {"/b": {"two": b"2"}}, [2])
    write(ways[1], path, {"/c": {"two": b"3", "three": b"3"}}, [2])
    with PageTable(ways[0]) as one, PageTable(ways[1]) as other:
        here, there = one.differing(other)
        assert ([row.id for row in here], [row.id for row in there]) == (["two"], ["three", "two"])


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
