"""In which speeches stand two words near each other?  Told by the stream: the rarer leads, and around it is looked.

Speeches end, and paragraphs end, with slots in which no word stands; how many ends lie between two slots is compared
where a word was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from searchkit import deadline
from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.layout import ESCAPE
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.slots import Stream
from searchkit.engines.embedded.term_list import TermList
from searchkit.query import nodes

__all__ = ["near_in_stream"]

_COMPARED = 8
"""Codes that are compared one after the other; more of them are looked up in a table."""

_WIDEST = 25
"""The distance up to which the stream is faster: the 11 slots around a word cost 15 to 20 ns as one record (52 to 78
slot by slot: 8,904 and 40,832 places of 62 million), and finding and sorting the places of both words 150 for each."""

_FEW = 200
"""Places of the rarer word from which on those are left out first whose speeches lack the other word."""

_COMMON = 4
"""Where one speech in so many has the other word, that leaves too few out: of 5,178 places of "achieved" 4,179 are in
speeches with "they", which a third of all have.
"""

_SLOTS_AT_ONCE = 8_192
"""With all that is around them they stay in the cache."""

_Words = list[tuple[str, str]]
"""Fields and terms."""


def near_in_stream(query: nodes.Near, postings: PostingsReader) -> Numbers | None:
    """Which speeches match `query`?  None where it asks for more than the stream tells."""
    sides = _words(query.left), _words(query.right)
    if query.distance > _WIDEST or not all(sides):
        return None
    found = [_NOWHERE]
    for segment, base in zip(postings.segments, postings.bases, strict=False):
        terms = [_terms(words or [], segment) for words in sides]
        if any(numbers is None for numbers in terms):
            return None
        speeches = _in_segment([numbers or [] for numbers in terms], query.distance, segment, postings)
        found.append(speeches + base)
    return np.concatenate(found)


def _words(query: Any) -> _Words | None:
    """The words of which one stands where `query` stands, if it asks for single words of the text."""
    if type(query) is nodes.Term:
        return [(query.fieldname, query.text)] if query.fieldname in ("text", "stems") else None
    if not isinstance(query, nodes.Or):
        return None
    found: _Words = []
    for child in query.subqueries:
        words = _words(child)
        if words is None:
            return None
        found += words
    return found


def _terms(words: _Words, segment: SegmentData) -> list[int] | None:
    """The numbers of the words among the terms of `text`; None where a word counts in some languages alone."""
    numbers: set[int] = set()
    text, stems = segment.field("text"), segment.field("stems")
    for field, word in words:
        if field == "text" and text is not None:
            numbers.add(segment.number(text, word))
        elif stems is not None and (stem := segment.number(stems, word)) >= 0:
            if segment.speaking(stems.vocabulary.term(stem)) is not None:
                return None
            numbers.update(stems.forms(stem).tolist())
    return sorted(number for number in numbers if number >= 0)


def _in_segment(sides: Sequence[list[int]], distance: int, segment: SegmentData, postings: PostingsReader) -> Numbers:
    text, stream = segment.field("text"), segment.stream
    if text is None or not all(sides):
        return _NOWHERE
    lead, other = sorted(sides, key=lambda numbers: sum(map(text.occurrences, numbers)))
    codes = [stream.code(number) for number in other]
    slots, owners = _standing(_lists(lead, text, segment, postings), stream)
    if len(slots) > _FEW and sum(map(text.count, other)) * _COMMON < segment.speeches:
        held = np.zeros(len(owners), bool)
        for item in _lists(other, text, segment, postings):
            held |= item.holds(owners)
        kept = held.nonzero()[0]
        slots, owners = slots.take(kept), owners.take(kept)
    found = [_NOWHERE]
    for first in range(0, len(slots), _SLOTS_AT_ONCE):
        deadline.check()
        some = slice(first, first + _SLOTS_AT_ONCE)
        found.append(_reaching(slots[some], owners[some], (codes, distance), stream))
    speeches = distinct(np.concatenate(found))
    return speeches if segment.live is None else speeches[segment.live[speeches]]


def _lists(numbers: list[int], text: FieldReader, segment: SegmentData, postings: PostingsReader) -> list[TermList]:
    """The posting lists of these terms of `text`."""
    forms = text.vocabulary.chosen(np.array(numbers))
    return [postings.read("text", form.decode("utf-8", "surrogatepass")).of(segment) for form in forms]


def _standing(lists: Sequence[TermList], stream: Stream) -> tuple[Array, Array]:
    """In which slots of the stream, rising, stand the words of `lists`, and in which speech is each?"""
    slots = [item.slots() for item in lists]
    owners = [item.owners() for item in lists]
    told = [stream.speeches_of(own) if known is None else known for own, known in zip(slots, owners, strict=True)]
    if len(lists) == 1:
        return slots[0], told[0]
    joined = np.concatenate(slots)
    order = joined.argsort(kind="stable")
    return joined.take(order), np.concatenate(told).take(order)


def _reaching(slots: Array, owners: Array, wanted: tuple[Sequence[int], int], stream: Stream) -> Array:
    """From which of `slots` does one reach a word, by its codes and so near, in the paragraph?  Their speeches."""
    codes, distance = wanted
    rows, firsts = stream.around(slots, distance)
    found = _any_of(rows, codes).reshape(-1).nonzero()[0]
    lines = found // rows.shape[1]
    led, reached, speeches = slots.take(lines), firsts.take(lines) + found % rows.shape[1], owners.take(lines)
    held = stream.together(led, reached, speeches) & (led != reached) & (abs(led - reached) <= distance)
    rare = [code for code in codes if code >= ESCAPE]
    if rare:
        escaped = np.flatnonzero(held & (rows.take(found) == ESCAPE))
        held[escaped] = (stream.rare_codes(reached.take(escaped))[:, None] == rare).any(axis=1)
    return np.asarray(speeches[held])


def _any_of(rows: Array, codes: Sequence[int]) -> Array:
    """Where in `rows` stands one of `codes`, or ESCAPE for one that is too rare for 16 bits?"""
    told = sorted({min(code, ESCAPE) for code in codes})
    if len(told) > _COMPARED:
        wanted = np.zeros(ESCAPE + 1, bool)
        wanted[told] = True
        return wanted.take(rows)
    found = rows == told[0]
    for code in told[1:]:
        found |= rows == code
    return np.asarray(found)


_NOWHERE = np.empty(0, np.int64)
