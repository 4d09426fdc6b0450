"""identify: from what the pages say of all speeches to who spoke, who was quoted, and which texts are copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from searchkit.identity.copies import Texts, originals
from searchkit.identity.naming import Namer
from searchkit.identity.roll import RollEntry
from searchkit.identity.side import Side, SideBuilder, Traits
from searchkit.identity.speakers_file import Told
from searchkit.identity.table import TraitTable

__all__ = ["Identified", "identify"]


@dataclass(frozen=True, slots=True)
class Identified:
    """What comparing the pages of one corpus tells."""

    side: Side
    roll: tuple[RollEntry, ...]
    """Every label, whom it was resolved to, and why."""


def identify(traits: Iterable[Traits], count: int, texts: Texts, told: Told | None = None) -> Identified:
    """Who speaks, who is quoted, and which speeches are copies?  It depends on the set of speeches and `told` alone.

    Arguments:
        traits: of every speech that counts; numbers without traits stay without people.
        count: how many numbers the engine has.
        texts: number of a speech -> its text; asked for those that look alike.
        told: what people know of speakers (see speakers_file.py).
    """
    table = traits if isinstance(traits, TraitTable) else TraitTable.of(traits)
    namer = Namer(table, told or Told())
    builder = SideBuilder(count)
    for speakers, quoted, numbers in namer.named():
        builder.name_all(numbers, speakers, quoted)
    for number, original in originals(table, builder.speakers(table.numbers.tolist()), texts).items():
        builder.copy(number, original)
    return Identified(builder.side(), tuple(namer.roll()))
