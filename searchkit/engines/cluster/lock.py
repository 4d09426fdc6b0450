"""One builder at a time: a document says who builds, and is renewed while it lives.

Where its holder dies it runs out after a minute and a half, and the next builder takes it over.  That is told by their
clocks, which must not differ by more than that.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from searchkit.engines.cluster.connection import Connection, Json
from searchkit.engines.cluster.names import control_index
from searchkit.errors import BuildRefused, IndexLocked, SearchkitError

__all__ = ["ClusterLock", "locked"]

_LASTS = 90.0
_RENEWED_EVERY = 20.0
_LOOKS_EVERY = 1.0


class ClusterLock:
    """The builder's lock of one index, held."""

    def __init__(self, connection: Connection, purpose: str) -> None:
        self._connection = connection
        self._path = f"/{control_index(connection.address.name)}/_doc/builder"
        self._note: Json = {
            "owner": uuid.uuid4().hex,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "purpose": purpose,
            "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        self._place: Json = {}
        self._released = threading.Event()
        self._renewing = threading.Thread(target=self._renew, name="searchkit-lock", daemon=True)

    def acquire(self, wait: float) -> None:
        """Take the lock, waiting up to `wait` seconds.  Raises IndexLocked."""
        control = {"settings": {"number_of_shards": 1, "number_of_replicas": 1}, "mappings": {"dynamic": False}}
        index = control_index(self._connection.address.name)
        self._connection.request("PUT", f"/{index}", control, conflict_allowed=True)
        give_up = time.monotonic() + max(0.0, wait)
        while not self._try():
            if time.monotonic() >= give_up:
                raise IndexLocked(
                    f"{self._connection.address} is being written by {self._holder()}; wait for it with --wait SECONDS"
                )
            time.sleep(_LOOKS_EVERY)
        self._renewing.start()

    def check(self) -> None:
        """Is it still ours?  Raises BuildRefused if not: then somebody else builds."""
        found = self._connection.request("GET", self._path, missing_allowed=True)
        if not found or found["_source"]["owner"] != self._note["owner"]:
            raise BuildRefused(
                f"{self._connection.address}: another builder took over while this one could not be heard; nothing was "
                "published"
            )

    def release(self) -> None:
        """Let others build."""
        self._released.set()
        self._renewing.join()
        with contextlib.suppress(SearchkitError):
            self.check()
            self._connection.request(
                "DELETE", self._path, params=self._place, missing_allowed=True, conflict_allowed=True
            )

    def _try(self) -> bool:
        if self._write({"op_type": "create"}):
            return True
        found = self._connection.request("GET", self._path, missing_allowed=True)
        if not found:
            return False
        self._place = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        if found["_source"]["owner"] == self._note["owner"]:
            return True  # an answer was lost, and we have asked twice
        return float(found["_source"]["until"]) < time.time() and self._write(self._place)

    def _write(self, params: Json) -> bool:
        note = {**self._note, "until": time.time() + _LASTS}
        done = self._connection.request("PUT", self._path, note, params, conflict_allowed=True)
        if done is None:
            return False
        self._place = {"if_seq_no": done["_seq_no"], "if_primary_term": done["_primary_term"]}
        return True

    def _renew(self) -> None:
        while not self._released.wait(_RENEWED_EVERY):
            # whether it is lost is asked by `check`, before anything is published
            with contextlib.suppress(SearchkitError):
                self._write(self._place)

    def _holder(self) -> str:
        found = self._connection.request("GET", self._path, missing_allowed=True)
        if not found:
            return "another process"
        return "`{purpose}`, process {pid} on {host}, since {since}".format(**found["_source"])


@contextlib.contextmanager
def locked(connection: Connection, purpose: str, wait: float = 0.0) -> Iterator[ClusterLock]:
    """Hold the builder's lock of an index while the block runs.  Raises IndexLocked if another builder holds on."""
    lock = ClusterLock(connection, purpose)
    lock.acquire(wait)
    try:
        yield lock
    finally:
        lock.release()
