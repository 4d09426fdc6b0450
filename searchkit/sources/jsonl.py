"""JSON Lines: one record a line. A line that is no JSON is one skip; the lines after it are read."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator

import orjson

from searchkit.frozen import quick
from searchkit.models import Skipped
from searchkit.sources.files import LINE_LIMIT, InputFile, Line, in_megabytes
from searchkit.sources.record import Record

__all__ = ["DIGEST_BYTES", "line_digest", "lines_apart", "read_jsonl", "records_in"]

DIGEST_BYTES = 16
_BLANK = " \t\r\x0b\x0c"
_READ_ALIKE = frozenset((str, int, bool, type(None)))
"""Values of which orjson says what `json` does; an integer of more than 64 bits is a float to it."""
_record = quick(Record)


def read_jsonl(file: InputFile) -> Iterator[Record | Skipped]:
    """Which records does this file hold?  Blank lines are none."""
    for line in file.lines():
        yield from records_in(file.origin.key, line)


def records_in(key: str, lines: Line) -> Iterator[Record | Skipped]:
    """Which records are in these `lines` of the file with the key `key`?"""
    if lines.content is None:
        yield _too_long(key, lines.number)
        return
    all_short = len(lines.content) <= LINE_LIMIT
    for number, line in enumerate(lines_apart(lines), lines.number):
        value = _read_quickly(line) if all_short else None
        if value is not None:
            yield _record(number, value, line_digest(line), True)
        elif line:
            yield from _read_bytes(key, number, line)


def lines_apart(lines: Line) -> list[bytes]:
    """Which lines are these, one by one, without their ends?"""
    content = lines.content or b""
    return (content.removeprefix(codecs.BOM_UTF8) if lines.number == 1 else content).split(b"\n")


def line_digest(line: bytes) -> bytes:
    """By which digest is it seen that a line is as it was?"""
    return hashlib.blake2b(line, digest_size=DIGEST_BYTES).digest()


def _read_quickly(line: bytes) -> dict[str, object] | None:
    """The values of a record as `json` reads them, in half the time; None where it has to be asked itself."""
    try:
        value = orjson.loads(line)
    except ValueError:
        return None
    return value if type(value) is dict and _READ_ALIKE.issuperset(map(type, value.values())) else None


def _read_bytes(key: str, number: int, line: bytes) -> Iterator[Record | Skipped]:
    """The record in a line of which it is known neither that it is UTF-8 nor that it is short enough."""
    if len(line) >= LINE_LIMIT:
        yield _too_long(key, number)
        return
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1} of the line"
        yield Skipped(f"{key}#{number}", "not UTF-8", unreadable=True, detail=detail)
        return
    if text.strip(_BLANK):
        yield _read(key, number, text, line)


def _too_long(key: str, number: int) -> Skipped:
    return Skipped(f"{key}#{number}", f"line longer than {in_megabytes(LINE_LIMIT)}", unreadable=True)


def _read(key: str, number: int, text: str, line: bytes) -> Record | Skipped:
    try:
        return Record(number, json.loads(text.rstrip("\r")), line_digest(line))
    except RecursionError:
        return Skipped(f"{key}#{number}", "nested too deeply", unreadable=True)
    except json.JSONDecodeError as error:
        return Skipped(f"{key}#{number}", "not JSON", unreadable=True, detail=f"{error.msg}, column {error.colno}")
    except ValueError as error:  # Python's refusal to read a number of 5,000 digits
        return Skipped(f"{key}#{number}", "not JSON", unreadable=True, detail=str(error))
