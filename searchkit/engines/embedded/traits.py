"""What of each speech is compared with other pages, read from its segment: the stored record and the sketch.

Every build asks it of all speeches, so it is kept beside each segment, in a file SEGMENT.traits that is linked with it
from generation to generation: `start`, the place of each speech on its page, and `people`, the place of what its page
says of people in a list of all that is said in the segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.arrays import ArrayFile, ArrayFileWriter
from searchkit.engines.embedded.layout import TRAITS
from searchkit.engines.embedded.records import values_of
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.identity.side import Traits
from searchkit.identity.sketches import SLOTS

__all__ = ["keep_traits", "read_traits"]

People = tuple[tuple[str, ...], str | None, str | None, tuple[str | None, ...]]
"""Speakers, label, role, and the person of each quote."""


def keep_traits(directory: Path, segments: Sequence[SegmentData]) -> None:
    """Keep what is compared beside each of `segments` in `directory` that has no such file yet."""
    storage = FileStorage(str(directory))
    for segment in segments:
        if storage.file_exists(segment.name + TRAITS):
            continue
        starts, places = [], []
        people: dict[People, int] = {}
        for number in range(segment.speeches):
            start, said = _as_stored(segment, number)
            starts.append(start)
            places.append(people.setdefault(said, len(people)))
        writer = ArrayFileWriter(storage, segment.name + TRAITS, TRAITS[1:])
        try:
            writer.write("start", np.asarray(starts, np.int64), "<u4")
            writer.write("people", np.asarray(places, np.int64), "<u4")
            writer.meta["people"] = list(people)
            writer.close()
        except BaseException:
            writer.abandon()
            raise


def read_traits(segments: Sequence[SegmentData]) -> Iterator[Traits]:
    """Which traits have the speeches of these segments, those deleted left out?"""
    base = 0
    for segment in segments:
        sketches = segment.columns.numbers("sketches").reshape(-1, SLOTS)
        words = segment.columns.numbers("length.text").tolist()
        ids, pages, codes = segment.columns.ids.listed(), segment.columns.pages.listed(), segment.columns.page_codes
        dates, said = _dates(segment), _said(segment)
        numbers = np.arange(segment.speeches) if segment.live is None else np.flatnonzero(segment.live)
        for number, page in zip(numbers.tolist(), codes[numbers].tolist(), strict=True):
            start, (speakers, label, role, quoted) = said[number]
            yield Traits(
                base + number,
                ids[number],
                pages[page],
                start,
                dates[number],
                speakers,
                label,
                role,
                quoted,
                words[number],
                sketches[number].tobytes(),
            )
        base += segment.speeches


def _dates(segment: SegmentData) -> list[str | None]:
    column = segment.columns.coded("date")
    if column is None:
        return [None] * segment.speeches
    values = [None, *column.values[:]]
    return [values[code] for code in column.codes.tolist()]


def _said(segment: SegmentData) -> Sequence[tuple[int, People]]:
    """For each speech where it stands on its page, and what that says of people."""
    if not segment.storage.file_exists(segment.name + TRAITS):
        return [_as_stored(segment, number) for number in range(segment.speeches)]
    file = ArrayFile(segment.storage, segment.name + TRAITS, TRAITS[1:])
    try:
        people = [
            (tuple(speakers), label, role, tuple(quoted)) for speakers, label, role, quoted in file.meta["people"]
        ]
        starts, places = file.array("start").tolist(), file.array("people").tolist()
        if len(starts) != segment.speeches:
            raise ValueError("it belongs to another segment")
        return [(start, people[place]) for start, place in zip(starts, places, strict=True)]
    except (ValueError, TypeError, LookupError) as error:
        raise file.damaged(str(error)) from error


def _as_stored(segment: SegmentData, number: int) -> tuple[int, People]:
    kept = values_of(segment.record(number))
    quoted = tuple(quote["speaker"] for quote in kept["quotes"])
    return kept["start"], (tuple(kept["speakers"]), kept["label"], kept["role"], quoted)
