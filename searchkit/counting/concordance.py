"""In which surroundings do the words stand?  A concordance: every occurrence on a line of its own (KWIC)."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from searchkit import deadline
from searchkit.analysis import analyze
from searchkit.counting.question import Question
from searchkit.engines.arrays import Ints, Occurrences, distinct, integers
from searchkit.engines.base import Engine
from searchkit.errors import UsageError
from searchkit.models import Speech
from searchkit.plain import Plain, Rows

__all__ = ["Concordance", "KwicLine", "LineOrder", "kwic"]

LineOrder = Literal["oldest", "newest", "left", "right"]
"""By date, or by the words beside the match: from it outwards, in the order of their letters."""

_COMPARED = 5
"""Words of the context that an order looks at, as concordancers do; then the oldest comes first."""
_FEW = 4_096
"""Occurrences that are simply sorted."""


@dataclass(frozen=True, slots=True)
class KwicLine(Plain):
    """One occurrence in its context: `speech.text[start:end] == match`, with `left` before and `right` behind it."""

    id: str
    position: int
    """Which word of the speech the match begins with, from 1."""
    start: int
    end: int
    left: str
    match: str
    right: str
    speaker: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Concordance(Rows):
    """The occurrences of what a query asks for."""

    listed = ("lines",)

    query: str
    understood: str
    total: int
    """Occurrences, all of them."""
    speeches: int
    """Speeches that hold one."""
    lines: tuple[KwicLine, ...]
    """Those of the page asked for."""

    def __iter__(self) -> Iterator[KwicLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def kwic(question: Question, window: int, order: str, limit: int | None, offset: int) -> Concordance:
    """In which surroundings do the words that `question` asks for stand?

    Arguments:
        window: words of context on either side.
        order: a LineOrder.
        limit: lines at most, None for all; offset: lines to leave out before them.

    Raises UsageError for an unknown order or a negative number.
    """
    if order not in get_args(LineOrder):
        raise UsageError(f"there is no order {order!r}; there are {', '.join(get_args(LineOrder))}")
    if min(window, limit or 0, offset) < 0:
        raise UsageError("window, limit and offset must not be negative")
    found = question.engine.occurrences(question.request)
    stop = len(found) if limit is None else min(len(found), offset + limit)
    if order in ("oldest", "newest"):
        chosen = _by_date(question.engine, found, offset, stop, newest=order == "newest")
    else:
        chosen = _by_context(question.engine, found, offset, stop, 1 if order == "right" else -1)
    return Concordance(
        question.query,
        question.understood,
        len(found),
        len(found.holders()),
        tuple(_lines(question.engine, found, chosen, window)),
    )


# -- in which order? ---------------------------------------------------------------------------------------------------


def _days(engine: Engine, speeches: Ints, *, newest: bool = False) -> Ints:
    """What orders `speeches` by date, those without one last."""
    first = engine.dates().first[speeches].astype(np.int64)
    return np.where(first > 0, -first if newest else first, np.iinfo(np.int64).max)


def _by_date(engine: Engine, found: Occurrences, start: int, stop: int, *, newest: bool) -> Ints:
    """Which occurrences (as places in `found`) are start to stop in the order of dates?"""
    if stop <= start:
        return integers([])
    speeches = distinct(found.speeches)
    begins = found.speeches.searchsorted(speeches)
    counts = np.diff(np.append(begins, len(found)))
    days = _days(engine, speeches, newest=newest)
    by_day = np.argsort(days, kind="stable")
    rising, reached = days[by_day], np.cumsum(counts[by_day])
    # Ids decide among the speeches of those days alone on which the wanted lines stand.
    low, high = np.searchsorted(reached, [start, stop - 1], side="right")
    first = rising.searchsorted(rising[low])
    among = by_day[first : rising.searchsorted(rising[high], side="right")]
    order = among[np.lexsort((engine.ranks(speeches[among]), days[among]))]
    ends = np.cumsum(counts[order])
    places = np.repeat(begins[order] - ends + counts[order], counts[order]) + np.arange(ends[-1])
    skipped = start - (int(reached[first - 1]) if first else 0)
    return places[skipped : skipped + stop - start]


def _by_context(engine: Engine, found: Occurrences, start: int, stop: int, side: int) -> Ints:
    """The same in the order of the words to the right (side 1) or to the left (-1)."""
    if stop <= start:
        return integers([])
    keys: list[Key] = [_beside(engine, found, side * distance) for distance in range(1, _COMPARED + 1)]
    keys += [lambda of: _days(engine, found.speeches[of]), lambda of: engine.ranks(found.speeches[of])]
    keys += [found.firsts.__getitem__, found.lasts.__getitem__]
    return _smallest(keys, np.arange(len(found)), stop)[start:stop]


Key = Callable[[Ints], Ints]
"""What occurrences, given by their places, are ordered by."""


def _beside(engine: Engine, found: Occurrences, distance: int) -> Key:
    """The word beside each occurrence as a code: -1 where a sentence ends comes before any word."""
    edges = found.lasts if distance > 0 else found.firsts
    return lambda places: engine.codes_at(found.speeches[places], edges[places] + distance)


def _smallest(keys: Sequence[Key], places: Ints, count: int) -> Ints:
    """The `count` smallest of `places` by `keys` (the first decides), in order, without sorting all of them.

    A key is told for those places alone that no key before it has decided.
    """
    if len(places) <= max(_FEW, count):
        return places[np.lexsort([key(places) for key in reversed(keys)])][:count]
    values = keys[0](places)
    bound = np.partition(values, count - 1)[count - 1]
    below, equal = places[values < bound], places[values == bound]
    best = _smallest(keys, below, len(below)) if len(below) else below
    rest = equal if len(keys) == 1 else _smallest(keys[1:], equal, count - len(below))
    return np.concatenate([best, rest])[:count]


# -- the lines ---------------------------------------------------------------------------------------------------------

_READ_AT_ONCE = 256
"""Speeches whose texts are held together."""


def _lines(engine: Engine, found: Occurrences, chosen: Ints, window: int) -> Iterator[KwicLine]:
    for begin in range(0, len(chosen), _READ_AT_ONCE):
        deadline.check()
        places = chosen[begin : begin + _READ_AT_ONCE]
        numbers = distinct(np.sort(found.speeches[places]))
        cutters = {
            number: _Cutter(speech, window)
            for number, speech in zip(numbers.tolist(), engine.speeches(numbers.tolist()), strict=True)
        }
        for place in places.tolist():
            yield cutters[int(found.speeches[place])].line(int(found.firsts[place]), int(found.lasts[place]))


class _Cutter:
    """Cuts lines out of one speech."""

    def __init__(self, speech: Speech, window: int) -> None:
        self._speech = speech
        self._window = window
        self._analysis = analyze(speech.text, speech.notes)

    def line(self, first: int, last: int) -> KwicLine:
        """Which line has the match from position `first` to `last`?"""
        text, words = self._speech.text, self._analysis
        index, until = (bisect.bisect_left(words.positions, position) for position in (first, last))
        start, end = words.starts[index], words.ends[until]
        left = words.starts[max(0, index - self._window)]
        right = words.ends[min(len(words) - 1, until + self._window)]
        return KwicLine(
            id=self._speech.id,
            position=index + 1,
            start=start,
            end=end,
            left=text[left:start],
            match=text[start:end],
            right=text[end:right],
            speaker=self._speech.speaker,
            date=self._speech.date,
        )
