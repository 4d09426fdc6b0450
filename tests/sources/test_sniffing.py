from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.sources.sniffing import is_binary, sniff


@pytest.mark.parametrize(
    ("head", "format"),
    [
        (b"<!DOCTYPE html>\n<html>", "html"),
        (b"\xef\xbb\xbf\r\n  <HTML lang=az>", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html xmlns="y">', "html"),
        (b"<!-- saved from url -->\n<p>", "html"),
        (b"<p>A fragment.", "html"),
        (b"<div class='a'>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"# A heading\n\nwords", "text"),
        ("Şuşa bəyannaməsi".encode(), "text"),
        ("Şuşa".encode("utf-16"), "text"),
        (b"caf\xe9, in Latin-1", "text"),
        (b"[Applause] Thank you.", "text"),
        (b"{stage note} Thank you.", "text"),
        (b"<SPEAKER> Thank you.", None),
        (b'<?xml version="1.0"?><rss>', None),
        (b"<svg viewBox='0'>", None),
        (b'{"text": "words"}\n', "jsonl"),
        (b' [\n {"text": "words"}]', "json"),
        (b"%PDF-1.4\nwords", None),
        (b"{\\rtf1\\ansi words}", None),
        (b"words\0words", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"PK\x03\x04", None),
        (b"\x1f\x8b\x08", None),
    ],
)
def test_what_a_file_holds(head: bytes, format: str | None) -> None:
    assert sniff(head) == format


@pytest.mark.parametrize(
    "head",
    [b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n\0\0", b"\0" * 1000, bytes(range(256)), b"\x7fELF words words words words"],
)
def test_binary_files_under_the_suffix_of_a_page(head: bytes) -> None:
    assert is_binary(head)


@pytest.mark.parametrize(
    "head",
    [
        b"words",
        b"words with one\0 stray NUL",
        b"\x1b[1mbold\x1b[0m\x0c",
        "Şuşa".encode("utf-16"),
        "Shusha Declaration".encode("utf-16-le"),
        "Xəbər".encode("cp1254", "replace"),
        "дом".encode("koi8-r"),
        "言葉".encode("shift-jis"),
    ],
)
def test_text_in_any_encoding_is_not_binary(head: bytes) -> None:
    assert not is_binary(head)


def test_random_bytes_are_binary() -> None:
    assert is_binary(os.urandom(8192))


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=200)
def test_any_bytes_have_an_answer(head: bytes) -> None:
    assert sniff(head) in {"html", "text", "jsonl", "json", None}
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0\0\xfe\xff")):
        assert sniff(head) is None
