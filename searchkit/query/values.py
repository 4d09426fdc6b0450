"""From `field:value` to a node: what a value means depends on the kind of the field.

WORDS and NAMES take words, phrases and wildcards; VALUE compares folded and whole; KEY as it stands; DATE takes
periods; FLAG yes or no.  `:=` asks for an exact value of a facet.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from searchkit.analysis import fold_value
from searchkit.query.nodes import DateWithin, Query, Term, placed
from searchkit.query.periods import read_period
from searchkit.query.pieces import Piece, shown
from searchkit.query.profile import Profile
from searchkit.query.tokens import MINUS
from searchkit.query.words import Manner, Wording, is_fuzzy, is_pattern, no_word
from searchkit.schema import Field, FieldKind, exact_name

__all__ = ["Reading", "Value", "field_named", "read_value", "refuse_signs"]

_FLAGS = ("yes", "no")

_OTHER_WORDS = {
    # what other systems, or later versions of this one, call it -> what it is here
    "after": "from",
    "since": "from",
    "before": "to",
    "until": "to",
    "year": "date",
    "month": "date",
    "day": "date",
    "lang": "language",
    "about": "text",
}
_LONE_SIGNS = {
    # a sign that stands alone -> what to do, and what may be put in its place
    "&": ("write AND, or nothing at all: words side by side must all occur", ("AND",)),
    "&&": ("write AND, or nothing at all: words side by side must all occur", ("AND",)),
    "-": ("a minus stands right before what it excludes, as in -word; a dash is not searched for", ()),
    "--": ("one minus, right before what it excludes, as in -word; a dash is not searched for", ()),
    "*": ("a wildcard needs letters before it, as in decl*", ()),
    ":": ("a field and its colon stand together, as in speaker:aliyev", ()),
}
_NOT_FIELDS = ("said", "case", "exact", "from", "to", "sort", "group")
"""Names that stand before a colon without being fields."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a value needs to know: the corpus, and which day is today."""

    profile: Profile
    today: datetime.date

    def wording(self, field: Field | None = None, manner: Manner = Manner.USUAL) -> Wording:
        """How are words of `field` (None: bare words) built?"""
        if field is not None and field.kind is FieldKind.NAMES:
            return Wording(field.name)
        name = "text" if field is None else field.name
        if manner is not Manner.USUAL:
            return Wording(name, manner=manner)
        profile = self.profile
        return Wording(name, profile.languages, profile.compounds, profile.never_joined, profile.names)


@dataclass(frozen=True, slots=True)
class Value:
    """A value as typed: its words, whether quoted, whether asked for exactly (:=), and the distance of a phrase."""

    piece: Piece
    quoted: bool = False
    exact: bool = False
    slop: int = 1


def field_named(name: Piece, profile: Profile) -> Field:
    """Which field does the user mean?  Raises QueryError with the nearest names if there is none."""
    wanted = name.text.lower()
    for field in profile.fields:
        if wanted == field.name.lower() or wanted in field.aliases:
            return field
    names = [*(field.name for field in profile.fields), *_NOT_FIELDS]
    known = [*(spelling for field in profile.fields for spelling in (field.name, *field.aliases)), *_NOT_FIELDS]
    import difflib

    near = difflib.get_close_matches(wanted, known, n=3)
    if wanted in _OTHER_WORDS:
        near = [_OTHER_WORDS[wanted], *near]
    near = list(dict.fromkeys(near))
    meant = f"; did you mean {near[0]}:" if near else f": the fields are {', '.join(names)}"
    raise name.error(
        f'there is no field {name.shown!r}{meant}.  To search for the word itself, quote it: "{name.shown}:"', *near
    )


def read_value(field: Field, value: Value, reading: Reading) -> Query:
    """Which node is `field:value`?  Raises QueryError where the field cannot be asked so."""
    if value.exact and field.kind is not FieldKind.KEY:
        return _exact(field, value)
    return _READERS[field.kind](field, value, reading)


def refuse_signs(piece: Piece) -> None:
    """Raise QueryError where an unquoted word holds a sign that other languages, or later versions, give a meaning."""
    text = piece.text
    if text in _LONE_SIGNS:
        advice, suggestions = _LONE_SIGNS[text]
        raise piece.error(f"{text!r} alone is no word: {advice}", *suggestions)
    if text.startswith("["):
        raise piece.error("square brackets stand only behind date:, as in date:[2005 to 2009]; quote other words")
    if text[0] in MINUS:
        raise piece.error(f"one minus excludes, with a blank before it: write -{shown(text.lstrip(MINUS))}")
    if text.startswith("!") and len(text) > 1:
        raise piece.error(f"a ! excludes nothing here: write -{shown(text[1:])}", f"-{text[1:]}")
    sign = next((sign for sign in "~^" if sign in text), None)
    if sign == "~":
        raise piece.error(
            f"{piece.shown!r}: a ~ stands behind one word, for spellings one letter apart (word~), or behind a phrase, "
            'for words further apart ("a b"~5)',
            *(f"{word}~" for word in _without(text, sign)),
        )
    if sign == "^":
        raise piece.error(f"{piece.shown!r}: words have no weights here: leave out the ^", *_without(text, sign))


def _without(text: str, sign: str) -> tuple[str, ...]:
    word = text.partition(sign)[0]
    return (word,) if word else ()


def _exact(field: Field, value: Value) -> Query:
    if field.kind is FieldKind.FLAG:
        return _flag(field, value)
    if not field.facet:
        raise value.piece.error(
            f'{field.name}: has no exact values: write {field.name}:"{value.piece.shown}" without the ='
        )
    _refuse_distance(field, value)
    return _placed(Term(exact_name(field.name), value.piece.text), value)


def _words(field: Field, value: Value, reading: Reading) -> Query:
    wording = reading.wording(field)
    if value.quoted:
        return wording.phrase(value.piece, value.slop)
    if is_fuzzy(value.piece.text):
        return wording.fuzzy(value.piece)
    refuse_signs(value.piece)
    return wording.pattern(value.piece) if is_pattern(value.piece.text) else wording.bare(value.piece)


def _value(field: Field, value: Value, _reading: Reading) -> Query:
    if not value.quoted:
        refuse_signs(value.piece)
        if is_pattern(value.piece.text):
            raise value.piece.error(f"{field.name}: compares whole values, without wildcards: {value.piece.shown!r}")
    _refuse_distance(field, value)
    folded = fold_value(value.piece.text)
    if not folded:
        raise no_word(value.piece)
    return _placed(Term(field.name, folded), value)


def _key(field: Field, value: Value, _reading: Reading) -> Query:
    _refuse_distance(field, value)
    return _placed(Term(field.name, value.piece.text), value)


def _flag(field: Field, value: Value, _reading: Reading | None = None) -> Query:
    _refuse_distance(field, value)
    flag = value.piece.text.strip().lower()
    if flag not in _FLAGS:
        raise value.piece.error(f"{field.name}: is yes or no, not {value.piece.shown!r}", *_FLAGS)
    return _placed(Term(field.name, flag), value)


def _date(field: Field, value: Value, reading: Reading) -> Query:
    _refuse_distance(field, value)
    period = read_period(value.piece, reading.today)
    return _placed(DateWithin(period.first, period.last), value)


def _refuse_distance(field: Field, value: Value) -> None:
    if value.slop > 1:
        raise value.piece.error(f"{field.name}: takes no distance: leave out the ~{value.slop}")


def _placed(node: Query, value: Value) -> Query:
    return placed(node, value.piece.start, value.piece.end, value.piece.text)


_READERS: dict[FieldKind, Callable[[Field, Value, Reading], Query]] = {
    FieldKind.WORDS: _words,
    FieldKind.NAMES: _words,
    FieldKind.VALUE: _value,
    FieldKind.KEY: _key,
    FieldKind.FLAG: _flag,
    FieldKind.DATE: _date,
}
