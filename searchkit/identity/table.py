"""The traits of all speeches as columns: a value that many speeches share is looked at once, not speech by speech."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.identity.side import Traits
from searchkit.identity.sketches import SLOTS

__all__ = ["People", "TraitTable"]

Ints = npt.NDArray[np.int64]
People = tuple[tuple[str, ...], str | None, str | None, tuple[str | None, ...]]
"""What a page says of people in one speech: speakers, label, role, and the person of each quote."""
Place = tuple[str, str, int]
"""Id, page, and where the speech stands in the page's text."""


@dataclass(frozen=True, slots=True)
class TraitTable:
    """One row a speech."""

    numbers: Ints
    said: Ints
    """Places in `people`."""
    people: Sequence[People]
    dated: Ints
    """Places in `dates`."""
    dates: Sequence[str | None]
    words: npt.NDArray[Any]
    sketches: npt.NDArray[np.uint16]
    """A row of SLOTS numbers a speech."""
    place: Callable[[int], Place]
    """Row -> id, page and start, which few are asked for."""

    @classmethod
    def of(cls, traits: Iterable[Traits]) -> TraitTable:
        """The table of these `traits`."""
        items = list(traits)
        people: dict[People, int] = {}
        dates: dict[str | None, int] = {}
        said = [people.setdefault((item.speakers, item.label, item.role, item.quoted), len(people)) for item in items]
        dated = [dates.setdefault(item.date, len(dates)) for item in items]
        width = len(items[0].sketch) // 2 if items else SLOTS
        return cls(
            np.asarray([item.number for item in items], np.int64),
            np.asarray(said, np.int64),
            list(people),
            np.asarray(dated, np.int64),
            list(dates),
            np.asarray([item.words for item in items], np.int64),
            np.frombuffer(b"".join(item.sketch for item in items), np.uint16).reshape(len(items), width),
            lambda row: (items[row].id, items[row].page, items[row].start),
        )

    @classmethod
    def joined(cls, tables: Sequence[TraitTable]) -> TraitTable:
        """One table of several, row after row."""
        if len(tables) == 1:
            return tables[0]
        people: dict[People, int] = {}
        dates: dict[str | None, int] = {}
        said, dated = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for table in tables:
            among = [people.setdefault(entry, len(people)) for entry in table.people]
            said.append(np.asarray(among, np.int64)[table.said])
            among = [dates.setdefault(date, len(dates)) for date in table.dates]
            dated.append(np.asarray(among, np.int64)[table.dated])
        ends = np.cumsum([len(table) for table in tables])

        def place(row: int) -> Place:
            which = int(ends.searchsorted(row, side="right"))
            return tables[which].place(row - int(ends[which]) + len(tables[which]))

        return cls(
            np.concatenate([np.zeros(0, np.int64), *(table.numbers for table in tables)]),
            np.concatenate(said),
            list(people),
            np.concatenate(dated),
            list(dates),
            np.concatenate([np.zeros(0, np.int64), *(table.words for table in tables)]),
            np.concatenate([np.zeros((0, SLOTS), np.uint16), *(table.sketches for table in tables)]),
            place,
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Traits]:
        return map(self.item, range(len(self)))

    def item(self, row: int) -> Traits:
        """The traits of one speech."""
        id, page, start = self.place(row)
        speakers, label, role, quoted = self.people[int(self.said[row])]
        return Traits(
            int(self.numbers[row]),
            id,
            page,
            start,
            self.dates[int(self.dated[row])],
            speakers,
            label,
            role,
            quoted,
            int(self.words[row]),
            self.sketches[row].tobytes(),
        )
