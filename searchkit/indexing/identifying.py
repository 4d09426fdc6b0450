"""The step of a build that compares all speeches: who is behind the names, which texts are copies.

It runs after the segments are written and reads of them only what is kept for it; whatever part of the speeches a build
has taken over from the former generation, it compares them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.side import write_side
from searchkit.engines.embedded.traits import keep_traits, read_traits
from searchkit.identity.identify import identify
from searchkit.identity.roll import write_roll
from searchkit.identity.speakers_file import FILE_NAME, Told, read_speakers
from searchkit.sources import Source

__all__ = ["identify_index", "speakers_files", "told_of_speakers"]


def identify_index(directory: Path, told: Told) -> None:
    """Give the index in `directory` its side columns and its roll of speakers."""
    opened = OpenIndex(directory)
    keep_traits(directory, opened.segments)
    found = identify(read_traits(opened.segments), opened.numbers, lambda number: opened.texts([number])[0], told)
    write_side(directory, found.side)
    write_roll(directory, found.roll)


def told_of_speakers(named: Sequence[str], sources: Iterable[Source]) -> tuple[Told, tuple[str, ...]]:
    """What do people tell of speakers, in the files `named` or else in those beside the sources?  And what was read?

    Raises UsageError for a file that cannot be read or contradicts itself.
    """
    paths = [Path(name) for name in named] or speakers_files(sources)
    told = read_speakers(paths)
    listed = ", ".join(map(str, paths))
    told_so = f"{len(told.names):,} speakers, {len(told.aliases):,} aliases" if paths else ""
    return told, (f"{listed}: {told_so}",) if paths else ()


def speakers_files(sources: Iterable[Source]) -> list[Path]:
    """Which files of speakers lie in the folders of these SOURCEs, or beside them?"""
    found: dict[Path, None] = {}
    for source in sources:
        if source.path == "-":
            continue
        place = Path(source.path).absolute()
        for folder in (place, place.parent) if place.is_dir() else (place.parent,):
            if (folder / FILE_NAME).is_file():
                found[folder / FILE_NAME] = None
    return list(found)
