"""Which segments of an index are to become one, so that neither their number nor what is dead in them grows?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from searchkit.engines.embedded.segment import ColumnarSegment

__all__ = ["MOST_DEAD", "to_be_merged"]

MOST_DEAD = 0.25
"""A segment of which a larger share is dead is written anew: if none is above it, no more of an index is dead."""
_TIER = 8
"""Segments of one tier differ in size by less than this factor, and so many of them become one of the next tier.  An
index of n speeches that grows by k a night has at most 7 segments in each of about log8(n / k) tiers, and a speech is
written once for each tier."""


def to_be_merged(segments: Sequence[ColumnarSegment]) -> list[ColumnarSegment]:
    """Which of `segments` are to become one?  Empty if no tier is full and none has too much that is dead."""
    chosen = {s.segment_id() for s in segments if s.deleted_count() > MOST_DEAD * s.doc_count_all()}
    # The smallest tier first: what it becomes may fill the next one.
    rising: dict[int, list[ColumnarSegment]] = {}
    for segment in segments:
        rising.setdefault(_tier(segment.doc_count()), []).append(segment)
    carried = 0
    for tier in sorted(rising):
        members = rising[tier]
        if len(members) + (carried > 0 and _tier(carried) == tier) >= _TIER:
            chosen.update(segment.segment_id() for segment in members)
            carried += sum(segment.doc_count() for segment in members)
    return [segment for segment in segments if segment.segment_id() in chosen]


def _tier(speeches: int) -> int:
    return int(math.log(max(1, speeches), _TIER))
