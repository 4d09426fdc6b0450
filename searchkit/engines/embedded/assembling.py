"""An index out of segments: those of a former generation that stand, and new ones.

    segments = take_over(former, directory, stands)      # hard links; what does not stand is marked as deleted
    segments += ...                                      # written into `directory`
    profile = assemble(directory, fields, segments)      # table of contents, side columns as written, profile

Segments are never changed.  Deletions stand in the table of contents of each index.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.analysis import Compound
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.fields import whoosh_schema
from searchkit.engines.embedded.holding import Holding
from searchkit.engines.embedded.layout import COLUMNS, PLACES, POSTINGS, STREAM, TERMS, TEXTS, TRAITS
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.profile import write_profile
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_columns import CodedColumn
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.side import write_side
from searchkit.engines.embedded.toc import read_segments, write_toc
from searchkit.engines.embedded.traits import read_traits
from searchkit.engines.terms import Hyphenation
from searchkit.identity.side import as_written
from searchkit.query import Profile
from searchkit.schema import Field

__all__ = ["assemble", "segment_files", "take_over"]


def segment_files(segment: ColumnarSegment) -> tuple[str, ...]:
    """In which files does a segment of ours stand?  The last one is there once people and copies were compared."""
    suffixes = (TERMS, POSTINGS, PLACES, STREAM, COLUMNS, TEXTS, TRAITS)
    return tuple(segment.make_filename(suffix) for suffix in suffixes)


def take_over(former: Path, directory: Path, stands: Callable[[str], bool]) -> list[ColumnarSegment]:
    """Which segments of the index in `former` does one in `directory` begin with?  Their files are linked there.

    A page for whose key `stands` is false goes with all its speeches; a segment of which nothing stands is left out.
    Raises IndexDamaged where `former` cannot be read.
    """
    storage = FileStorage(str(former), readonly=True)
    kept = []
    for segment in read_segments(former):
        for number in _leaving(SegmentData(storage, segment), stands).tolist():
            segment.delete_document(number)
        if segment.doc_count():
            *files, traits = segment_files(segment)
            for name in (*files, traits) if (former / traits).exists() else files:
                _link(former / name, directory / name)
            kept.append(segment)
    return kept


def assemble(
    directory: Path, fields: tuple[Field, ...], segments: Sequence[ColumnarSegment], *, side: bool = True
) -> Profile:
    """Make the `segments` whose files stand in `directory` one index there; what must queries know of it?

    Its people and copies are those that the pages name, until `write_side` puts others in their place; without `side`
    it has none before that, and cannot be asked.
    """
    write_toc(directory, whoosh_schema(fields), segments)
    opened = OpenIndex(directory)
    if side:
        write_side(directory, as_written(read_traits(opened.segments), opened.numbers))
    compounds = {_compound(value): count for value, count in _counted(opened, "compounds").items()}
    languages = _counted(opened, "stem_language")
    names = _counted(opened, "names")
    holding = Holding(opened.segments, (joined for joined, _ in compounds))
    profile = Hyphenation(compounds).profile(fields, languages, holding.count, names)
    write_profile(directory, profile)
    return profile


def _leaving(data: SegmentData, stands: Callable[[str], bool]) -> Array:
    """Which speeches of a segment stand on pages that do not stand?"""
    pages = data.columns.pages.listed()
    leaving = np.fromiter((not stands(page) for page in pages), bool, len(pages))
    return np.flatnonzero(leaving[data.columns.page_codes])


def _compound(value: str) -> Compound:
    parts = tuple(value.split(" "))
    return "".join(parts), parts


def _counted(opened: OpenIndex, column: str) -> Counter[str]:
    """How many speeches have each value of a coded column, deleted ones left out?"""
    counts: Counter[str] = Counter()
    for segment in opened.segments:
        coded = segment.columns.coded(column)
        if coded is not None:
            counts.update(_values(coded, segment))
    return counts


def _values(coded: CodedColumn, segment: SegmentData) -> dict[str, int]:
    live = np.arange(segment.speeches) if segment.live is None else np.flatnonzero(segment.live)
    counts, _ = coded.counts(live)
    return {value: count for value, count in zip(coded.listed(), counts.tolist(), strict=True) if count}


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, target)
