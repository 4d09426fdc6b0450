"""How many speeches hold a literal form?  Asked for some thousand forms when an index is put together.

No posting is read: a segment's table of terms has the count of each, and what its deleted speeches held, which are few,
stands in its stream.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.segment_data import SegmentData

__all__ = ["Holding"]

_FORMS_AT_ONCE = 1 << 16
_SPEECHES_AT_ONCE = 1 << 11
"""Of what is read at a time: memory does not follow the size of the corpus."""


class Holding:
    """Counts the speeches of an index that hold a form, those that are deleted left out."""

    def __init__(self, segments: Sequence[SegmentData], forms: Iterable[str]) -> None:
        """`forms` are those that will be asked for most; they are counted together."""
        fields = ((segment, segment.field("text")) for segment in segments)
        self._texts = [(text, _leaving(segment, text)) for segment, text in fields if text is not None]
        self._known: Counter[bytes] = Counter(dict.fromkeys(map(_bytes, forms), 0))
        for text, counts in self._texts:
            for start in range(0, len(text.vocabulary), _FORMS_AT_ONCE):
                held = text.vocabulary.terms(start, min(start + _FORMS_AT_ONCE, len(text.vocabulary)))
                for number, form in enumerate(held, start):
                    if form in self._known:
                        self._known[form] += int(counts[number])

    def count(self, form: str) -> int:
        """How many speeches hold `form`?"""
        wanted = _bytes(form)
        if wanted in self._known:
            return self._known[wanted]
        places = ((text.vocabulary.find(wanted), counts) for text, counts in self._texts)
        return sum(int(counts[place]) for place, counts in places if place >= 0)


def _leaving(segment: SegmentData, text: FieldReader) -> Array:
    """How many speeches that are not deleted hold each form of `segment`?"""
    size = len(text.vocabulary)
    counts = text.counts(0, size)
    if segment.live is None:
        return counts
    deleted = np.flatnonzero(~segment.live)
    for start in range(0, len(deleted), _SPEECHES_AT_ONCE):
        terms, _, lengths = segment.stream.tokens(deleted[start : start + _SPEECHES_AT_ONCE])
        speeches = np.repeat(np.arange(len(lengths)), lengths)
        counts = counts - np.bincount(distinct(np.sort(speeches * size + terms)) % size, minlength=size)
    return counts


def _bytes(form: str) -> bytes:
    return form.encode("utf-8", "surrogatepass")
