"""JSON Lines: one record a line. A line that is no JSON is one skip; the lines after it are read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

from searchkit.models import Skipped
from searchkit.sources.files import LINE_LIMIT, InputFile, Line, in_megabytes
from searchkit.sources.record import Record

__all__ = ["read_jsonl"]


def read_jsonl(file: InputFile) -> Iterator[Record | Skipped]:
    """Which records does this file hold?  Blank lines are none."""
    for line in file.lines():
        if line.content is None:
            reason = f"line longer than {in_megabytes(LINE_LIMIT)}"
            yield Skipped(f"{file.origin.key}#{line.number}", reason, unreadable=True)
        elif line.content.strip():
            yield _record(file.origin.key, line)


def _record(key: str, line: Line) -> Record | Skipped:
    assert line.content is not None
    content = line.content.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.content
    place = f"{key}#{line.number}"
    try:
        return Record(line.number, json.loads(content.decode().rstrip("\r\n")))
    except UnicodeDecodeError as error:
        return Skipped(place, "not UTF-8", unreadable=True, detail=f"byte {error.start + 1} of the line")
    except RecursionError:
        return Skipped(place, "nested too deeply", unreadable=True)
    except json.JSONDecodeError as error:
        return Skipped(place, "not JSON", unreadable=True, detail=f"{error.msg}, column {error.colno}")
    except ValueError as error:  # Python's refusal to read a number of 5,000 digits
        return Skipped(place, "not JSON", unreadable=True, detail=str(error))
