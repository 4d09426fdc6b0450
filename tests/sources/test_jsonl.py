from __future__ import annotations

import json
from typing import Any

import pytest

from searchkit.models import Skipped
from searchkit.sources import record_batch
from searchkit.sources.files import Origin, open_input
from searchkit.sources.jsonl import read_jsonl
from searchkit.sources.record import Record
from searchkit.sources.record_batch import batches_of_lines
from searchkit.sources.remarks import Remarks


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


@pytest.mark.parametrize(
    "values",
    [
        '{"n": 18446744073709551616}',
        '{"n": -9223372036854775809}',
        '{"n": 1e400, "m": -0, "o": 0.1}',
        '{"n": NaN, "m": Infinity}',
        '{"text": "\\ud83d"}',
        '{"text": "\\ud83d\\ude00\\u0000\\/"}',
        '{"n": {"m": [18446744073709551616, "\\udc00"]}}',
        '{"n": 1, "n": "two", "m": null, "o": true}',
        ' {"n": [1.5]}\t',
    ],
)
def test_values_are_those_of_the_standard_library(read_with: Any, values: str) -> None:
    (record,) = read_with(read_jsonl, values.encode())
    assert repr(record.value) == repr(json.loads(values))


def test_an_over_long_line_is_one_skip(read_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.sources.files.LINE_LIMIT", 20)
    content = b'{"text": "one"}\n{"text": "' + b"x" * 100_000 + b'"}\n{"text": "two"}\n'
    assert read_with(read_jsonl, content) == [
        Record(1, {"text": "one"}),
        Skipped("f#2", "line longer than 64 MB", unreadable=True),
        Record(3, {"text": "two"}),
    ]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_lines_together_are_the_same_lines(size: int, corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.sources.files.LINE_LIMIT", 40)
    monkeypatch.setattr("searchkit.sources.jsonl.LINE_LIMIT", 40)
    monkeypatch.setattr(record_batch, "_BYTES", size)
    lines = [
        '\ufeff{"text": "one"}',
        "",
        "no JSON",
        '{"text": "\u2028"}\r',
        '{"text": "' + "x" * 31 + '"}',
        " \v",
        '{"text": "last"}',
    ]
    path = corpus.write("r.jsonl", "\n".join(lines).encode() + b'\n{"text": "caf\xe9"}\n{"n": 1}')
    with open_input(str(path), Origin("f", "f"), Remarks()) as file:
        singly = list(read_jsonl(file))
    with open_input(str(path), Origin("f", "f"), Remarks()) as file:
        together = [record for batch in batches_of_lines(file) for record in batch]
    assert together == singly
    assert len(singly) == 7
