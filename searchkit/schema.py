"""What a speech looks like in any index: every field, declared once.

Engines, the query parser, CLI options and facets derive from FIELDS; a new field is one line here and one extractor.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from searchkit.errors import UsageError

__all__ = [
    "DATES",
    "DATE_FACETS",
    "FIELDS",
    "RECORD_KEYS",
    "Field",
    "FieldKind",
    "exact_name",
    "facet_names",
    "with_own_fields",
]


class FieldKind(enum.Enum):
    """How a field is matched."""

    KEY = "key"
    """Compared as it stands, letter by letter."""
    WORDS = "words"
    """Searched like text: words, phrases, prefixes."""
    NAMES = "names"
    """Words in a row within one name; the exact name is a facet value."""
    VALUE = "value"
    """Compared folded and whole; the exact value is a facet value."""
    DATE = "date"
    """A day, month or year; filtered by period, counted by year and month."""
    FLAG = "flag"
    """yes or no."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in queries, JSON and options, and how it is matched."""

    name: str
    kind: FieldKind
    help: str
    facet: bool = False
    several: bool = False
    """May one speech have more than one value?"""
    aliases: tuple[str, ...] = ()
    own: bool = False
    """Named by the user with --field rather than declared here."""


FIELDS: tuple[Field, ...] = (
    Field("id", FieldKind.KEY, "the speech's stable id"),
    Field("page", FieldKind.KEY, "the key of the page it stands on"),
    Field("url", FieldKind.KEY, "the page's address on the web"),
    Field("title", FieldKind.WORDS, "the page's title, or the heading a turn stands under"),
    Field("event", FieldKind.WORDS, "the occasion: a conference, a sitting"),
    Field("text", FieldKind.WORDS, "the words of the speech"),
    Field("speaker", FieldKind.NAMES, "who speaks", facet=True, aliases=("person", "author", "by")),
    Field("quoting", FieldKind.NAMES, "who is quoted inside", facet=True, several=True),
    Field("venue", FieldKind.NAMES, "where: building and city", facet=True, several=True, aliases=("place",)),
    Field("source", FieldKind.VALUE, "the outlet", facet=True),
    Field("kind", FieldKind.VALUE, "speech, interview, debate, statement, article ...", facet=True, aliases=("type",)),
    Field("language", FieldKind.VALUE, "ISO 639-1 code", facet=True),
    Field("role", FieldKind.VALUE, "the speaker's office", facet=True),
    Field("date", FieldKind.DATE, "when it was said, else published"),
    Field("procedural", FieldKind.FLAG, "a turn of the chair that only runs the meeting", facet=True),
)

DATE_FACETS = ("year", "month")
"""Facets that the date yields."""
DATES = "date"
"""Both of them as one facet, in the order of time."""

RECORD_KEYS = ("id", "date", "title", "speaker", "venue", "event", "source", "kind", "language", "url", "text", "role")
"""Keys of a structured record (or columns of a metadata table) that fill a field; `text` alone is required."""


_EXACT = "_value"


def exact_name(field: str) -> str:
    """Under which name do engines keep the exact values of the facet `field`?"""
    return field + _EXACT


_TAKEN = ("stems", "voices", "cased", "said", "case", "exact", "group", "sort", "from", "to")
"""Fields that engines keep beside the declared ones, and names that stand before a colon without being fields."""
_OWN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}\Z")


def with_own_fields(names: tuple[str, ...]) -> tuple[Field, ...]:
    """Which fields does an index have whose user named `names` with --field?  The declared ones, then these.

    Raises UsageError for a name that a query could not spell or that means something already.
    """
    declared = {field.name for field in FIELDS}
    taken = {*_TAKEN, *DATE_FACETS, *(alias for field in FIELDS for alias in field.aliases)}
    for name in names:
        if name in taken or not _OWN_NAME.match(name) or name.endswith(_EXACT):
            raise UsageError(f"--field {name}: a field of your own needs a name of letters, digits and _ not in use")
    own = tuple(
        Field(name, FieldKind.VALUE, "a field of your own", facet=True, own=True)
        for name in dict.fromkeys(names)
        if name not in declared
    )
    return FIELDS + own


def facet_names(fields: tuple[Field, ...]) -> tuple[str, ...]:
    """By which names can the speeches of an index with `fields` be counted?"""
    return tuple(field.name for field in fields if field.facet) + DATE_FACETS
