"""Pieces of the sentences in which a query is read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from searchkit.query.nodes import Forms
from searchkit.schema import exact_name

__all__ = ["base_name", "foreign", "listed", "parts", "plain", "quoted", "surface"]

_EXACT_SUFFIX = exact_name("")
_LONGEST_FOREIGN = 200
_JOINTS = frozenset(("and", "or", "also", "with", "without", "either", "not"))
"""Words of the read-back itself, which are marked where they are words of the query."""


def parts(node: Any) -> Sequence[Any]:
    """Of which nodes is `node` made?  Of itself if of no other."""
    subqueries = getattr(node, "subqueries", None)
    return [node] if subqueries is None else list(subqueries)


def surface(node: Any) -> str:
    """The words of a node as they were typed; of a node that a program made, as they are searched."""
    typed = getattr(node, "surface", None)
    if typed is not None:
        return str(typed)
    words = getattr(node, "words", None)
    return " ".join(map(str, words)) if words is not None else str(getattr(node, "text", node))


def plain(node: Any) -> str:
    """The words of a node without quotation marks, unless they would read as words of ours."""
    if isinstance(node, Forms) and len(node.subqueries) > 1:
        others = " or ".join(quoted(surface(other)) for other in node.subqueries[1:])
        return f"{plain(node.subqueries[0])} (also written {others})"
    words = surface(node)
    return f"‘{words}’" if words.lower() in _JOINTS else words


def quoted(words: str) -> str:
    return '"' + " ".join(words.split()).replace('"', "'") + '"'


def listed(words: Sequence[str], joint: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def base_name(fieldname: str | None) -> str:
    return str(fieldname).removesuffix(_EXACT_SUFFIX)


def foreign(node: Any) -> str:
    text = " ".join(repr(node).split())
    return text if len(text) <= _LONGEST_FOREIGN else f"{text[: _LONGEST_FOREIGN - 1]}…"
