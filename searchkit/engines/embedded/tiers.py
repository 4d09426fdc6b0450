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
    """Which of `segments` are to become one?  Empty if no tier is full and nothing has much dead."""
    chosen = {s.segment_id() for s in segments if s.deleted_count() > MOST_DEAD * s.doc_count_all()}
    rising = sorted(segments, key=lambda segment: segment.doc_count())
    for place, segment in enumerate(rising):
        ends_tier = place + 1 == len(rising) or _tier(rising[place + 1]) > _tier(segment)
        if ends_tier and sum(_tier(other) == _tier(segment) for other in rising) >= _TIER:
            # The smaller tiers go along: they would soon be in the way again.
            chosen.update(smaller.segment_id() for smaller in rising[: place + 1])
    return [segment for segment in segments if segment.segment_id() in chosen]


def _tier(segment: ColumnarSegment) -> int:
    return int(math.log(max(1, segment.doc_count()), _TIER))
