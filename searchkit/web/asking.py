"""From an address to a question and back: everything that a page shows stands in its URL, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import quote, urlencode

from searchkit.errors import UsageError
from searchkit.schema import FIELDS, facet_names
from searchkit.searching.where import Where

__all__ = ["EXACT_FACETS", "FACETS", "LONGEST_QUERY", "MOST_HITS", "Question", "Sort", "speech_path"]

Sort = Literal["relevance", "newest", "oldest"]
EXACT_FACETS = facet_names(FIELDS)
"""Facets that any index has; values of them stand in addresses under these names."""
FACETS = ("speaker", "venue", "source", "year", "language", "kind")
"""Those with a box beside the results, in this order; `year` is the timeline above them."""
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
LONGEST_QUERY = 10_000
"""Code points of a query."""
MOST_HITS = 100
"""Hits on one page; exports stream the rest."""
DEEPEST = 1_000_000
"""The farthest offset: beyond it no speech stands in any corpus that one machine holds."""


def speech_path(id: str) -> str:
    """At which path does the speech `id` stand for good?"""
    return "/speech/" + quote(id, safe="/")


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for."""

    query: str = ""
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet -> the exact values ticked in its box."""
    without: tuple[str, ...] = ()
    """Facets whose bucket "none" is ticked."""
    since: str | None = None
    until: str | None = None
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0
    order: str | None = None
    """Of lines in context: oldest, newest, left, right."""
    by: str | None = None
    """The facet that a trend spreads over."""

    @classmethod
    def of(cls, parameters: Iterable[tuple[str, str]], own_fields: Iterable[str] = ()) -> Question:
        """What do the `parameters` of an address ask of an index with these fields of its own?

        Unknown ones are left to whoever put them there.
        Raises UsageError for a number that is none, an order that there is not, and a query without an end.
        """
        known = frozenset((*EXACT_FACETS, *own_fields))
        selected: dict[str, list[str]] = {}
        single: dict[str, str] = {}
        without: list[str] = []
        for name, value in parameters:
            if name in known and value:
                selected.setdefault(name, []).append(value)
            elif name == "without" and value in known:
                without.append(value)
            else:
                single[name] = value
        named = single.get("sort") or "relevance"
        sort = next((sort for sort in SORTS if sort == named), None)
        if sort is None:
            raise UsageError(f"there is no order {named[:40]!r}; there are {', '.join(SORTS)}")
        query = single.get("q", "").strip()
        if len(query) > LONGEST_QUERY:
            raise UsageError(f"a query has {LONGEST_QUERY:,} characters at most")
        return cls(
            query=query,
            selected={name: tuple(dict.fromkeys(values)) for name, values in selected.items()},
            without=tuple(dict.fromkeys(without)),
            since=single.get("from") or None,
            until=single.get("to") or None,
            sort=sort,
            limit=_number(single.get("limit"), "limit", 10, MOST_HITS),
            offset=_number(single.get("offset"), "offset", 0, DEEPEST),
            order=single.get("order") or None,
            by=single.get("by") or None,
        )

    @property
    def where(self) -> Where:
        """The filters beside the query, as the library takes them."""
        exact: dict[str, tuple[str | None, ...]] = dict(self.selected)
        for name in self.without:
            exact[name] = (*exact.get(name, ()), None)
        return Where(exact=exact, since=self.since, until=self.until)

    @property
    def filtered(self) -> bool:
        """Is anything chosen beside the query?"""
        return bool(self.selected or self.without or self.since or self.until)

    def parameters(self) -> list[tuple[str, str]]:
        """Under which parameters does this question stand in an address?  Defaults are left out."""
        pairs: list[tuple[str, str | None]] = [("q", self.query)]
        pairs += [(name, value) for name, values in self.selected.items() for value in values]
        pairs += [("without", name) for name in self.without]
        pairs += [("from", self.since), ("to", self.until)]
        pairs += [("sort", self.sort if self.sort != "relevance" else None)]
        pairs += [("order", self.order), ("by", self.by)]
        pairs += [("limit", str(self.limit) if self.limit != 10 else None)]
        pairs += [("offset", str(self.offset) if self.offset else None)]
        return [(name, value) for name, value in pairs if value]

    def link(self, path: str = "/", **changes: Any) -> str:
        """At which address does this question stand, with `changes` made to it?  Any change leads to the first hit."""
        return path + "?" + urlencode(self.changed(**changes).parameters())

    def changed(self, **changes: Any) -> Question:
        """The same question with `changes` made to it, from its first hit on."""
        return replace(self, **{"offset": 0, **changes})

    def suffix(self) -> str:
        """What stands behind the address of a speech, so that it shows what was searched for?"""
        return "?" + urlencode([("q", self.query)]) if self.query else ""

    def toggled(self, name: str, value: str | None) -> Question:
        """The same question with `value` (None: speeches without one) of the facet `name` ticked, or no longer."""
        if value is None:
            ticked = tuple(kept for kept in self.without if kept != name)
            return replace(self, without=ticked if name in self.without else (*self.without, name), offset=0)
        values = self.selected.get(name, ())
        changed = tuple(kept for kept in values if kept != value) if value in values else (*values, value)
        selected = {**self.selected, name: changed}
        return replace(self, selected={key: kept for key, kept in selected.items() if kept}, offset=0)


def _number(text: str | None, name: str, default: int, most: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"{name} is a number from 0 to {most:,}, not {text[:40]!r}")
    if len(text) > 9 or int(text) > most:
        raise UsageError(f"{name} goes up to {most:,}; an export streams everything")
    return int(text)
