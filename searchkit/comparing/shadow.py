"""Generations on a cluster laid out as a folder has them: of themselves, their pages, their changes.

Whoever compares generations of a folder compares those of a cluster in the same way; the speeches stay where they are.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.comparing.account import ACCOUNT
from searchkit.generations import FileRecord, Manifest, Recipe
from searchkit.generations.layout import PAGES, Layout
from searchkit.generations.manifest import write_manifest

if TYPE_CHECKING:  # needs what only the extra [opensearch] brings
    from searchkit.engines.cluster import ClusterEngine, ClusterStanding, Connection, Told

__all__ = ["Shadow", "manifest_of", "shadow"]


class Shadow:
    """The generations of one index on a cluster, as a folder without speeches."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self.folder = folder
        self._connection = connection

    def engine(self, id: str) -> ClusterEngine:
        """Which engine reads the generation `id`?  Closed with the connection."""
        from searchkit.engines.cluster import ClusterEngine

        return ClusterEngine(self._connection, id)


@contextlib.contextmanager
def shadow(address: str) -> Iterator[Shadow]:
    """Lay out the generations at `address` for as long as the block runs.  Raises IndexMissing or IndexDamaged."""
    from searchkit.engines.cluster import Catalogue, Connection, parse_address

    with (
        contextlib.closing(Connection(parse_address(address))) as connection,
        tempfile.TemporaryDirectory(prefix="searchkit-") as folder,
    ):
        layout = Layout(Path(folder))
        for standing in Catalogue(connection).kept():
            _lay_out(connection, standing, layout.published(standing.id))
            if standing.live:
                layout.current.write_text(f"{standing.id}\n", encoding="ascii")
        yield Shadow(connection, Path(folder))


def manifest_of(told: Told, size: int) -> Manifest:
    """Which manifest has a generation on a cluster that takes `size` bytes there?"""
    return Manifest(
        told.generation,
        told.created,
        told.software,
        Recipe(told.sources),
        told.speeches,
        told.pages,
        told.skipped,
        told.stale,
        former=told.former,
        files={"indices": FileRecord(size, "")},
    )


def _lay_out(connection: Connection, standing: ClusterStanding, directory: Path) -> None:
    from searchkit.engines.cluster.names import state_index
    from searchkit.engines.cluster.state import GenerationState

    directory.mkdir(parents=True)
    state = GenerationState(connection, state_index(connection.address.name, standing.id))
    records = {}
    for name in (PAGES, ACCOUNT):
        content = state.get(f"file-{name}")
        if content is not None:
            (directory / name).write_bytes(content)
            records[name] = FileRecord(len(content), "")
    write_manifest(directory, replace(manifest_of(standing.told, standing.bytes), files=records))
