from __future__ import annotations

from typing import Any

import pytest

from searchkit.models import Skipped
from searchkit.sources import table
from searchkit.sources.files import SkipFile
from searchkit.sources.record import Record
from searchkit.sources.table import read_table


def test_a_row_is_a_record_at_its_first_line(read_with: Any) -> None:
    content = 'id,speaker,text\r\n1,,"Two\r\nlines, ""quoted"""\r\n\r\n2,Ada,Şuşa\r\n'.encode()
    assert read_with(read_table, content) == [
        Record(2, {"id": "1", "text": 'Two\r\nlines, "quoted"'}),
        Record(5, {"id": "2", "speaker": "Ada", "text": "Şuşa"}),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"id,text\na,words\n",
        b"\xef\xbb\xbfid,text\na,words",
        b"\n\nid,text\na,words",
        b"id;text\na;words",
        b"id\ttext\na\twords",
        b"id|text\na|words",
        b"ID, Text \na,words",
        b"id,text\ra,words\r",
        b'"id","text"\r\n"a","words"\r\n',
    ],
)
def test_tables_as_programs_write_them(read_with: Any, content: bytes) -> None:
    (record,) = read_with(read_table, content)
    assert record.value == {"id": "a", "text": "words"}


def test_a_table_without_text_says_its_columns(read_with: Any) -> None:
    assert read_with(read_table, b"name,words\na,b\n") == [
        Skipped("f", "table without a text column", detail="columns: name, words")
    ]


def test_columns_without_a_name_or_of_one_name_keep_apart(read_with: Any) -> None:
    content = b"text,,note,note,TEXT\na,b,c,d,e\n"
    (record,) = read_with(read_table, content)
    assert record.value == {"text": "a", "column 2": "b", "note": "c", "note (column 4)": "d", "TEXT": "e"}


def test_rows_that_do_not_fit(read_with: Any) -> None:
    content = b"id,date,text\n1,2024\n2,2024,a, b and c\n3,2024,words\n"
    assert read_with(read_table, content) == [
        Record(2, {"id": "1", "date": "2024"}),
        Skipped("f#3", "row does not fit the header", True, "4 cells, 3 columns"),
        Record(4, {"id": "3", "date": "2024", "text": "words"}),
    ]


def test_after_a_damaged_row_no_remainder_of_it_passes_for_a_row(read_with: Any) -> None:
    content = b'id,date,text\n1,2024,"He said "no" to\nthem, loudly"\n2,2024,words\n'
    assert read_with(read_table, content) == [
        Skipped("f#2", "damaged row", True, "',' expected after '\"'; one line"),
        Skipped("f#3", "row does not fit the header", True, "2 cells, 3 columns"),
        Record(4, {"id": "2", "date": "2024", "text": "words"}),
    ]


def test_a_quotation_mark_that_is_never_closed(read_with: Any) -> None:
    content = b'id,text\n1,words\n2,"open\n3,more\n'
    assert read_with(read_table, content) == [
        Record(2, {"id": "1", "text": "words"}),
        Skipped("f#3", "damaged row", True, "unexpected end of data; lines 3 to 4"),
    ]


def test_over_long_cells_and_lines(read_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.sources.files.LINE_LIMIT", 200_000)
    limit = table.csv.field_size_limit(100_000)
    monkeypatch.setattr(table, "CELL_LIMIT", 100_000)
    try:
        content = b"text\n" + b"x" * 150_000 + b"\n" + b"y" * 250_000 + b"\nwords\n"
        items = read_with(read_table, content)
    finally:
        table.csv.field_size_limit(limit)
    assert [(item.page, item.detail) for item in items[:2]] == [
        ("f#2", "field larger than field limit (100000); one line"),
        ("f#3", "line longer than 64 MB; one line"),
    ]
    assert items[2:] == [Record(4, {"text": "words"})]


def test_cells_of_a_megabyte_are_read(read_with: Any) -> None:
    (record,) = read_with(read_table, b"text\n" + b"word " * 200_000)
    assert len(record.value["text"]) == 1_000_000


def test_nul_bytes_stay(read_with: Any) -> None:
    assert read_with(read_table, b"text\na\0b\n") == [Record(2, {"text": "a\0b"})]


@pytest.mark.parametrize("content", [b'id,"text\nwords', b'"id"x,text\na,b\n'])
def test_a_damaged_header_ends_the_reading(read_with: Any, content: bytes) -> None:
    with pytest.raises(SkipFile, match="table with a damaged header"):
        read_with(read_table, content)


def test_lines_that_are_not_utf8_are_windows_1252(corpus: Any) -> None:
    corpus.write("a.csv", "id,text\n1,Şuşa\n".encode() + b"2,caf\xe9 \x93quoted\x94 \x81\n")
    reader = corpus.reader()
    assert [page.record["text"] for page in reader.read()] == ["Şuşa", "café “quoted” \ufffd"]
    assert "lines that are not UTF-8 were read as Windows-1252: a.csv" in reader.remarks


def test_a_header_of_very_many_columns_is_no_trouble(read_with: Any) -> None:
    names = ["Text"] * 100_000
    (record,) = read_with(read_table, (",".join(names) + "\nwords\n").encode())
    assert record.value == {"text": "words"}
