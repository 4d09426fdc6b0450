from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from searchkit.errors import UsageError
from searchkit.models import RawPage, Skipped
from searchkit.sources import ReadOptions, Source, parse_source, read
from searchkit.sources.formats import known_suffixes

HTML = "<html><p>The Shusha Declaration"


def _feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_folder_of_every_format(corpus: Any) -> None:
    corpus.write("a.html", HTML)
    corpus.write("b.txt.gz", "words\r\n")
    corpus.write("c.jsonl", '{"id": "c1", "text": "one"}\n{"text": "two"}\n')
    corpus.write("d.csv.gz", "id,text\nd1,three\n")
    corpus.write("e.json", '[{"text": "four"}]')
    corpus.write("f", HTML)
    corpus.write("g.php?id=3", "plain words")
    root = corpus.root
    assert corpus.read() == [
        RawPage("a.html", f"{root}/a.html", "html", HTML.encode()),
        RawPage("b.txt.gz", f"{root}/b.txt.gz", "text", b"words\r\n"),
        RawPage("c1", f"{root}/c.jsonl#1", "record", record={"id": "c1", "text": "one"}),
        RawPage("c.jsonl#2", f"{root}/c.jsonl#2", "record", record={"text": "two"}),
        RawPage("d1", f"{root}/d.csv.gz#2", "record", record={"id": "d1", "text": "three"}),
        RawPage("e.json#1", f"{root}/e.json#1", "record", record={"text": "four"}),
        RawPage("f", f"{root}/f", "html", HTML.encode()),
        RawPage("g.php?id=3", f"{root}/g.php?id=3", "text", b"plain words"),
    ]


def test_a_name_stands_before_every_key(corpus: Any) -> None:
    corpus.write("a.html", HTML)
    corpus.write("c.jsonl", '{"id": "c1", "text": "one"}\n{"text": "two"}\nbad\n')
    corpus.write("d.png", b"\x89PNG")
    items = corpus.read(f"x={corpus.root}")
    assert [getattr(item, "key", None) or item.page for item in items] == [
        "x/a.html",
        "x/c1",
        "x/c.jsonl#2",
        "x/c.jsonl#3",
        "x/d.png",
    ]


def test_a_single_file_has_its_name_as_key(corpus: Any) -> None:
    path = corpus.write("deep/down/a.html", HTML)
    assert corpus.keys(path) == ["a.html"]
    assert corpus.keys(f"x={path}") == ["x/a.html"]
    (corpus.root / ".hidden").mkdir()
    assert corpus.keys(corpus.write(".hidden/.page.html", HTML)) == [".page.html"]


def test_everything_that_is_no_page_is_counted(corpus: Any) -> None:
    corpus.write("01.png", b"\x89PNG\r\n\x1a\n")
    corpus.write("02.html", "")
    corpus.write("03.html", b"%PDF-1.7")
    corpus.write("04.json", '{"text": "words"}')
    corpus.write("05.json", "[]")
    corpus.write("06.jsonl", "\n\n")
    corpus.write("07.csv", "id,text\n")
    corpus.write("08.css", "p { color: red }")
    corpus.write("09.xml", "<?xml version='1.0'?><rss>")
    corpus.write("10", b"\0\0")
    corpus.write("11.har", '{"log": {}}')
    (corpus.root / "12.html").symlink_to("gone")
    (corpus.root / "13.html.gz").write_bytes(gzip.compress(b"words")[:-3])
    os.mkfifo(corpus.root / "14.html")
    corpus.write("15.tar.gz", b"name\0\0\0words")
    with corpus.write("16.html", HTML).open("ab") as file:
        file.truncate(200 << 20)
    corpus.write("16.txt", "the only words")
    assert corpus.keys() == ["16.txt"]
    assert corpus.skips() == [
        ("01.png", "unknown suffix .png", False),
        ("02.html", "empty file", False),
        ("03.html", "binary, not text", False),
        ("04.json", "JSON, but not an array of records", False),
        ("05.json", "no records", False),
        ("06.jsonl", "no records", False),
        ("07.csv", "no records", False),
        ("08.css", "style sheet or script", False),
        ("09.xml", "unknown suffix .xml", False),
        ("10", "no suffix, and neither HTML nor text", False),
        ("11.har", "unknown suffix .har", False),
        ("12.html", "broken symbolic link", True),
        ("13.html.gz", "damaged gzip", True),
        ("14.html", "not a regular file", False),
        ("15.tar.gz", "unknown suffix .tar.gz", False),
        ("16.html", "larger than 64 MB", False),
    ]


def test_an_unknown_suffix_names_the_known_ones(corpus: Any) -> None:
    corpus.write("a.png", b"\x89PNG\r\n\x1a\n")
    assert corpus.read() == [Skipped("a.png", "unknown suffix .png", detail=f"known are {known_suffixes()}")]


def test_a_file_that_vanishes_or_is_closed_is_unreadable(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.html", "b.html", "c.html"):
        corpus.write(name, HTML)
    reader = corpus.reader()
    (corpus.root / "a.html").unlink()
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("b.html"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert [item for item in reader.read() if isinstance(item, Skipped)] == [
        Skipped("a.html", "cannot be read", True, "No such file or directory"),
        Skipped("b.html", "cannot be read", True, "Permission denied"),
    ]


def test_names_that_are_not_utf8(corpus: Any) -> None:
    (corpus.root / os.fsdecode(b"caf\xe9.html")).write_text(HTML)
    (corpus.root / os.fsdecode(b"\xff.jsonl")).write_text('{"text": "words"}\nbad\n')
    record, skip, page = corpus.read()
    assert (page.key, page.location) == (r"caf\xe9.html", rf"{corpus.root}/caf\xe9.html")
    assert (record.key, skip.page) == (r"\xff.jsonl#1", r"\xff.jsonl#2")


def test_of_two_records_with_one_id_the_first_is_kept(corpus: Any) -> None:
    corpus.write("a.jsonl", '{"id": "x", "text": "one"}\n{"id": "x", "text": "two"}\n')
    corpus.write("b.csv", "id,text\nx,three\nc.html,four\n")
    corpus.write("c.html", HTML)
    assert corpus.keys() == ["x", "c.html"]
    assert corpus.skips() == [
        ("a.jsonl#2", "duplicate id", False),
        ("b.csv#2", "duplicate id", False),
        ("b.csv#3", "duplicate id", False),
    ]


def test_remarks_say_what_was_left_out(corpus: Any) -> None:
    corpus.write(".hidden", "words")
    corpus.write(".git/HEAD", "words")
    corpus.write("sub/.x", "words")
    (corpus.root / "sub" / "up").symlink_to("..")
    corpus.write("a.jsonl", '{"text": "one", "party": "x"}\n{"text": "two", "party": "y", "seat": 1}\n')
    reader = corpus.reader()
    assert len(list(reader.read())) == 2
    assert reader.remarks == (
        "keys of records that are no fields, kept as extras: party (2), seat (1)",
        "2 hidden files were left out",
        "1 hidden folder was left out",
        "1 link to a folder already read was left out",
    )
    assert reader.unknown_keys == {"party": 2, "seat": 1}


def test_how_far_the_reading_has_come(corpus: Any) -> None:
    corpus.write("a.html", HTML)
    corpus.write("b.jsonl", '{"text": "words"}\n' * 50_000)
    corpus.write("c.png", b"\x89PNG")
    (corpus.root / "d.html").symlink_to("gone")
    reader = corpus.reader()
    assert (reader.files, reader.fraction_read) == (3, 0.0)
    fractions = [reader.fraction_read for _ in reader.read()]
    assert fractions == sorted(fractions)
    assert any(0.4 < fraction < 0.6 for fraction in fractions)
    assert reader.fraction_read == 1.0


def test_an_empty_folder_yields_nothing(corpus: Any) -> None:
    reader = corpus.reader()
    assert (list(reader.read()), reader.remarks, reader.fraction_read) == ([], (), 1.0)


@pytest.mark.parametrize(
    ("content", "items"),
    [
        (b"", [Skipped("-", "empty file")]),
        (b"plain words", [RawPage("-", "-", "text", b"plain words")]),
        (b"<html>words", [RawPage("-", "-", "html", b"<html>words")]),
        (
            b'{"id": "a", "text": "one"}\n{"text": "two"}\nbad\n',
            [
                RawPage("a", "-#1", "record", record={"id": "a", "text": "one"}),
                RawPage("-#2", "-#2", "record", record={"text": "two"}),
                Skipped("-#3", "not JSON", True, "Expecting value, column 1"),
            ],
        ),
        (b' [{"text": "one"}]', [RawPage("-#1", "-#1", "record", record={"text": "one"})]),
        (b"\x89PNG\0", [Skipped("-", "neither JSON, HTML nor text")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, items: list[object]) -> None:
    _feed(monkeypatch, content)
    assert list(read([parse_source("-")])) == items
    assert not sys.stdin.closed


def test_standard_input_beside_a_folder(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.write("a.html", HTML)
    _feed(monkeypatch, b'{"id": "x", "text": "words"}')
    assert corpus.keys("live=-", corpus.root) == ["a.html", "live/x"]
    _feed(monkeypatch, b"")
    reader = corpus.reader("live=-", corpus.root)
    monkeypatch.setattr(sys, "stdin", None)
    assert [item.page for item in reader.read() if isinstance(item, Skipped)] == ["live/-"]


def test_read_fails_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read([Source(None, str(tmp_path / "gone"))])


def test_pages_are_read_one_at_a_time(corpus: Any) -> None:
    for number in range(5):
        corpus.write(f"{number}.html", HTML)
    pages = read([parse_source(str(corpus.root))], ReadOptions())
    next(pages)
    (corpus.root / "4.html").unlink()
    assert [type(item).__name__ for item in pages] == ["RawPage", "RawPage", "RawPage", "Skipped"]
