"""Which generations stand on a cluster, which of them answers, and how does the next one take its place?

An alias names the live one; it is switched in one step.  Whenever a builder dies, the alias names a generation that is
whole: the former one until that step, the new one from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from searchkit.engines.cluster.connection import Connection, Json
from searchkit.engines.cluster.names import control_index, generation_of, speeches_index, state_index
from searchkit.engines.cluster.state import GenerationState, Told
from searchkit.errors import BuildRefused, IndexDamaged, IndexMissing, UsageError

__all__ = ["Catalogue", "ClusterHold", "ClusterStanding"]

_HELD = "held"


@dataclass(frozen=True, slots=True)
class ClusterStanding:
    """One kept generation."""

    id: str
    told: Told
    bytes: int
    """Of its indices on all nodes, replicas included."""
    live: bool


@dataclass(frozen=True, slots=True)
class ClusterHold:
    """To which generation did somebody go back, and when (ISO 8601, UTC)?"""

    generation: str
    since: str


class Catalogue:
    """The generations of one index on a cluster."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name = connection.address.name

    # -- reading -------------------------------------------------------------------------------------------------------

    def live(self) -> str | None:
        """Which generation is live?  None if there is none."""
        found = self._connection.request("GET", f"/_alias/{self._name}", missing_allowed=True) or {}
        ids = [id for index in found if (id := generation_of(self._name, index))]
        return max(ids, key=_order, default=None)

    def require_live(self) -> str:
        """Which generation is live?  Raises IndexMissing that says how to make one."""
        live = self.live()
        if live is None:
            raise IndexMissing(
                f"no index at {self._connection.address}; build one: searchkit build SOURCE... --index "
                f"{self._connection.address}, or copy one: searchkit copy FOLDER {self._connection.address}"
            )
        return live

    def kept(self) -> list[ClusterStanding]:
        """Which generations are kept?  Oldest first.  Raises IndexMissing where there is none."""
        live = self.require_live()
        sizes = self._sizes()
        standing = []
        for id in self._ids(sizes):
            told = self.told(id)
            if told is not None:
                size = sizes[speeches_index(self._name, id)] + sizes.get(state_index(self._name, id), 0)
                standing.append(ClusterStanding(id, told, size, id == live))
        return standing

    def told(self, id: str) -> Told | None:
        """What does the generation `id` say of itself?  None for one that was never finished."""
        try:
            return GenerationState(self._connection, state_index(self._name, id)).told()
        except IndexDamaged:
            return None

    def all_ids(self) -> list[str]:
        """Which generations have an index, finished or not?  Oldest first."""
        return self._ids(self._sizes())

    def hold(self) -> ClusterHold | None:
        """Did somebody go back to an earlier generation, and has not released the index?"""
        path = f"/{control_index(self._name)}/_doc/{_HELD}"
        found = self._connection.request("GET", path, missing_allowed=True)
        if not found:
            return None
        note = found["_source"]
        return ClusterHold(str(note.get("generation")), str(note.get("since")))

    def refuse_held(self) -> None:
        """Raise BuildRefused if somebody went back to an earlier generation and has not released the index."""
        hold = self.hold()
        if hold is not None:
            address = self._connection.address
            raise BuildRefused(
                f"{address} was rolled back to {hold.generation} at {hold.since} and is held there, so that no build "
                f"undoes it. To let builds publish again: searchkit release --index {address}"
            )

    # -- changing; each of these wants the builder's lock --------------------------------------------------------------

    def publish(self, id: str) -> None:
        """Make the generation `id` the live one, in one step."""
        index = speeches_index(self._name, id)
        found = self._connection.request("GET", f"/_alias/{self._name}", missing_allowed=True) or {}
        former: list[Json] = [{"remove": {"index": other, "alias": self._name}} for other in found if other != index]
        added: Json = {"add": {"index": index, "alias": self._name}}
        self._connection.request("POST", "/_aliases", {"actions": [*former, added]})

    def rollback(self, to: str | None = None) -> ClusterStanding:
        """Make an earlier generation live and hold it: the one named `to`, else the one before the live one.

        Raises UsageError if there is no such generation.
        """
        kept = self.kept()
        chosen = self._named(kept, to) if to else self._one_before(kept)
        note = {"generation": chosen.id, "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        # held first: killed between the two steps, builds are refused, which is seen and mended by the same command
        self._connection.request("PUT", f"/{control_index(self._name)}/_doc/{_HELD}", note, {"refresh": "true"})
        self.publish(chosen.id)
        return chosen

    def release(self) -> ClusterHold:
        """Let builds publish again; what held them?  Raises UsageError if nothing did."""
        hold = self.hold()
        if hold is None:
            raise UsageError(f"{self._connection.address} is not held: builds publish")
        path = f"/{control_index(self._name)}/_doc/{_HELD}"
        self._connection.request("DELETE", path, params={"refresh": "true"}, missing_allowed=True)
        return hold

    def prune(self, keep: int) -> list[str]:
        """Remove all but the last `keep` finished generations, and never the live one; which were removed?"""
        live = self.require_live()
        finished = [id for id in self.all_ids() if self.told(id) is not None]
        gone = [id for id in finished[: -max(1, keep)] if id != live]
        for id in gone:
            self._remove(id)
        return gone

    def sweep(self) -> list[str]:
        """Remove generations that killed builders left unfinished; which were they?"""
        live = self.live()
        left = [id for id in self.all_ids() if id != live and self.told(id) is None]
        for id in left:
            self._remove(id)
        return left

    # ------------------------------------------------------------------------------------------------------------------

    def _remove(self, id: str) -> None:
        for index in (speeches_index(self._name, id), state_index(self._name, id)):
            self._connection.request("DELETE", f"/{index}", missing_allowed=True)

    def _sizes(self) -> dict[str, int]:
        params = {"format": "json", "bytes": "b", "h": "index,store.size"}
        listed = self._connection.request("GET", f"/_cat/indices/{self._name}-*", params=params, missing_allowed=True)
        return {item["index"]: int(item["store.size"] or 0) for item in listed or ()}

    def _ids(self, sizes: dict[str, int]) -> list[str]:
        found = [id for index in sizes if (id := generation_of(self._name, index))]
        return sorted(found, key=_order)

    def _named(self, kept: list[ClusterStanding], id: str) -> ClusterStanding:
        for item in kept:
            if item.id == id:
                return item
        there = ", ".join(item.id for item in kept)
        raise UsageError(f"there is no generation {id} in {self._connection.address}; kept are {there}")

    def _one_before(self, kept: list[ClusterStanding]) -> ClusterStanding:
        live = next(place for place, item in enumerate(kept) if item.live)
        former = kept[live].told.former
        earlier = kept[:live]
        if not earlier:
            raise UsageError(
                f"{self._connection.address} keeps no generation before the live one; see: searchkit generations"
            )
        return next((item for item in earlier if item.id == former), earlier[-1])


def _order(id: str) -> tuple[str, int]:
    stamp, _, number = id.partition("-")
    return stamp, int(number)
