"""The Whoosh schema of an index: Whoosh fields over our own analysis.

Speeches are analysed by `engines.terms`, so a Whoosh field receives ready terms; a string given by another program
goes through `searchkit.analysis` as well, so that Whoosh's own parser sees the same words.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Token

from searchkit.analysis import analyze
from searchkit.engines.terms import Tokens
from searchkit.schema import Field, FieldKind, exact_name

__all__ = [
    "STORED_SPEECH",
    "AnalysisField",
    "PackedPositions",
    "ValuesField",
    "day_term",
    "decode_positions",
    "whoosh_schema",
]

STORED_SPEECH = "speech"
"""The Whoosh field under which a hit's stored fields hold the whole speech: a mapping."""

_Item = tuple[bytes, int, float, bytes]


def _little_endian(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def decode_positions(value: bytes) -> list[int]:
    """Which positions does the posting value `value` hold?"""
    positions = array("I", value)
    if sys.byteorder == "big":
        positions.byteswap()
    return positions.tolist()


class PackedPositions(formats.Positions):  # type: ignore[misc]
    """Whoosh's format of positions, packed as little-endian 32-bit numbers: no pickle, one read for numpy."""

    def encode(self, positions: Iterable[int]) -> bytes:
        """Under which bytes are `positions` kept?"""
        return _little_endian(array("I", positions))

    def decode_positions(self, value: bytes) -> list[int]:
        """Which positions does `value` hold?"""
        return decode_positions(value)

    def decode_frequency(self, value: bytes) -> int:
        """How many positions does `value` hold?"""
        return len(value) // 4


def _whoosh_tokens(text: str, **_options: Any) -> Iterator[Token]:
    """`searchkit.analysis` in the shape of a Whoosh analyzer."""
    analysis = analyze(text, ())
    token = Token(positions=True, chars=True, boosts=True)
    for form, position, start, end in zip(
        analysis.forms, analysis.positions, analysis.starts, analysis.ends, strict=True
    ):
        token.text, token.pos, token.startchar, token.endchar = form, position, start, end
        token.boost = 1.0
        yield token


class AnalysisField(fields.FieldType):  # type: ignore[misc]
    """Words with positions: the literal forms of a text, its stems, or the words of names."""

    def __init__(self) -> None:
        super().__init__(format=PackedPositions(), analyzer=_whoosh_tokens, scorable=True, stored=False)
        self.multitoken_query = "phrase"

    def index(self, value: Tokens | str, **_options: Any) -> Iterable[_Item]:
        """Which postings does `value` give?"""
        if isinstance(value, str):
            words = analyze(value, ())
            value = Tokens(words.forms, words.positions)
        positions_of: dict[str, list[int]] = {}
        for term, position in zip(value.terms, value.positions, strict=True):
            positions_of.setdefault(term, []).append(position)
        encode = self.format.encode
        for term, positions in positions_of.items():
            yield term.encode(), len(positions), float(len(positions)), encode(positions)


class ValuesField(fields.FieldType):  # type: ignore[misc]
    """Whole values, compared letter by letter; a speech may have several."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=False, stored=False)

    def index(self, value: Iterable[str] | str, **_options: Any) -> Iterable[_Item]:
        """Which postings does `value` give?"""
        for item in (value,) if isinstance(value, str) else value:
            yield item.encode(), 1, 1.0, b""

    def tokenize(self, value: str, **_options: Any) -> Iterator[Token]:
        """Which one token is `value`, for Whoosh's own parser?"""
        token = Token()
        token.text = value
        yield token


def whoosh_schema(declared: tuple[Field, ...]) -> fields.Schema:
    """Which Whoosh schema holds speeches with the fields `declared`?"""
    schema = fields.Schema()
    schema.add("stems", AnalysisField())
    schema.add("date_first", fields.NUMERIC(int, bits=32, shift_step=0))
    schema.add("date_last", fields.NUMERIC(int, bits=32, shift_step=0))
    schema.add(STORED_SPEECH, fields.STORED())
    for field in declared:
        words = field.kind in (FieldKind.WORDS, FieldKind.NAMES)
        schema.add(field.name, AnalysisField() if words else ValuesField())
        if field.facet:
            schema.add(exact_name(field.name), ValuesField())
    return schema


_DAYS = fields.NUMERIC(int, bits=32, shift_step=0)


def day_term(day: int) -> bytes:
    """Under which term do the fields of dates hold the ordinal `day`?"""
    return bytes(_DAYS.to_bytes(day))
