"""What of an answer is wanted, and the refusal of what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from searchkit.engines.base import Engine, Sort, Unit
from searchkit.errors import UsageError
from searchkit.query import GROUPS
from searchkit.schema import DATES, facet_names

__all__ = [
    "MOST_FACET_VALUES",
    "SNIPPETS",
    "Asked",
    "known_facets",
    "known_group",
    "known_sort",
    "known_unit",
    "not_negative",
]

_SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
MOST_FACET_VALUES = 50
SNIPPETS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What of an answer is wanted."""

    facets: tuple[str, ...] = ()
    facet_limit: int = MOST_FACET_VALUES
    sort: Sort | None = None
    limit: int = 0
    offset: int = 0
    snippets: int = SNIPPETS
    literal: bool = False
    collapsed: bool = False
    explain: bool = False
    unit: Unit = "speeches"


def known_facets(facets: Sequence[str], engine: Engine) -> tuple[str, ...]:
    """Which facets are `facets`, each once?  Raises UsageError for a name that is none."""
    if not facets:
        return ()
    known = (*facet_names(engine.profile.fields), DATES)
    for name in facets:
        if name not in known:
            raise UsageError(f"{name!r} is no facet; there are {', '.join(known)}")
    return tuple(dict.fromkeys(facets))


def known_sort(sort: str) -> Sort:
    """Which order is `sort`?  Raises UsageError for any other word."""
    for known in _SORTS:
        if sort == known:
            return known
    raise UsageError(f"there is no order {sort!r}; there are {', '.join(_SORTS)}")


def known_group(group: str | None) -> str | None:
    """Which group is `group`?  Raises UsageError for any other word."""
    if group not in (None, *GROUPS):
        raise UsageError(f"there are no groups by {group!r}; there is {', '.join(GROUPS)}")
    return group


def known_unit(unit: str) -> Unit:
    """What do facets count?  Raises UsageError for what cannot be counted."""
    for known in get_args(Unit):
        if unit == known:
            return cast(Unit, known)
    raise UsageError(f"facets count {', '.join(get_args(Unit))}, not {unit!r}")


def not_negative(name: str, value: int) -> int:
    """Which number is `value`?  Raises UsageError if it is negative."""
    if value < 0:
        raise UsageError(f"{name} must not be negative")
    return value
