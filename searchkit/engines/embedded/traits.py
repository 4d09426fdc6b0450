"""What of each speech is compared with other pages, read from its segment: the stored record and the sketch.

Every build asks it of all speeches, so it is kept beside each segment, in a file SEGMENT.traits that is linked with it
from generation to generation: `start`, the place of each speech on its page, and `people`, the place of what its page
says of people in a list of all that is said in the segment.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.arrays import Array, ArrayFile, ArrayFileWriter
from searchkit.engines.embedded.layout import TRAITS
from searchkit.engines.embedded.records import values_of
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.identity.sketches import LEAST_WORDS, SLOTS
from searchkit.identity.table import People, TraitTable
from searchkit.models import Speech

__all__ = ["TraitNotes", "join_traits", "keep_traits", "read_traits"]

_RECORDS_AT_ONCE = 1_000


def keep_traits(directory: Path, segments: Sequence[SegmentData]) -> None:
    """Keep what is compared beside each of `segments` in `directory` that has no such file yet."""
    storage = FileStorage(str(directory))
    for segment in segments:
        if storage.file_exists(segment.name + TRAITS):
            continue
        notes = TraitNotes()
        for start, said in _as_stored(segment):
            notes.add(start, said)
        notes.write(directory, segment.name, segment.speeches)


class TraitNotes:
    """Takes down what is compared of speeches while they are written, segment after segment."""

    def __init__(self) -> None:
        self._starts, self._places = array("I"), array("I")
        self._people: dict[People, int] = {}

    def add_speech(self, speech: Speech) -> None:
        """Take down the next speech."""
        quoted = tuple(quote.speaker for quote in speech.quotes)
        self.add(speech.start, (speech.speakers, speech.label, speech.role, quoted))

    def add(self, start: int, said: People) -> None:
        """Take down where the next speech stands on its page, and what that says of people."""
        self._starts.append(start)
        self._places.append(self._people.setdefault(said, len(self._people)))

    def write(self, directory: Path, segment: str, speeches: int) -> None:
        """Keep the first `speeches` in `directory` beside the segment of this name; those behind are another's."""
        places = np.asarray(self._places[:speeches], np.int64)
        used, codes = np.unique(places, return_inverse=True)
        people = list(self._people)
        starts = np.asarray(self._starts[:speeches], np.int64)
        _write(directory, segment, starts, codes, [people[place] for place in used.tolist()])
        del self._starts[:speeches], self._places[:speeches]


def join_traits(parts: Sequence[tuple[Path, str]], directory: Path, segment: str) -> None:
    """Keep beside a segment in `directory` what is kept beside those it was made of, folder and name, if it is."""
    if not all((folder / (name + TRAITS)).exists() for folder, name in parts):
        return
    known: dict[People, int] = {}
    starts, codes = [], []
    for folder, name in parts:
        file = ArrayFile(FileStorage(str(folder), readonly=True), name + TRAITS, TRAITS[1:])
        places = [known.setdefault(said, len(known)) for said in _people(file)]
        starts.append(file.array("start"))
        codes.append(np.asarray(places, np.int64)[file.array("people")])
    _write(directory, segment, np.concatenate(starts), np.concatenate(codes), list(known))


def read_traits(segments: Sequence[SegmentData]) -> TraitTable:
    """Which traits have the speeches of these segments, those deleted left out?"""
    tables, base = [], 0
    for segment in segments:
        tables.append(_table(segment, base))
        base += segment.speeches
    return TraitTable.joined(tables)


def _table(segment: SegmentData, base: int) -> TraitTable:
    numbers = np.arange(segment.speeches) if segment.live is None else np.flatnonzero(segment.live)
    starts, said, people = _said(segment)
    date = segment.columns.coded("date")
    words = segment.columns.numbers("length.text")
    sketches = np.zeros((segment.speeches, SLOTS), np.uint16)
    sketches[words >= LEAST_WORDS] = segment.columns.numbers("sketches").reshape(-1, SLOTS)
    ids, pages, codes = segment.columns.ids, segment.columns.pages, segment.columns.page_codes

    def place(row: int) -> tuple[str, str, int]:
        number = int(numbers[row])
        return ids[number], pages[int(codes[number])], int(starts[number])

    return TraitTable(
        numbers + base,
        said[numbers].astype(np.int64),
        people,
        np.zeros(len(numbers), np.int64) if date is None else date.codes[numbers].astype(np.int64),
        [None] if date is None else [None, *date.values],
        words[numbers],
        sketches[numbers],
        place,
    )


def _said(segment: SegmentData) -> tuple[Array, Array, list[People]]:
    """Where each speech stands on its page, the place of what that says of people, and all that is said."""
    if not segment.storage.file_exists(segment.name + TRAITS):
        kept: dict[People, int] = {}
        stored = list(_as_stored(segment))
        places = [kept.setdefault(said, len(kept)) for _, said in stored]
        return np.asarray([start for start, _ in stored], np.int64), np.asarray(places, np.int64), list(kept)
    file = ArrayFile(segment.storage, segment.name + TRAITS, TRAITS[1:])
    try:
        people = _people(file)
        starts, places_kept = file.array("start"), file.array("people")
        if not len(starts) == len(places_kept) == segment.speeches or (
            segment.speeches and int(places_kept.max()) >= len(people)
        ):
            raise ValueError("it belongs to another segment")
        return starts, places_kept, people
    except (ValueError, TypeError, LookupError) as error:
        raise file.damaged(str(error)) from error


def _people(file: ArrayFile) -> list[People]:
    return [(tuple(speakers), label, role, tuple(quoted)) for speakers, label, role, quoted in file.meta["people"]]


def _write(directory: Path, segment: str, starts: Array, codes: Array, people: list[People]) -> None:
    writer = ArrayFileWriter(FileStorage(str(directory)), segment + TRAITS, TRAITS[1:])
    try:
        writer.write("start", starts, "<u4")
        writer.write("people", codes, "<u4")
        writer.meta["people"] = people
        writer.close()
    except BaseException:
        writer.abandon()
        raise


def _as_stored(segment: SegmentData) -> Iterator[tuple[int, People]]:
    """The same, of each speech, from its record."""
    for first in range(0, segment.speeches, _RECORDS_AT_ONCE):
        for record in segment.records(np.arange(first, min(first + _RECORDS_AT_ONCE, segment.speeches))):
            kept = values_of(record)
            quoted = tuple(quote["speaker"] for quote in kept["quotes"])
            yield kept["start"], (tuple(kept["speakers"]), kept["label"], kept["role"], quoted)
