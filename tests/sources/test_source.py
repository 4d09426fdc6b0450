from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.errors import UsageError
from searchkit.sources import Source, parse_source, readable


@pytest.fixture(autouse=True)
def _working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        ("pages", None, "{cwd}/pages"),
        ("./pages/", None, "{cwd}/pages"),
        ("/pages", None, "/pages"),
        ("2023=pages", "2023", "{cwd}/pages"),
        ("a=b=c", "a", "{cwd}/b=c"),
        ("News Az=/pages", "News Az", "/pages"),
        ("-", None, "-"),
        ("live=-", "live", "-"),
        ("/a/b=c", None, "/a/b=c"),
        ("a/b=c", None, "{cwd}/a/b=c"),
        ("=pages", None, "{cwd}/=pages"),
        ("a\x1bb=pages", None, "{cwd}/a\x1bb=pages"),
    ],
)
def test_what_a_source_means(tmp_path: Path, text: str, name: str | None, path: str) -> None:
    assert parse_source(text) == Source(name, path.format(cwd=tmp_path))


def test_a_path_that_exists_and_contains_an_equals_sign_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "year=2023").mkdir()
    assert parse_source("year=2023") == Source(None, str(tmp_path / "year=2023"))
    assert parse_source("year=2024") == Source("year", str(tmp_path / "2024"))


def test_a_tilde_after_a_name_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert parse_source("a=~/pages") == Source("a", "/home/ada/pages")
    (tmp_path / "~").mkdir()
    assert parse_source("~") == Source(None, str(tmp_path / "~"))


@pytest.mark.parametrize("text", ["", "NAME=", "a\0b", "\ud800"])
def test_what_cannot_be_a_source(text: str) -> None:
    with pytest.raises(UsageError):
        parse_source(text)


@given(
    name=st.none() | st.from_regex(r"[^\s/\\=][^/\\=]{0,9}", fullmatch=True).filter(str.isprintable),
    path=st.binary(max_size=20).filter(lambda raw: b"\0" not in raw),
)
@settings(deadline=None, max_examples=200)
def test_a_source_is_remembered_through_json(name: str | None, path: bytes) -> None:
    source = Source(name, "/" + os.fsdecode(path))
    text = json.dumps(source.as_text(), ensure_ascii=False).encode().decode()
    assert Source.from_text(json.loads(text)) == source


def test_standard_input_is_remembered_too() -> None:
    assert Source.from_text(Source(None, "-").as_text()) == Source(None, "-")
    assert Source.from_text(Source("live", "-").as_text()) == Source("live", "-")


def test_keys_begin_with_the_name() -> None:
    assert Source("2023", "/pages").prefix == "2023/"
    assert Source(None, "/pages").prefix == ""


def test_readable_says_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text("words")
    os.mkfifo(tmp_path / "pipe")
    assert readable(parse_source("page.html")) is None
    assert readable(parse_source(".")) is None
    assert readable(parse_source("gone")) == "does not exist"
    assert readable(parse_source("pipe")) == "is neither a file nor a folder (give - to read from a pipe)"
    assert readable(parse_source("page.html/x")) == "cannot be opened (Not a directory)"

    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert readable(parse_source(".")) == "cannot be opened (Permission denied)"


def test_closed_standard_input_is_not_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    assert readable(Source(None, "-")) is None or sys.stdin is None
    monkeypatch.setattr(sys, "stdin", None)
    assert readable(Source(None, "-")) == "is closed"
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    assert readable(Source(None, "-")) == "is closed"
