"""A query written out: the read-back in the query language itself, with nothing left to be guessed.

Parsed again it gives the same query; so it is what is saved, shared, or put into an address.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from searchkit.query.nodes import (
    AllBut,
    And,
    Cased,
    DateWithin,
    Forms,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Said,
    Term,
    Tiered,
    Wildcard,
    Word,
)
from searchkit.query.parsed import Parsed
from searchkit.query.quotes import closing_mark
from searchkit.query.sayings import base_name, surface

__all__ = ["written"]

_TEXT = ("text", "stems")
_PLAIN = re.compile(r"\w[\w'’.-]*(?<!\.)")
"""A word that no sign of the language stands in, unquoted."""
_OPERATORS = ("AND", "OR", "NOT", "NEAR")


def written(parsed: Parsed) -> str:
    """How is this query written so that it can be read in one way only?

    Words as they were typed, everything joined by AND and OR, periods by their days.  What only a program's own tree
    can ask for has no such form, and neither have words typed across a sentence end: their text is given back.
    """
    try:
        _refuse_gaps(parsed.query)
        said = [_bare(parsed.query)]
    except _NoForm:
        return parsed.text
    said += [f"{name}:{value}" for name, value in (("sort", parsed.sort), ("group", parsed.group)) if value]
    return " ".join(said)


class _NoForm(Exception):
    """The query language cannot say this."""


def _refuse_gaps(node: Any) -> None:
    if isinstance(node, Phrase) and node.offsets != tuple(range(len(node.words))):
        raise _NoForm
    for part in (*node.children(), *([node.person] if getattr(node, "person", None) else [])):
        _refuse_gaps(part)


def _bare(node: Any) -> str:
    """The node without brackets of its own."""
    for kind, writer in _WRITERS.items():
        if type(node) is kind:
            return writer(node)
    raise _NoForm


def _enclosed(node: Any) -> str:
    text = _bare(node)
    return text if type(node) in _ALONE else f"({text})"


def _all(node: Any) -> str:
    return " AND ".join(_conjunct(part) for part in node.subqueries)


def _conjunct(node: Any) -> str:
    if type(node) is Tiered:
        return _bare(node)
    return f"-{_enclosed(node.query)}" if isinstance(node, Not) else _enclosed(node)


def _all_but(node: Any) -> str:
    return " AND ".join(_conjunct(part) for part in node.subqueries[1:])


def _either(node: Any) -> str:
    return " OR ".join(map(_enclosed, node.subqueries))


def _tiered(node: Any) -> str:
    words = node.words.subqueries
    if any(type(word) is Term for word in words):
        # Literal words typed in a row: the language has them one by one, so that their phrase no longer comes first.
        return " AND ".join(map(_enclosed, words))
    return " ".join(map(_word, words))


def _near(node: Any) -> str:
    return f"{_operand(node.left)} NEAR/{node.distance} {_enclosed(node.right)}"


def _operand(node: Any) -> str:
    return _bare(node) if type(node) is Near else _enclosed(node)


def _said(node: Any) -> str:
    words = f"said:({_bare(node.words)})"
    return words if node.person is None else f"{words} AND {_person(node.person)}"


def _person(node: Any) -> str:
    """The condition on the person, every clause of it behind a quoting: of its own."""
    if type(node) is And and not any(isinstance(part, Not) for part in node.subqueries):
        return " AND ".join(map(_person, node.subqueries))
    text = _bare(node)
    if type(node) in _ALONE:
        return text
    exact = "=" if "quoting:=" in text else ""
    return f"quoting:{exact}({text.replace(f'quoting:{exact}', '')})"


def _word(node: Any) -> str:
    typed = surface(node)
    if not _PLAIN.fullmatch(typed):
        raise _NoForm
    return typed.lower() if typed in _OPERATORS else typed


def _forms(node: Any) -> str:
    unquoted = any(type(form) is Word for form in node.subqueries)
    return _word(node) if unquoted else _quoted(surface(node)) + _distance(node.subqueries[0])


def _term(node: Any) -> str:
    if node.fieldname == "text":
        return f"exact:{_quoted(surface(node))}"
    name = base_name(node.fieldname)
    return f"{name}:{'=' if name != node.fieldname else ''}{_quoted(surface(node))}"


def _phrase(node: Any) -> str:
    words = _quoted(surface(node)) + _distance(node)
    return f"exact:{words}" if node.fieldname == "text" else f"{node.fieldname}:{words}"


def _cased(node: Any) -> str:
    return f"case:{_quoted(surface(node))}{_distance(node.literal)}"


def _distance(node: Any) -> str:
    return f"~{node.slop}" if getattr(node, "slop", 1) > 1 else ""


def _pattern(node: Any) -> str:
    return _of_field(node, surface(node))


def _fuzzy(node: Any) -> str:
    return _of_field(node, f"{surface(node)}~")


def _of_field(node: Any, words: str) -> str:
    return words if node.fieldname in _TEXT else f"{node.fieldname}:{words}"


def _period(node: Any) -> str:
    first, last = (
        None if day is None else datetime.date.fromordinal(day).isoformat() for day in (node.first, node.last)
    )
    if first is not None and last is not None:
        return f"date:[{first} to {last}]"
    return f"from:{first}" if last is None else f"to:{last}"


def _quoted(words: str) -> str:
    """The words between marks that they do not hold themselves."""
    for opening, closing in ('""', "“”", "«»", "「」"):
        phrase = f"{opening}{words}{closing}"
        if closing_mark(phrase, 0) == len(phrase) - 1:
            return phrase
    raise _NoForm


_WRITERS: dict[type, Callable[[Any], str]] = {
    And: _all,
    AllBut: _all_but,
    Or: _either,
    Tiered: _tiered,
    Near: _near,
    Said: _said,
    Word: _word,
    Forms: _forms,
    Term: _term,
    Phrase: _phrase,
    Cased: _cased,
    Prefix: _pattern,
    Wildcard: _pattern,
    Fuzzy: _fuzzy,
    DateWithin: _period,
}
_ALONE = frozenset((Word, Forms, Term, Phrase, Cased, Prefix, Wildcard, Fuzzy, DateWithin))
"""Nodes that need no brackets beside others."""
