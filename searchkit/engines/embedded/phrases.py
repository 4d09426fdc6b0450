"""Where words stand in a row, in all speeches at once.

In the text of a segment the rarest word leads: from each of its places the stream is looked at, as far away as each
other word has to stand.  Elsewhere, and with a slop, the places of all words are compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.answers import Numbers, contained
from searchkit.engines.embedded.postings import Postings, PostingsReader
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.spans import NO_SPANS, Spans, following, in_a_row

__all__ = ["phrase_spans", "phrase_speeches"]

_IN_SLOTS = (1, 2)
"""Positions from one word to the next that are as many slots: neighbours, and those with a sentence end between."""


def phrase_speeches(query: Any, postings: PostingsReader) -> Numbers:
    """Which speeches hold the phrase `query`?"""
    if not _in_stream(query):
        return phrase_spans(query, postings).speeches()
    found = []
    for segment, base in zip(postings.segments, postings.bases, strict=False):
        _, speeches = _in_segment(query, segment, postings)
        if len(speeches):
            speeches = distinct(speeches)
            if segment.live is not None:
                speeches = speeches[segment.live[speeches]]
            found.append(speeches + base if base else speeches)
    return found[0] if len(found) == 1 else np.concatenate([*found, _NOWHERE])


def phrase_spans(query: Any, postings: PostingsReader) -> Spans:
    """Where does the phrase `query` stand?  Each place once."""
    if not query.words:
        return NO_SPANS
    if not _in_stream(query):
        return _compared(query, [postings.read(query.fieldname, word) for word in query.words])
    firsts = [_NOWHERE]
    for segment, base in zip(postings.segments, postings.bases, strict=False):
        slots, speeches = _in_segment(query, segment, postings)
        positions = segment.stream.positions(slots - segment.stream.starts.take(speeches), speeches)
        keys = ((speeches + base) << 32) + positions
        firsts.append(keys if segment.live is None else keys[segment.live[speeches]])
    joined = np.concatenate(firsts)
    offsets = _offsets(query)
    return Spans(joined, joined + (offsets[-1] - offsets[0]))


def _offsets(query: Any) -> Sequence[int]:
    return getattr(query, "offsets", None) or range(len(query.words))


def _in_stream(query: Any) -> bool:
    """Can the stream tell where the phrase stands?"""
    offsets = _offsets(query)
    steps = [behind - before for before, behind in itertools.pairwise(offsets)]
    return query.fieldname == "text" and query.slop == 1 and len(query.words) > 1 and set(steps) <= set(_IN_SLOTS)


def _compared(query: Any, words: Sequence[Postings]) -> Spans:
    speeches = words[0].speeches
    for word in words[1:]:
        speeches = speeches[contained(speeches, word.speeches)]
    if not len(speeches):
        return NO_SPANS
    keys = [word.keys(speeches) for word in words]
    if not all(map(len, keys)):
        return NO_SPANS
    return in_a_row(keys, _offsets(query)) if query.slop == 1 else following(keys, query.slop)


def _in_segment(query: Any, segment: SegmentData, postings: PostingsReader) -> tuple[Numbers, Numbers]:
    """At which slots of the stream of `segment` does the phrase begin, and in which speech is each?  Rising."""
    text = segment.field("text")
    numbers = [] if text is None else [segment.number(text, word) for word in query.words]
    if text is None or min(numbers, default=-1) < 0:
        return _NOWHERE, _NOWHERE
    offsets, stream = _offsets(query), segment.stream
    lead, *others = sorted(range(len(numbers)), key=lambda place: text.occurrences(numbers[place]))
    leading = postings.read("text", query.words[lead]).of(segment)
    slots = leading.slots()
    owners = leading.owners()
    for other in others:
        held = stream.holds(slots + (offsets[other] - offsets[lead]), numbers[other]).nonzero()[0]
        if not len(held):
            return _NOWHERE, _NOWHERE
        slots, owners = slots.take(held), owners if owners is None else owners.take(held)
    return slots - (offsets[lead] - offsets[0]), stream.speeches_of(slots) if owners is None else owners


_NOWHERE = np.empty(0, np.int64)
