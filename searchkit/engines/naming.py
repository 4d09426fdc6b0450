"""Queries on people: the fields `speaker` and `quoting`, answered from the side columns in every engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from searchkit.identity.side import Names
from searchkit.schema import exact_name

if TYPE_CHECKING:  # what a speech is made of; an index that is open has it already
    from searchkit.engines.terms import Tokens

__all__ = ["EXACT_PEOPLE", "PEOPLE", "joined", "naming_terms"]

PEOPLE = ("speaker", "quoting")
"""Fields that hold people."""
EXACT_PEOPLE = {exact_name(field): field for field in PEOPLE}
"""Where the exact values of a field are asked for -> the field."""


def joined(several: Iterable[Names]) -> Names:
    """Under which names can all of these people be asked for?"""
    listed = tuple(several)
    values = tuple(dict.fromkeys(value for names in listed for value in names.values))
    return Names(values, tuple(dict.fromkeys(name for names in listed for name in names.spelled)))


def naming_terms(names: Names) -> tuple[Tokens, tuple[str, ...]]:
    """Which words and which exact values do engines hold for `names`?"""
    from searchkit.engines.terms import name_tokens

    return name_tokens(names.all), names.values
