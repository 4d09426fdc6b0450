"""describe: a query tree in words, so that a reader sees what was understood.

Complete and unambiguous for every tree that the parser writes: commas join what must all hold, brackets enclose what
belongs together.  Any other tree is rendered as well as can be, never with an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from searchkit.query.nodes import (
    AllBut,
    And,
    Cased,
    DateWithin,
    DisjunctionMax,
    Every,
    Forms,
    Fuzzy,
    Near,
    NoValue,
    NullQuery,
    NumericRange,
    Or,
    Prefix,
    Query,
    Said,
    StockNot,
    StockPhrase,
    Term,
    Tiered,
    Wildcard,
    Word,
)
from searchkit.query.periods import period_words
from searchkit.query.sayings import base_name, foreign, listed, parts, plain, quoted, surface

__all__ = ["condition", "describe"]

_ORDER_WORDS = {"relevance": "most relevant first", "newest": "newest first", "oldest": "oldest first"}

_FIELD_WORDS = {
    # field -> how a condition on it is said; {} is what was asked for, in quotation marks
    "title": "with {} in the title",
    "event": "with {} in the event's name",
    "speaker": "by a speaker named {}",
    "quoting": "quoting a person named {}",
    "venue": "at a venue named {}",
    "source": "from the source {}",
    "kind": "of the kind {}",
    "language": "in the language {}",
    "role": "by a speaker in the role {}",
    "id": "with the id {}",
    "page": "on the page {}",
    "url": "at the address {}",
}
_OWN_FIELD_WORDS = "with the {field} {{}}"
_WORDS_FIELDS = ("text", "title", "event")
"""Fields whose read-back says whether a word, a phrase or a pattern was asked for."""


def describe(query: Query, sort: str | None = None, group: str | None = None) -> str:
    """What does `query` ask for, in words?  `sort` is the order asked for, `group` what is to be one hit.

    '"Shusha Declaration" speaker:aliyev date:2024' reads back as
    'speeches with the phrase "Shusha Declaration", by a speaker named "aliyev", from 2024'.
    """
    ordered = "" if sort is None else f", {_ORDER_WORDS.get(sort, sort)}"
    ordered += "" if group is None else f", {group} as one"
    if isinstance(query, Every) and not query.fieldname:
        return f"all speeches{ordered}"
    return f"speeches {condition(query)}{ordered}"


def condition(query: Query) -> str:
    """What must hold of a speech that `query` finds, in words that follow "speeches"?"""
    try:
        return _said(query, outermost=True)
    except RecursionError:
        return "that match a query nested too deeply to be told"


def _said(node: Any, *, outermost: bool = False) -> str:
    """The condition `node` in words; a compound stands in brackets unless it is the outermost."""
    for kind, words in _SAID.items():
        if isinstance(node, kind):
            return words(node)
    for compound, joined in _COMPOUNDS.items():
        if isinstance(node, compound):
            inside = joined(node)
            return inside if outermost or len(parts(node)) == 1 else f"({inside})"
    if isinstance(node, type(NullQuery)):
        return "that cannot exist"
    return f"that match {foreign(node)}"


def _denied(node: Any) -> str:
    """The condition that `node` does not hold, in words."""
    said = _said(node)
    if said.startswith("with "):
        return f"without {said[len('with ') :]}"
    return f"not {said}"


# -- what is said of one leaf ------------------------------------------------------------------------------------------


def _word(node: Any) -> str:
    return f"with the word {plain(node)}"


def _term(node: Any) -> str:
    if base_name(node.fieldname) == "procedural":
        return "marked procedural" if node.text == "yes" else "marked as not procedural"
    if node.fieldname == "stems":
        language, _, stem = str(node.text).rpartition(":")
        return f"with words of the stem {quoted(stem)}" + (f" ({language})" if language else "")
    return _of_field(node.fieldname, quoted(surface(node)), "the exact word")


def _phrase(node: Any) -> str:
    words = quoted(surface(node))
    if node.slop > 1:
        words += _distance(node)
    return _of_field(node.fieldname, words, "the phrase")


def _prefix(node: Any) -> str:
    if node.fieldname not in _WORDS_FIELDS:
        return _of_field(node.fieldname, quoted(f"{node.text}*"), "")
    return _of_field(node.fieldname, quoted(str(node.text)), "words that begin with")


def _wildcard(node: Any) -> str:
    return _of_field(node.fieldname, quoted(str(node.text)), "words of the pattern")


def _fuzzy(node: Any) -> str:
    return _of_field(node.fieldname, f"{quoted(surface(node))} (but for one letter)", "words spelled like")


def _cased(node: Any) -> str:
    what = "the phrase" if isinstance(node.words, StockPhrase) else "the word"
    distance = "" if node.literal.__dict__.get("slop", 1) == 1 else _distance(node.literal)
    return f"with {what} {quoted(surface(node))}{distance} in these capitals"


def _distance(node: Any) -> str:
    return f" (in this order, each word at most {node.slop} places behind the one before)"


def _forms(node: Any) -> str:
    if not node.subqueries:
        return "that cannot exist"
    first, *others = node.subqueries
    also = " or ".join(quoted(surface(other)) for other in others)
    return f"{_said(first)} (also written {also})" if others else _said(first)


def _tiered(node: Any) -> str:
    words = [plain(part) for part in parts(node.words)]
    said = f"with the words {listed(words, 'and')}"
    phrase = node.phrase
    if not isinstance(phrase, Forms):
        return f"{said} (those with the exact phrase {quoted(surface(phrase))} first)"
    labels = [quoted(label) for label in phrase.labels]
    either = listed(labels, "or")
    return f"{said} (or {listed(labels[1:], 'or')}; those with the exact phrase {either} first)"


def _period(node: Any) -> str:
    return period_words(node.first, node.last)


def _no_value(node: Any) -> str:
    return f"without any {base_name(node.fieldname)}"


def _every(node: Any) -> str:
    return f"with any {base_name(node.fieldname)}" if node.fieldname else "of any sort"


def _range(node: Any) -> str:
    ends = [f"from {node.start}"] if node.start is not None else []
    ends += [f"to {node.end}"] if node.end is not None else []
    return f"with a {node.fieldname} {' '.join(ends) or 'of any value'}"


def _of_field(fieldname: str, words: str, what: str) -> str:
    if fieldname == "text":
        return f"with {what} {words}"
    name = base_name(fieldname)
    said = _FIELD_WORDS.get(name, _OWN_FIELD_WORDS.format(field=name))
    if name != fieldname:
        words = f"exactly {words}"
    elif name in _WORDS_FIELDS:
        words = f"{what} {words}"
    return said.replace("{}", words)


# -- what is said of compounds -----------------------------------------------------------------------------------------


def _all(node: Any) -> str:
    said = [
        _denied(part.query) if isinstance(part, StockNot) else _said(part)
        for part in parts(node)
        if not (isinstance(part, Every) and not part.fieldname and len(parts(node)) > 1)
    ]
    return ", ".join(said) or "of any sort"


def _near(node: Any) -> str:
    places = "next to" if node.distance == 1 else f"within {node.distance} places of"
    return f"{_said(node.left)} {places} {_said(node.right).removeprefix('with ')}"


def _in_speech(node: Any) -> str:
    if node.person is None:
        return f"{_said(node.words)} in direct speech"
    return f"{_said(node.words)} in one quotation ({_said(node.person, outermost=True)})"


def _either(node: Any) -> str:
    said = listed([_said(part) for part in parts(node)], "or")
    return f"either {said}" if len(parts(node)) > 1 else said or "that cannot exist"


_SAID: dict[type, Callable[[Any], str]] = {
    # in this order: subclasses before their bases
    Word: _word,
    Forms: _forms,
    Tiered: _tiered,
    DateWithin: _period,
    NoValue: _no_value,
    StockPhrase: _phrase,
    Term: _term,
    Prefix: _prefix,
    Wildcard: _wildcard,
    Fuzzy: _fuzzy,
    Cased: _cased,
    NumericRange: _range,
    Every: _every,
    StockNot: lambda node: _denied(node.query),
}
_COMPOUNDS: dict[type, Callable[[Any], str]] = {
    Near: _near,
    Said: _in_speech,
    AllBut: _all,
    And: _all,
    Or: _either,
    DisjunctionMax: _either,
}
