"""One state of an index, open for reading: the live generation of a folder, or speeches in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from searchkit import generations
from searchkit.engines.base import Engine
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import IndexDamaged
from searchkit.generations import Manifest
from searchkit.held import HeldFile
from searchkit.identity.roll import RollEntry, hold_roll, read_roll
from searchkit.models import Speech
from searchkit.schema import with_own_fields

__all__ = ["Opened", "live_id", "open_index", "open_memory"]


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine, and which generation of which index it reads; the latter are None for speeches in memory."""

    engine: Engine
    index: Path | None = None
    manifest: Manifest | None = None
    directory: Path | None = None
    """Where the generation stands."""
    roll: tuple[RollEntry, ...] = ()
    """Of speeches in memory; an index keeps its own."""
    roll_file: HeldFile | None = None
    """Where an index keeps it."""

    @property
    def generation(self) -> str | None:
        """The id of the generation."""
        return self.manifest.generation if self.manifest else None

    def speakers(self) -> tuple[RollEntry, ...]:
        """Every label, whom it was resolved to and why."""
        return self.roll if self.roll_file is None else read_roll(self.roll_file)

    def again(self) -> Opened:
        """The same generation through files of its own: a process must not read through those of its parent."""
        return self if self.directory is None else replace(self, engine=EmbeddedEngine(self.directory))


def open_index(index: Path) -> Opened:
    """Which engine reads the live generation of `index`?

    Compares existence and size of every file with the manifest and reads none of them.  Raises IndexMissing or
    IndexDamaged.
    """
    while True:
        live = generations.require_live(index)
        try:
            engine, roll = EmbeddedEngine(live.directory), hold_roll(live.directory)
            return Opened(engine, index, live.manifest, live.directory, roll_file=roll)
        except IndexDamaged:
            # Builders may have published and pruned since `current` was read.
            if live_id(index) == live.id:
                raise


def live_id(index: Path) -> str | None:
    """Which generation of `index` is live?  None if there is none.  Raises IndexDamaged."""
    live = generations.live(index)
    return live.id if live else None


def open_memory(speeches: Iterable[Speech], own_fields: tuple[str, ...] = (), speakers: tuple[str, ...] = ()) -> Opened:
    """Which engine searches `speeches` without files, given the files that tell of `speakers`?"""
    from searchkit.engines.scan import ScanEngine
    from searchkit.identity.identify import identify
    from searchkit.identity.speakers_file import read_speakers

    written = ScanEngine(speeches, with_own_fields(own_fields))
    found = identify(
        written.traits(),
        len(written),
        lambda number: written.speeches([number])[0].text,
        read_speakers(map(Path, speakers)),
    )
    return Opened(written.beside(found.side), roll=found.roll)
