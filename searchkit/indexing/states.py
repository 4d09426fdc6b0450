"""Which states of an index are kept, and which one answers?  Of a folder and of a cluster in the same words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from searchkit import generations
from searchkit.comparing import manifest_of
from searchkit.generations import Generation, Hold, Standing

__all__ = ["States", "states_at"]


class States(Protocol):
    """The generations of one index."""

    place: str
    """The folder, or the address."""

    def kept(self) -> list[Standing]:
        """Which generations are kept?  Oldest first.  Raises IndexMissing where there is none."""

    def hold(self) -> Hold | None:
        """Did somebody go back to an earlier generation, and has not released the index?"""

    def locked(self, purpose: str, wait: float) -> AbstractContextManager[Any]:
        """Hold the builder's lock; what follows wants it."""

    def rollback(self, to: str | None) -> Generation:
        """Make an earlier generation live and hold it."""

    def release(self) -> Hold:
        """Let builds publish again; what held them?"""

    def sweep(self) -> list[str]:
        """Remove what killed builders left; what was it?"""

    def prune(self, keep: int) -> list[str]:
        """Remove all but the last `keep` generations, and never the live one; which were removed?"""


def states_at(place: Path | str) -> AbstractContextManager[States]:
    """Which states has the index in a folder (a Path), or at an address on a cluster?"""
    return _on_cluster(place) if isinstance(place, str) else contextlib.nullcontext(_InFolder(place))


class _InFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.place = str(folder)

    def kept(self) -> list[Standing]:
        return generations.kept(self._folder)

    def hold(self) -> Hold | None:
        return generations.hold_of(self._folder)

    def locked(self, purpose: str, wait: float) -> AbstractContextManager[Any]:
        return generations.locked(self._folder, purpose, wait)

    def rollback(self, to: str | None) -> Generation:
        return generations.rollback(self._folder, to)

    def release(self) -> Hold:
        return generations.release(self._folder)

    def sweep(self) -> list[str]:
        return [path.name for path in generations.sweep(self._folder)]

    def prune(self, keep: int) -> list[str]:
        live = next((item.id for item in generations.kept(self._folder) if item.live), "")
        return generations.prune(self._folder, live, keep)


@contextlib.contextmanager
def _on_cluster(address: str) -> Iterator[States]:
    from searchkit.engines.cluster import Connection, parse_address

    with contextlib.closing(Connection(parse_address(address))) as connection:
        yield _OnCluster(connection)


class _OnCluster:
    def __init__(self, connection: Any) -> None:
        from searchkit.engines.cluster import Catalogue

        self._connection = connection
        self._catalogue = Catalogue(connection)
        self.place = str(connection.address)

    def kept(self) -> list[Standing]:
        return [self._standing(item) for item in self._catalogue.kept()]

    def hold(self) -> Hold | None:
        hold = self._catalogue.hold()
        return Hold(hold.generation, hold.since) if hold else None

    def locked(self, purpose: str, wait: float) -> AbstractContextManager[Any]:
        from searchkit.engines.cluster import locked

        return locked(self._connection, purpose, wait)

    def rollback(self, to: str | None) -> Generation:
        found = self._standing(self._catalogue.rollback(to)).generation
        assert found is not None
        return found

    def release(self) -> Hold:
        hold = self._catalogue.release()
        return Hold(hold.generation, hold.since)

    def sweep(self) -> list[str]:
        return self._catalogue.sweep()

    def prune(self, keep: int) -> list[str]:
        return self._catalogue.prune(keep)

    def _standing(self, item: Any) -> Standing:
        return Standing(item.id, Generation(Path(), manifest_of(item.told, item.bytes)), None, item.live)
