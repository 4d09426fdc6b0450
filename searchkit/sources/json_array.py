"""One JSON array of records, read element by element: a file of any size takes the memory of its longest record."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

from searchkit.models import Skipped
from searchkit.sources.files import BLOCK, LINE_LIMIT, InputFile, SkipFile, in_megabytes
from searchkit.sources.record import Record

__all__ = ["read_json_array"]

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


def read_json_array(file: InputFile) -> Iterator[Record | Skipped]:
    """Which records does this file hold?  They are counted from 1.

    What follows a damaged element is not read, as nothing says where the next one begins; that is one skip.
    """
    text = _Window(file.blocks())
    if text.next_character() != "[":
        raise SkipFile("JSON, but not an array of records")
    text.step()
    number = 0
    try:
        while text.next_character() != "]":
            number += 1
            yield _element(text, f"{file.origin.key}#{number}", number)
            if text.next_character() == ",":
                text.step()
            elif text.next_character() != "]":
                raise _Damaged("not JSON", "expected ',' or ']'", after=1)
        text.step()
        if text.next_character():
            raise _Damaged("not JSON", "data after the end of the array", after=1)
    except _Damaged as damage:
        place = f"{file.origin.key}#{number + damage.after}"
        detail = f"{damage.detail}; the rest of the file was not read"
        yield Skipped(place, damage.reason, unreadable=True, detail=detail)


def _element(text: _Window, place: str, number: int) -> Record | Skipped:
    value, written = text.take_value()
    if not written.isascii():
        try:
            written.encode()
        except UnicodeEncodeError:
            return Skipped(place, "not UTF-8", unreadable=True)
    return Record(number, value)


class _Damaged(Exception):
    """Says why the array cannot be read on; `after` is 1 if the damage follows the last element."""

    def __init__(self, reason: str, detail: str, after: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail
        self.after = after


class _Window:
    """The text of the file from the first character not yet taken to as far as was needed."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        # A wrong byte becomes a lone surrogate, so that it spoils its own element and no other.
        self._pieces = codecs.iterdecode(blocks, "utf-8-sig", "surrogateescape")
        self._text = ""
        self._at = 0

    def next_character(self) -> str:
        """Which character comes next that is no white space?  "" at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def step(self) -> None:
        """Take one character."""
        self._at += 1

    def take_value(self) -> tuple[object, str]:
        """Which JSON value comes next, and how is it written?"""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise _Damaged("nested too deeply", "more brackets than any record has") from None
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LINE_LIMIT:
                    raise _Damaged(f"record longer than {in_megabytes(LINE_LIMIT)}", "or not JSON") from None
                if not self._grow():
                    raise _Damaged("not JSON", error.msg) from None
            except ValueError as error:  # Python's refusal to read a number of 5,000 digits
                raise _Damaged("not JSON", str(error)) from None
            else:
                # "12" at the end of what was read so far may be the beginning of "123".
                if end < len(self._text) or isinstance(value, (dict, list, str)) or not self._grow():
                    written = self._text[self._at : end]
                    self._at = end
                    return value, written

    def _grow(self) -> bool:
        # At least twice what is held, so that parsing a long element again and again stays linear.
        kept = self._text[self._at :]
        wanted, pieces = max(BLOCK, len(kept)), [kept]
        for piece in self._pieces:
            pieces.append(piece)
            wanted -= len(piece)
            if wanted <= 0:
                break
        self._text, self._at = "".join(pieces), 0
        return len(self._text) > len(kept)
