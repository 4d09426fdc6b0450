"""NEAR: which clauses may stand beside it, and which node they make."""

from __future__ import annotations

from typing import Any

from searchkit.query.combining import Part, PartKind
from searchkit.query.nodes import (
    AllBut,
    And,
    Cased,
    Forms,
    Fuzzy,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
    Word,
    placed,
)
from searchkit.query.pieces import Piece
from searchkit.schema import FIELDS, FieldKind

__all__ = ["near"]

_OF_WORDS = frozenset(field.name for field in FIELDS if field.kind in (FieldKind.WORDS, FieldKind.NAMES))
_SAME_TEXT = {"stems": "text", "cased": "text"}


def near(left: Part, right: Part, operator: Piece, distance: int) -> Part:
    """Which clause is `left NEAR/distance right`?  Raises QueryError where one of them has no place in a text."""
    for part in (left, right):
        _refuse(part)
    if len(_fields(left.query) | _fields(right.query)) > 1:
        raise left.piece.to(right.piece).error(
            f"{operator.shown} joins words of one text, and these are of {' and '.join(sorted(_names(left, right)))}"
        )
    piece = left.piece.to(right.piece)
    node = placed(Near(left.query, right.query, distance), piece.start, piece.end)
    return Part(node, piece)


def _refuse(part: Part) -> None:
    if part.kind is PartKind.SAID:
        raise part.piece.error("said: encloses all that is said: write said:(a NEAR/5 b)")
    problem = _problem(part.query)
    if problem is not None:
        raise part.piece.error(problem, *_as_phrase(part))


def _problem(query: Query) -> str | None:
    """Why can `query` not stand beside NEAR?"""
    if isinstance(query, (Word, Forms, Cased, Near)) or (isinstance(query, _WORDS) and query.fieldname in _TEXTS):
        return None
    if type(query) is Or:
        return next((problem for child in query.children() if (problem := _problem(child))), None)
    if isinstance(query, AllBut):
        return "NEAR joins what is there: nothing beside it can be excluded"
    if type(query) is And:
        return "beside NEAR stand words, phrases, groups with OR, other NEARs, but no words that are joined by AND"
    return "NEAR joins words and phrases; a filter stands apart from it"


def _as_phrase(part: Part) -> tuple[str, ...]:
    words = part.piece.text.strip("()").split()
    simple = type(part.query) is And and all(word.isalnum() and not word.isupper() for word in words)
    return (f'"{" ".join(words)}"',) if simple else ()


def _fields(query: Any) -> set[str]:
    if isinstance(query, _WORDS):
        return {_SAME_TEXT.get(query.fieldname, query.fieldname)}
    return {field for child in query.children() for field in _fields(child)}


def _names(*parts: Part) -> set[str]:
    return {field for part in parts for field in _fields(part.query)}


_WORDS = (Term, Phrase, Prefix, Wildcard, Fuzzy)
_TEXTS = _OF_WORDS | {"stems"}
