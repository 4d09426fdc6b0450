from __future__ import annotations

from typing import Any

import pytest

from searchkit.models import Skipped
from searchkit.sources.jsonl import read_jsonl
from searchkit.sources.record import Record


def test_a_record_a_line_and_blank_lines_are_none(read_with: Any) -> None:
    content = '\ufeff{"text": "one"}\r\n\n  \r\n{"text": "Şuşa\\u0000"}'.encode()
    assert read_with(read_jsonl, content) == [Record(1, {"text": "one"}), Record(4, {"text": "Şuşa\0"})]


def test_bad_lines_among_good_ones(read_with: Any) -> None:
    content = b"\n".join(
        [
            b'{"text": "good"}',
            b'{"text": "cut off',
            b'{"text": "caf\xe9"}',
            b"not JSON",
            b"[1]",
            b"[" * 100_000,
            b'{"n": ' + b"9" * 5000 + b"}",
            b"\0",
            b'{"text": "good too"}',
        ]
    )
    items = read_with(read_jsonl, content)
    assert [item for item in items if isinstance(item, Record)] == [
        Record(1, {"text": "good"}),
        Record(5, [1]),
        Record(9, {"text": "good too"}),
    ]
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert [(skip.page, skip.reason, skip.unreadable) for skip in skipped] == [
        ("f#2", "not JSON", True),
        ("f#3", "not UTF-8", True),
        ("f#4", "not JSON", True),
        ("f#6", "nested too deeply", True),
        ("f#7", "not JSON", True),
        ("f#8", "not JSON", True),
    ]
    assert skipped[0].detail == "Unterminated string starting at, column 10"
    assert skipped[1].detail == "byte 14 of the line"


def test_an_over_long_line_is_one_skip(read_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.sources.files.LINE_LIMIT", 20)
    content = b'{"text": "one"}\n{"text": "' + b"x" * 100_000 + b'"}\n{"text": "two"}\n'
    assert read_with(read_jsonl, content) == [
        Record(1, {"text": "one"}),
        Skipped("f#2", "line longer than 64 MB", unreadable=True),
        Record(3, {"text": "two"}),
    ]
