"""What the parser must know of a corpus before it can read a query."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from searchkit.schema import FIELDS, Field

__all__ = ["Profile"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a query must know of the corpus before it can be parsed: fields, languages, hyphenated compounds."""

    fields: tuple[Field, ...] = FIELDS
    languages: frozenset[str] = frozenset()
    """The stemming languages in use (see analysis.stem_language)."""
    compounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Joined form -> parts, for every compound that stands hyphenated in the corpus: ceasefire -> (cease, fire)."""
    never_joined: Set[str] = frozenset()
    """Of those joined forms, the ones that nobody writes: a phrase of the parts need not look for them."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name in plain Latin letters -> its forms in the corpus, in whatever letters: shusha -> (shusha, susa, шуша)."""
