"""JSON Lines: one record a line. A line that is no JSON is one skip; the lines after it are read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

import orjson

from searchkit.models import Skipped
from searchkit.sources.files import LINE_LIMIT, InputFile, Line, in_megabytes
from searchkit.sources.record import Record

__all__ = ["read_jsonl", "records_in"]

_BLANK = " \t\r\x0b\x0c"
_READ_ALIKE = frozenset((str, int, bool, type(None)))
"""Values of which orjson says what `json` does; an integer of more than 64 bits is a float to it."""


def read_jsonl(file: InputFile) -> Iterator[Record | Skipped]:
    """Which records does this file hold?  Blank lines are none."""
    for line in file.lines():
        yield from records_in(file.origin.key, line)


def records_in(key: str, lines: Line) -> Iterator[Record | Skipped]:
    """Which records are in these `lines` of the file with the key `key`?"""
    if lines.content is None:
        yield _too_long(key, lines.number)
        return
    content = lines.content.removeprefix(codecs.BOM_UTF8) if lines.number == 1 else lines.content
    all_short = len(content) <= LINE_LIMIT
    for number, line in enumerate(content.split(b"\n"), lines.number):
        value = _read_quickly(line) if all_short else None
        if value is not None:
            yield Record(number, value)
        elif line:
            yield from _read_bytes(key, number, line)


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
        yield _read(key, number, text)


def _too_long(key: str, number: int) -> Skipped:
    return Skipped(f"{key}#{number}", f"line longer than {in_megabytes(LINE_LIMIT)}", unreadable=True)


def _read(key: str, number: int, text: str) -> Record | Skipped:
    try:
        return Record(number, json.loads(text.rstrip("\r")))
    except RecursionError:
        return Skipped(f"{key}#{number}", "nested too deeply", unreadable=True)
    except json.JSONDecodeError as error:
        return Skipped(f"{key}#{number}", "not JSON", unreadable=True, detail=f"{error.msg}, column {error.colno}")
    except ValueError as error:  # Python's refusal to read a number of 5,000 digits
        return Skipped(f"{key}#{number}", "not JSON", unreadable=True, detail=str(error))
