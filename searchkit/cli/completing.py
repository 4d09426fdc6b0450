"""What a shell completes: fields of a query, and the speakers, venues and sources that an index holds."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

from searchkit.errors import SearchkitError
from searchkit.schema import FIELDS

__all__ = ["complete_names", "complete_query"]

_MOST = 50
"""Names offered: more cannot be looked over."""
_PREFIXES = ("said", "case", "exact", "from", "to", "sort", "group")
_FACETS = frozenset(field.name for field in FIELDS if field.facet)
_ALIASES = {alias: field.name for field in FIELDS for alias in field.aliases}
_VALUE = re.compile(r"(-?)([a-z]+):(=?)(.*)\Z", re.DOTALL)

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def complete_names(field: str) -> Complete:
    """Which completer offers the values of `field` in the index?"""
    return lambda ctx, _parameter, typed: _values(ctx, field, typed)


def complete_query(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """What may the word of a query that is `typed` become?  A field and its colon; behind it, a value of the index."""
    value = _VALUE.match(typed)
    if value is None:
        names = [f"{name}:" for name in (*(field.name for field in FIELDS), *_PREFIXES)]
        return [name for name in names if typed and name.startswith(typed)]
    minus, name, exact, begun = value.groups()
    field = _ALIASES.get(name, name)
    if field not in _FACETS:
        return []
    return [f'{minus}{name}:{exact}"{found}"' for found in _values(ctx, field, begun.strip("\"'"))]


def _values(ctx: click.Context, field: str, typed: str) -> list[str]:
    """Values of `field` that begin with what is typed; where none does, those that hold a word that begins so.

    Never both: a shell replaces what is typed by what all have in common.
    """
    import searchkit

    wanted = typed.replace("\\", "").strip("\"'").casefold()
    try:
        with searchkit.open(ctx.params.get("index")) as speeches:
            values = speeches.values(field)
    except (SearchkitError, OSError):
        return []  # a shell that completes has no place for an error
    begins = [value for value in values if value.casefold().startswith(wanted)]
    holds = [] if begins else [value for value in values if f" {wanted}" in value.casefold()]
    return [*begins, *holds][:_MOST]
