"""What a shell completes: fields of a query, and the speakers, venues and other values that an index holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

import click

import searchkit
from searchkit.errors import SearchkitError
from searchkit.query.colons import SETTINGS
from searchkit.schema import FIELDS, FieldKind

__all__ = ["complete_query", "own_fields", "values_of"]

_MOST = 50
"""Names offered: more cannot be looked over."""
_PREFIXES = ("said", "case", "exact", "from", "to")
_FACETS = frozenset(field.name for field in FIELDS if field.facet)
_ALIASES = {alias: field.name for field in FIELDS for alias in field.aliases}
_WRITTEN_OUT: dict[str, tuple[str, ...]] = {
    **SETTINGS,
    **{field.name: ("yes", "no") for field in FIELDS if field.kind is FieldKind.FLAG},
}
"""Names before a colon -> the values that the language itself knows."""
_COLON = re.compile(r"(-?)([a-z][a-z0-9_]*):(=?)", re.IGNORECASE)
_BEGINS = " \t\n(|"
"""Behind these a word of a query begins."""


def complete_query(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """What may the query that is `typed` so far become?  A field and its colon; behind it, a value of the index.

    `typed` is one word of the shell, and may hold several of the query: the last of them is completed, and the others
    are given back before it.
    """
    last = _last_of(typed)
    if last.value is not None and not (last.minus and last.name in SETTINGS):
        found = _values_behind(ctx, last.name, last.value)
        if found:
            return [f"{last.before}{last.minus}{last.name}:{last.exact}{value}" for value in found]
    if last.word is None:
        return []
    start = len(typed) - len(last.word)
    minus, begun = ("-", last.word[1:]) if last.word.startswith("-") else ("", last.word)
    return [f"{typed[:start]}{minus}{name}:" for name in _names(ctx, begun, minus) if begun or minus]


@dataclass(frozen=True, slots=True)
class _Last:
    """The end of a query that is being typed: `name:value`, if there is one, and the word at the cursor."""

    before: str
    minus: str
    name: str
    exact: str
    value: str | None
    """What stands behind the last colon, blanks included: a name of two words may be typed without quotes."""
    word: str | None
    """None inside quotes: those are words of a phrase."""


def _last_of(typed: str) -> _Last:
    """How does the query end that is `typed`?"""
    begins, quoted = [0], False
    for place, char in enumerate(typed):
        quoted ^= char == '"'
        if not quoted and char in _BEGINS:
            begins.append(place + 1)
    word = None if quoted else typed[begins[-1] :]
    for start in reversed(begins):
        colon = _COLON.match(typed, start)
        if colon is not None:
            minus, name, exact = colon.groups()
            return _Last(typed[:start], minus, name, exact, typed[colon.end() :], word)
    return _Last(typed, "", "", "", None, word)


def _names(ctx: click.Context, begun: str, minus: str) -> list[str]:
    """Which names of fields begin so?  What orders or groups the answer cannot be excluded."""
    settings = () if minus else tuple(SETTINGS)
    known = (*(field.name for field in FIELDS), *own_fields(ctx), *_PREFIXES, *settings)
    return [name for name in dict.fromkeys(known) if name.startswith(begun)] or [
        alias for alias in _ALIASES if alias.startswith(begun)
    ]


def _values_behind(ctx: click.Context, name: str, begun: str) -> list[str]:
    """What may follow the colon of `name` where `begun` is typed?"""
    field = _ALIASES.get(name.lower(), name.lower())
    if field in _WRITTEN_OUT:
        return [value for value in _WRITTEN_OUT[field] if value.startswith(begun.strip("\"'").lower())]
    if field in _FACETS or name in own_fields(ctx):
        return [f'"{found}"' for found in values_of(ctx, field if field in _FACETS else name, begun)]
    return []


def own_fields(ctx: click.Context) -> tuple[str, ...]:
    """Which fields did the builder of the index add?"""
    try:
        with searchkit.open(ctx.params.get("index")) as speeches:
            return speeches.own_fields
    except (SearchkitError, OSError):
        return ()


def values_of(ctx: click.Context, field: str, typed: str) -> list[str]:
    """Which values of `field` begin with what is typed?  Where none does, those that hold a word that begins so.

    Never both: a shell replaces what is typed by what all have in common.
    """
    wanted = typed.replace("\\", "").strip("\"'").casefold()
    try:
        with searchkit.open(ctx.params.get("index")) as speeches:
            values = speeches.values(field)
    except (SearchkitError, OSError):
        return []  # a shell that completes has no place for an error
    begins = [value for value in values if value.casefold().startswith(wanted)]
    holds = [] if begins else [value for value in values if f" {wanted}" in value.casefold()]
    return [*begins, *holds][:_MOST]
