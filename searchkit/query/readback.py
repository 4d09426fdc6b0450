"""describe: a query tree in words, so that a reader sees what was understood.

Complete and unambiguous for every tree that the parser writes: commas join what must all hold, brackets enclose what
belongs together.  Any other tree is rendered as well as can be, never with an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from searchkit.query.nodes import (
    AllBut,
    And,
    DateWithin,
    DisjunctionMax,
    Every,
    Forms,
    NoValue,
    NullQuery,
    NumericRange,
    Or,
    Prefix,
    Query,
    StockNot,
    StockPhrase,
    Term,
    Tiered,
    Wildcard,
    Word,
)
from searchkit.query.periods import period_words
from searchkit.schema import exact_name

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
_EXACT_SUFFIX = exact_name("")
_JOINTS = frozenset(("and", "or", "also", "with", "without", "either", "not"))
"""Words of the read-back itself, which are marked where they are words of the query."""
_LONGEST_FOREIGN = 200


def describe(query: Query, sort: str | None = None) -> str:
    """What does `query` ask for, in words?  `sort` is the order asked for.

    '"Shusha Declaration" speaker:aliyev date:2024' reads back as
    'speeches with the phrase "Shusha Declaration", by a speaker named "aliyev", from 2024'.
    """
    ordered = "" if sort is None else f", {_ORDER_WORDS.get(sort, sort)}"
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
            return inside if outermost or len(_parts(node)) == 1 else f"({inside})"
    if isinstance(node, type(NullQuery)):
        return "that cannot exist"
    return f"that match {_foreign(node)}"


def _denied(node: Any) -> str:
    """The condition that `node` does not hold, in words."""
    said = _said(node)
    if said.startswith("with "):
        return f"without {said[len('with ') :]}"
    return f"not {said}"


# -- what is said of one leaf ------------------------------------------------------------------------------------------


def _word(node: Any) -> str:
    return f"with the word {_plain(node)}"


def _term(node: Any) -> str:
    if _base_name(node.fieldname) == "procedural":
        return "marked procedural" if node.text == "yes" else "marked as not procedural"
    if node.fieldname == "stems":
        language, _, stem = str(node.text).rpartition(":")
        return f"with words of the stem {_quoted(stem)}" + (f" ({language})" if language else "")
    return _of_field(node.fieldname, _quoted(_surface(node)), "the exact word")


def _phrase(node: Any) -> str:
    words = _quoted(_surface(node))
    if node.slop > 1:
        words += f" (in this order, each word at most {node.slop} places behind the one before)"
    return _of_field(node.fieldname, words, "the phrase")


def _prefix(node: Any) -> str:
    if node.fieldname not in _WORDS_FIELDS:
        return _of_field(node.fieldname, _quoted(f"{node.text}*"), "")
    return _of_field(node.fieldname, _quoted(str(node.text)), "words that begin with")


def _wildcard(node: Any) -> str:
    return _of_field(node.fieldname, _quoted(str(node.text)), "words of the pattern")


def _forms(node: Any) -> str:
    if not node.subqueries:
        return "that cannot exist"
    first, *others = node.subqueries
    also = " or ".join(_quoted(_surface(other)) for other in others)
    return f"{_said(first)} (also written {also})" if others else _said(first)


def _tiered(node: Any) -> str:
    words = [_plain(part) for part in _parts(node.words)]
    said = f"with the words {_listed(words, 'and')}"
    phrase = node.phrase
    if not isinstance(phrase, Forms):
        return f"{said} (those with the exact phrase {_quoted(_surface(phrase))} first)"
    labels = [_quoted(label) for label in phrase.labels]
    either = _listed(labels, "or")
    return f"{said} (or {_listed(labels[1:], 'or')}; those with the exact phrase {either} first)"


def _period(node: Any) -> str:
    return period_words(node.first, node.last)


def _no_value(node: Any) -> str:
    return f"without any {_base_name(node.fieldname)}"


def _every(node: Any) -> str:
    return f"with any {_base_name(node.fieldname)}" if node.fieldname else "of any sort"


def _range(node: Any) -> str:
    ends = [f"from {node.start}"] if node.start is not None else []
    ends += [f"to {node.end}"] if node.end is not None else []
    return f"with a {node.fieldname} {' '.join(ends) or 'of any value'}"


def _of_field(fieldname: str, words: str, what: str) -> str:
    if fieldname == "text":
        return f"with {what} {words}"
    name = _base_name(fieldname)
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
        for part in _parts(node)
        if not (isinstance(part, Every) and not part.fieldname and len(_parts(node)) > 1)
    ]
    return ", ".join(said) or "of any sort"


def _either(node: Any) -> str:
    parts = _parts(node)
    said = _listed([_said(part) for part in parts], "or")
    return f"either {said}" if len(parts) > 1 else said or "that cannot exist"


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
    NumericRange: _range,
    Every: _every,
    StockNot: lambda node: _denied(node.query),
}
_COMPOUNDS: dict[type, Callable[[Any], str]] = {
    AllBut: _all,
    And: _all,
    Or: _either,
    DisjunctionMax: _either,
}


# -- pieces of sentences -----------------------------------------------------------------------------------------------


def _parts(node: Any) -> Sequence[Any]:
    parts = getattr(node, "subqueries", None)
    return [node] if parts is None else list(parts)


def _surface(node: Any) -> str:
    """The words of a node as they were typed; of a node that a program made, as they are searched."""
    surface = getattr(node, "surface", None)
    if surface is not None:
        return str(surface)
    words = getattr(node, "words", None)
    return " ".join(map(str, words)) if words is not None else str(getattr(node, "text", node))


def _plain(node: Any) -> str:
    """The words of a node without quotation marks, unless they would read as words of ours."""
    if isinstance(node, Forms) and len(node.subqueries) > 1:
        others = " or ".join(_quoted(_surface(other)) for other in node.subqueries[1:])
        return f"{_plain(node.subqueries[0])} (also written {others})"
    surface = _surface(node)
    return f"‘{surface}’" if surface.lower() in _JOINTS else surface


def _quoted(words: str) -> str:
    return '"' + " ".join(words.split()).replace('"', "'") + '"'


def _listed(words: Sequence[str], joint: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def _base_name(fieldname: str | None) -> str:
    return str(fieldname).removesuffix(_EXACT_SUFFIX)


def _foreign(node: Any) -> str:
    text = " ".join(repr(node).split())
    return text if len(text) <= _LONGEST_FOREIGN else f"{text[: _LONGEST_FOREIGN - 1]}…"
