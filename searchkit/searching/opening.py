"""One state of an index, open for reading: the live generation of a folder, or speeches in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit import generations
from searchkit.engines.base import Engine
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import IndexDamaged, IndexMissing
from searchkit.generations import Manifest
from searchkit.held import HeldFile
from searchkit.identity.roll import ROLL, RollEntry, hold_roll, read_roll, roll_in
from searchkit.models import Speech
from searchkit.query import Parsed, parse
from searchkit.schema import with_own_fields

if TYPE_CHECKING:  # needs what only the extra [opensearch] brings
    from searchkit.engines.cluster import ClusterEngine

__all__ = ["Opened", "cluster_live_id", "live_id", "open_cluster", "open_index", "open_memory"]


_KEPT_QUERIES = 1_000


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine, and which generation of which index it reads; the latter are None for speeches in memory."""

    engine: Engine
    index: Path | str | None = None
    """A folder, or the address of an index on a cluster."""
    manifest: Manifest | None = None
    directory: Path | None = None
    """Where the generation stands."""
    roll: tuple[RollEntry, ...] = ()
    """Of speeches in memory; an index keeps its own."""
    roll_file: HeldFile | None = None
    """Where an index keeps it."""
    cluster: ClusterEngine | None = None
    """The engine, where it is one on a cluster."""
    _parsed: dict[tuple[str, bool, int], Parsed] = field(default_factory=dict, repr=False, compare=False)

    @property
    def generation(self) -> str | None:
        """The id of the generation."""
        return self.manifest.generation if self.manifest else None

    def parsed(self, query: str, literal: bool = False) -> Parsed:
        """How is `query` understood?  Kept: its next pages, facets and counts are asked with the same words.

        Raises QueryError where it cannot be understood.
        """
        # A new day begins with a new quarter of an hour, in every time zone; asking for the day itself takes longer.
        key = (query, literal, int(time.time()) // 900)
        known = self._parsed.get(key)
        if known is None:
            known = parse(query, self.engine.profile, literal=literal)
            if len(self._parsed) >= _KEPT_QUERIES:
                self._parsed.clear()
            self._parsed[key] = known
        return known

    def speakers(self) -> tuple[RollEntry, ...]:
        """Every label, whom it was resolved to and why."""
        if self.cluster is not None:
            return roll_in(self.cluster.file(ROLL) or b"[]", str(self.index))
        return self.roll if self.roll_file is None else read_roll(self.roll_file)

    def again(self) -> Opened:
        """The same generation through files or sockets of its own: a process must not use those of its parent."""
        if self.cluster is not None:
            again = self.cluster.again()
            return replace(self, engine=again, cluster=again)
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


def open_cluster(address: str) -> Opened:
    """Which engine reads the live generation at `address`?  Raises UsageError, IndexMissing or IndexDamaged."""
    from searchkit.comparing import manifest_of
    from searchkit.engines.cluster import Catalogue, ClusterEngine, Connection, parse_address

    connection = Connection(parse_address(address))
    catalogue = Catalogue(connection)
    while True:
        live = catalogue.require_live()
        try:
            engine = ClusterEngine(connection, live)
        except (IndexDamaged, IndexMissing):
            # A builder may have published and pruned meanwhile.
            if catalogue.live() == live:
                raise
            continue
        manifest = manifest_of(engine.told, engine.bytes())
        return Opened(engine, address, manifest, cluster=engine)


def cluster_live_id(address: str) -> str | None:
    """Which generation at `address` is live?  None if there is none."""
    from searchkit.engines.cluster import Catalogue, Connection, parse_address

    connection = Connection(parse_address(address))
    try:
        return Catalogue(connection).live()
    finally:
        connection.close()


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
