"""What others need to know of a query tree without evaluating it: its forms, its phrase tier, its limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.errors import QueryError
from searchkit.query import nodes

__all__ = [
    "MAX_EXPANSION",
    "asked_words",
    "conjuncts",
    "forms_of",
    "positive_words",
    "tier_phrases",
    "too_many_words",
    "unknown_node",
]

MAX_EXPANSION = 10_000
"""Words of the vocabulary that one wildcard may stand for; more is an error, never a cut list."""


def conjuncts(query: nodes.Query) -> Iterator[nodes.Query]:
    """Which parts of `query` must all hold?"""
    if type(query) is nodes.And:
        for child in query.children():
            yield from conjuncts(child)
    else:
        yield query


def tier_phrases(query: nodes.Query) -> list[nodes.Query]:
    """Which phrases must a speech hold to be in the first tier of `query`?  None: the query has no tiers."""
    if isinstance(query, nodes.Tiered):
        return [query.phrase]
    if type(query) is nodes.And:
        return [phrase for child in query.children() for phrase in tier_phrases(child)]
    return []


def forms_of(query: nodes.Query) -> Iterator[tuple[str, nodes.Query]]:
    """Which written forms does `query` look for where it looks for several, each as a query of its own?

    ceasefire -> ("ceasefire", ...), ("cease fire", ...).  What is asked to be absent has no forms to show.
    """
    seen: set[str] = set()
    for label, form in _forms(query):
        if label not in seen:
            seen.add(label)
            yield label, form


def _forms(query: nodes.Query) -> Iterator[tuple[str, nodes.Query]]:
    if isinstance(query, nodes.Forms):
        yield from zip(query.labels, query.children(), strict=True)
    elif isinstance(query, nodes.Tiered):
        yield from _forms(query.words)
        yield from _forms(query.phrase)
    elif not isinstance(query, nodes.StockNot):
        for child in query.children():
            yield from _forms(child)


_LEAVES = (nodes.Term, nodes.StockPhrase, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)


def asked_words(query: nodes.Query) -> Iterator[Any]:
    """Which words, phrases and patterns stand in `query`, those to be absent included?"""
    if isinstance(query, _LEAVES):
        yield query
    else:
        for child in query.children():
            yield from asked_words(child)


def positive_words(query: nodes.Query) -> Iterator[Any]:
    """Which words, phrases and patterns of `query` must or may be there?  A node of places.py scores as their sum."""
    if isinstance(query, _LEAVES):
        yield query
    elif not isinstance(query, nodes.StockNot):
        for child in query.children():
            yield from positive_words(child)


def _place(query: Any) -> tuple[int, int]:
    return getattr(query, "startchar", None) or 0, getattr(query, "endchar", None) or 0


def too_many_words(query: Any) -> QueryError:
    """The error for a wildcard that stands for more words than can be looked up."""
    start, end = _place(query)
    return QueryError(
        f"{query.text!r} stands for more than {MAX_EXPANSION:,} different words here; give it more letters",
        start=start,
        end=end,
    )


def unknown_node(query: Any) -> QueryError:
    """The error for a kind of node that the engines do not evaluate."""
    return QueryError(f"a query tree with {type(query).__name__} cannot be answered here")
