"""What a shell completes: fields of a query, and the speakers, venues and sources that an index holds."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import click

from searchkit.config import completing_shell
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
    return lambda ctx, _parameter, typed: [_quoted(name) for name in _values(ctx, field, typed)]


def complete_query(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """What may the word of a query that is `typed` become?  A field and its colon; behind it, a value of the index."""
    value = _VALUE.match(typed)
    if value is None:
        names = [f"{name}:" for name in (*(field.name for field in FIELDS), *_PREFIXES)]
        return [name for name in names if typed and name.startswith(typed)]
    minus, name, _, begun = value.groups()
    field = _ALIASES.get(name, name)
    if field not in _FACETS:
        return []
    return [_quoted(f'{minus}{name}:"{found}"') for found in _values(ctx, field, begun.strip("\"'"))]


def _values(ctx: click.Context, field: str, typed: str) -> list[str]:
    """Values of `field` that hold a word that begins with what is typed; those that begin with it come first."""
    import searchkit

    wanted = typed.replace("\\", "").strip("\"'").casefold()
    try:
        with searchkit.open(ctx.params.get("index")) as speeches:
            values = speeches.values(field)
    except (SearchkitError, OSError):
        return []  # a shell that completes has no place for an error
    begins = [value for value in values if value.casefold().startswith(wanted)]
    holds = [value for value in values if f" {wanted}" in value.casefold() and value not in begins]
    return [*begins, *holds][:_MOST]


def _quoted(text: str) -> str:
    """As bash needs it on its line; zsh and fish quote by themselves."""
    return shlex.quote(text) if completing_shell() == "bash" else text
