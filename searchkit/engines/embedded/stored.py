"""Speeches of an index as hits hold them: read part by part, when somebody looks.

Who speaks, when, and the id stand in columns; whatever else a speech says of itself is its record; its text is put
together last, if at all, and what columns tell a snippet of it is read beside it.  Of an answer with ten hits, of which
only ids are looked at, nothing is unpacked; for their snippets no record is, unless something stands inside a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from searchkit.engines.embedded.damage import damage_is_named
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.records import parts_of
from searchkit.engines.embedded.side import SideColumns
from searchkit.identity.side import renamed_quotes, shown
from searchkit.models import Speech

__all__ = ["StoredSpeeches"]

_AT_ONCE = 100
"""Speeches whose records or texts are read together: ten texts take half as long together as one by one."""


class StoredSpeeches:
    """Some speeches of an index, in the order asked; the Source of each of them.

    What is read of one is read of its neighbours too, which are shown beside it, and kept until each has asked for it.
    """

    def __init__(self, index: OpenIndex, numbers: Sequence[int], side: SideColumns | None = None) -> None:
        """`side` says who their people are; None: those that their pages name."""
        self._index = index
        self._numbers = numbers
        self._side = side
        self._records: dict[int, dict[str, Any]] = {}
        self._shown: dict[int, dict[str, Any]] = {}

    def listed(self, *, texts: bool = False) -> list[Speech]:
        """The speeches; their ids, dates and speakers are read now, together, and the `texts` of a few."""
        heads = self._index.ids_and_dates(self._numbers)
        known: list[dict[str, Any]] = [{"id": id, "date": date} for id, date in heads]
        if self._side is not None:
            for parts, named in zip(known, self._side.speakers_of(self._numbers), strict=True):
                parts["speakers"] = named.values
        if texts and len(known) <= _AT_ONCE:
            for parts, shown in zip(known, self._index.shown(self._numbers), strict=True):
                parts |= shown
        return [Speech.later(self, place, **parts) for place, parts in enumerate(known)]

    @damage_is_named
    def part(self, place: int, name: str) -> Mapping[str, Any]:
        """What is the field `name` of the speech at `place`, and what else was read with it?"""
        if name == "text":
            shown: dict[str, Any] = self._given(place, self._shown, self._index.shown)
            return shown
        record: dict[str, Any] = self._given(place, self._records, self._read_records)
        return record

    def verify(self) -> None:
        """Raise IndexDamaged if a file of the index is not as it was written."""
        self._index.verify()

    def _given(self, place: int, kept: dict[int, Any], read: Callable[[Sequence[int]], Sequence[Any]]) -> Any:
        """What was read for `place`, or is read now; none asks twice, so it need not be kept any more."""
        value = kept.pop(place, None)
        if value is None:
            first = place - place % _AT_ONCE
            kept.update(enumerate(read(self._numbers[first : first + _AT_ONCE]), first))
            value = kept.pop(place)
        return value

    def _read_records(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        records = list(map(parts_of, self._index.records(numbers)))
        if self._side is not None:
            for number, parts, named in zip(numbers, records, self._side.speakers_of(numbers), strict=True):
                parts["speakers"], parts["label"] = shown(parts["speakers"], parts["label"], named)
                if parts["quotes"]:
                    parts["quotes"] = renamed_quotes(parts["quotes"], self._side.quoted_in(number))
        return records
