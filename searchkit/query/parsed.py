"""What parsing yields: the tree, and what else the text of a query asks for."""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.query.nodes import Query

__all__ = ["GROUPS", "SORTS", "Clause", "Parsed"]

SORTS = ("relevance", "newest", "oldest")
"""Orders of the answer that `sort:` knows."""


GROUPS = ("copies",)
"""What `group:` knows: near-duplicate pages as one hit."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One of the clauses that must all hold, as a query that can be answered by itself, and its place in the text."""

    query: Query
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query that was understood."""

    text: str
    query: Query
    understood: str
    """The query in words."""
    sort: str | None = None
    """The order asked for by `sort:`; None where the text does not say."""
    group: str | None = None
    """What `group:` asks to be one hit."""
    clauses: tuple[Clause, ...] = ()
    """What must hold at the top of the query; an OR there is one clause.  Each counted by itself explains a zero."""
    phrase: Query | None = None
    """The phrase that unquoted words side by side make, where there are such: the first tier."""
