"""Which speeches are one text told again on another page?  The earliest is the original; its copies point to it.

Two speeches may be copies if they stand on different pages, have LEAST_WORDS or more, the same speaker or one unknown,
and dates at most MOST_DAYS apart or one unknown.  They are copies if their shingles (see sketches.py) resemble each
other: shared / all is RESEMBLANCE or more, for short texts RESEMBLANCE_OF_SHORT.  Sketches find the pairs worth looking
at; the texts themselves decide.

Every speech is compared with the originals before it, in the order of age, never with other copies: no chain of small
differences leads from one text to another.  A group has one speech of a page at most, so a formula that is repeated on
a page, and again on its copy, pairs off in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from searchkit.dates import span
from searchkit.identity.side import Traits
from searchkit.identity.sketches import LEAST_WORDS, SHINGLE, SLOTS
from searchkit.identity.table import TraitTable

__all__ = ["MOST_DAYS", "RESEMBLANCE", "originals"]

MOST_DAYS = 7
RESEMBLANCE = 0.6
"""Of 600 real speeches with one word in twenty changed, or a fifth cut off, 96 in 100 resemble theirs by as much."""
RESEMBLANCE_OF_SHORT = 0.7
"""Under LONG_WORDS formulas are alike without being copies: of 20,000 contributions, all pairs between 0.5 and 0.7 were
formulas ("Resolved, That this Assembly ...") of other matters."""
LONG_WORDS = 200
_SLOTS_OF_A_BAND = 2
"""Two texts are looked at where all slots of one band agree: practically all that resemble by 0.6."""
_LEAST_AGREEMENT = 0.35
"""Share of slots that agree, for texts to be read: three standard errors of the estimate below RESEMBLANCE."""
_FEW_OF_A_BAND = 6
"""Texts with one band that are all compared at once: of 60,000 contributions 16,000 share a band with another, and
3,000 of them agree in enough slots as well."""
_TEXTS_KEPT = 512
_WORD = re.compile(r"\w+")

_days = lru_cache(maxsize=1 << 15)(span)

Texts = Callable[[int], str]
"""Number of a speech -> its text."""
Days = tuple[int, int]
Ints = npt.NDArray[np.int64]
_EVER = 1 << 32
Sketches = npt.NDArray[np.uint16]


@dataclass(slots=True)
class _Group:
    """An original and what is known of its copies."""

    item: Traits
    place: int
    """Row of its sketch."""
    rank: int
    """Its place among all groups in the order of age."""
    speakers: frozenset[str]
    days: Days | None
    pages: set[str]


@dataclass(slots=True)
class _Bucket:
    """Groups whose originals have one band in common, each list in the order of age."""

    of_a_day: list[_Group] = field(default_factory=list)
    others: list[_Group] = field(default_factory=list)
    """Dated by a month or a year, or not at all."""

    def add(self, group: _Group) -> None:
        exact = group.days is not None and group.days[0] == group.days[1]
        (self.of_a_day if exact else self.others).append(group)

    def near(self, days: Days | None) -> Iterator[_Group]:
        """Those whose date is near, or not known."""
        for group in self.others:
            if _near(group.days, days):
                yield group
        for group in reversed(self.of_a_day):
            if not _near(group.days, days):
                return  # those before it are older still
            yield group


def _near(one: Days | None, other: Days | None) -> bool:
    return one is None or other is None or max(one[0], other[0]) - min(one[1], other[1]) <= MOST_DAYS


def originals(table: TraitTable, speakers: Sequence[tuple[str, ...]], texts: Texts) -> dict[int, int]:
    """Number of each speech that is a copy -> number of its original.

    Arguments:
        table: of all speeches, in any order.
        speakers: canonical speakers of each of them, in the same order; none means unknown.
        texts: gives the text of a number; asked for speeches that look alike.
    """
    rows = np.flatnonzero(table.words >= LEAST_WORDS)
    if not len(rows):
        return {}
    sketches = table.sketches[rows]
    shared = _shared(sketches, _Occasions.of(table, speakers, rows))
    candidates = np.flatnonzero(shared.any(axis=1))
    sketches, shared = sketches[candidates], shared[candidates]
    rows = rows[candidates]
    items = [table.item(row) for row in rows.tolist()]
    bands = _bands(sketches)
    finder = _Finder(sketches, texts)
    found: dict[int, int] = {}
    for place in sorted(range(len(items)), key=lambda place: _age(items[place])):
        item = items[place]
        said_by = frozenset(speakers[rows[place]])
        days = _days(item.date) if item.date else None
        keys = bands[place][shared[place]].tolist()
        group = finder.group_of(item, place, said_by, days, keys)
        if group is None:
            finder.add(_Group(item, place, finder.groups, said_by, days, {item.page}), keys)
        else:
            group.pages.add(item.page)
            group.speakers = group.speakers or said_by
            found[item.number] = group.item.number
    return found


def _age(item: Traits) -> tuple[bool, int, str, int, str]:
    """Earlier first, those without a date last; of one day by page, then by place on the page."""
    return (item.date is None, _days(item.date)[0] if item.date else 0, item.page, item.start, item.id)


def _bands(sketches: Sketches) -> npt.NDArray[np.uint64]:
    """For each text one number a band; numbers of different bands differ."""
    slots = sketches.reshape(len(sketches), SLOTS // _SLOTS_OF_A_BAND, _SLOTS_OF_A_BAND).astype(np.uint64)
    keys = np.zeros(slots.shape[:2], np.uint64)
    for place in range(_SLOTS_OF_A_BAND):
        keys = keys << np.uint64(16) | slots[:, :, place]
    return keys << np.uint64(4) | np.arange(keys.shape[1], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class _Occasions:
    """Who said each of many texts, and when: columns, by which pairs that are no copies are told without reading."""

    speakers: Ints
    """Equal where the same people speak; 0 where it is not known who does."""
    first: Ints
    last: Ints
    """The days of its date; all of the calendar where there is none."""

    @classmethod
    def of(cls, table: TraitTable, speakers: Sequence[tuple[str, ...]], rows: Ints) -> _Occasions:
        """Those of the texts in these `rows`."""
        said_by = [speakers[row] for row in rows.tolist()]
        sets: dict[frozenset[str], int] = {frozenset(): 0}
        codes = {names: sets.setdefault(frozenset(names), len(sets)) for names in dict.fromkeys(said_by)}
        spans = [_days(date) if date else (-_EVER, _EVER) for date in table.dates]
        days = np.asarray(spans, np.int64).reshape(-1, 2)[table.dated[rows]]
        return cls(np.fromiter(map(codes.__getitem__, said_by), np.int64, len(rows)), days[:, 0], days[:, 1])

    def may_be_one(self, ones: Ints, others: Ints) -> npt.NDArray[np.bool_]:
        """Which of these texts may be a copy of the one in the same place of `others`, or the reverse?"""
        said_by, by_others = self.speakers[ones], self.speakers[others]
        apart = np.maximum(self.first[ones], self.first[others]) - np.minimum(self.last[ones], self.last[others])
        may: npt.NDArray[np.bool_] = (said_by == by_others) | (said_by == 0) | (by_others == 0)
        return may & (apart <= MOST_DAYS)


def _shared(sketches: Sketches, occasions: _Occasions) -> npt.NDArray[np.bool_]:
    """Which bands of which texts does another text have as well, of those that may resemble each other?"""
    shared = np.zeros((len(sketches), SLOTS // _SLOTS_OF_A_BAND), bool)
    rows = np.arange(len(sketches), dtype=np.uint64)
    for number in range(shared.shape[1]):
        first = number * _SLOTS_OF_A_BAND
        # A band of 32 bits and the row of its text in one number: to sort these takes a sixth of an argsort.
        band = sketches[:, first].astype(np.uint64) << np.uint64(16) | sketches[:, first + 1]
        packed = np.sort(band << np.uint64(32) | rows)
        keys, owners = packed >> np.uint64(32), (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
        for apart in range(1, _FEW_OF_A_BAND):
            equal = np.flatnonzero(keys[apart:] == keys[:-apart])
            ones, others = owners[equal], owners[equal + apart]
            worth = occasions.may_be_one(ones, others)
            ones, others = ones[worth], others[worth]
            alike = np.count_nonzero(sketches[ones] == sketches[others], axis=1) >= _LEAST_AGREEMENT * SLOTS
            shared[ones[alike], number] = shared[others[alike], number] = True
        many = np.flatnonzero(keys[_FEW_OF_A_BAND:] == keys[:-_FEW_OF_A_BAND])
        for apart in range(_FEW_OF_A_BAND + 1):
            shared[owners[many + apart], number] = True
    return shared


class _Finder:
    """Finds the group that a speech belongs to, among the groups met before it."""

    def __init__(self, sketches: Sketches, texts: Texts) -> None:
        self._sketches = sketches
        self.groups = 0
        """How many are known."""
        self._buckets: dict[int, _Bucket] = {}
        self._shingles = lru_cache(maxsize=_TEXTS_KEPT)(lambda number: _shingles(texts(number)))

    def add(self, group: _Group, keys: Sequence[int]) -> None:
        """Take in a new group, found under `keys`."""
        self.groups += 1
        for key in keys:
            self._buckets.setdefault(key, _Bucket()).add(group)

    def group_of(
        self, item: Traits, place: int, said_by: frozenset[str], days: Days | None, keys: Sequence[int]
    ) -> _Group | None:
        """Which is the first group that the speech belongs to?"""
        tried: dict[int, _Group] = {}
        for key in keys:
            bucket = self._buckets.get(key)
            if bucket is not None:
                tried.update((group.rank, group) for group in bucket.near(days))
        for _, group in sorted(tried.items()):
            same = not said_by or not group.speakers or said_by == group.speakers
            if same and item.page not in group.pages and self._alike(item, place, group):
                return group
        return None

    def _alike(self, item: Traits, place: int, group: _Group) -> bool:
        agreement = np.count_nonzero(self._sketches[place] == self._sketches[group.place]) / SLOTS
        if agreement < _LEAST_AGREEMENT:
            return False
        mine, others = self._shingles(item.number), self._shingles(group.item.number)
        least = RESEMBLANCE if min(item.words, group.item.words) >= LONG_WORDS else RESEMBLANCE_OF_SHORT
        shared = len(mine & others)
        return shared >= least * (len(mine) + len(others) - shared) > 0


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(*(words[step:] for step in range(SHINGLE)), strict=False))
