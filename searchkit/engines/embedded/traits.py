"""What of each speech is compared with other pages, read from its segment: the stored record and the sketch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.engines.embedded.records import values_of
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.identity.side import Traits
from searchkit.identity.sketches import SLOTS

__all__ = ["read_traits"]


def read_traits(segments: Sequence[SegmentData]) -> Iterator[Traits]:
    """Which traits have the speeches of these segments, those deleted left out?"""
    base = 0
    for segment in segments:
        sketches = segment.columns.numbers("sketches").reshape(-1, SLOTS)
        words = segment.columns.numbers("length.text")
        for number in range(segment.speeches):
            if segment.live is None or segment.live[number]:
                kept = values_of(segment.record(number))
                yield Traits(
                    number=base + number,
                    id=kept["id"],
                    page=kept["page"],
                    start=kept["start"],
                    date=kept["date"],
                    speakers=tuple(kept["speakers"]),
                    label=kept["label"],
                    role=kept["role"],
                    quoted=tuple(quote["speaker"] for quote in kept["quotes"]),
                    words=int(words[number]),
                    sketch=sketches[number].tobytes(),
                )
        base += segment.speeches
