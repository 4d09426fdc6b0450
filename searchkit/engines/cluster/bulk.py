"""How do documents reach the cluster, each once, and no faster than it takes them?

Some requests are under way at a time and whoever adds more waits.  What the cluster has no room for, or what a lost
node did not answer, is sent again after a pause; a document that had arrived all the same is told by its version.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from searchkit.engines.cluster.connection import Connection, pause
from searchkit.errors import BuildRefused

__all__ = ["BulkSender", "Rejected"]

_VERSION = 1
"""Of every document: an index is written once, so a second arrival is a conflict, which changes nothing."""
_UNDER_WAY = 3
"""Requests at a time: one for each node of a small cluster."""
_AGAIN = {429, 502, 503, 504}
_ARRIVED = 409
_ATTEMPTS = 10
_TIMEOUT = 60
_MOST_REJECTED = 20


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that the cluster would not take, and why."""

    key: str
    reason: str


class BulkSender:
    """Sends documents to one index."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._pool = ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="searchkit-bulk")
        self._under_way: deque[Future[list[Rejected]]] = deque()
        self._rejected: list[Rejected] = []
        self.sent_again = 0
        """How many documents had to be sent a second time."""
        self._counting = threading.Lock()

    def send(self, documents: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Send documents under their keys; waits while enough are under way.  Raises BuildRefused or SearchkitError."""
        while len(self._under_way) >= _UNDER_WAY:
            self._take(self._under_way.popleft())
        lines = [
            (key, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
            for key, body in documents
        ]
        self._under_way.append(self._pool.submit(self._deliver, lines))

    def finish(self) -> None:
        """Wait until every document has arrived.  Raises BuildRefused where the cluster would not take some."""
        while self._under_way:
            self._take(self._under_way.popleft())
        self._pool.shutdown()
        if self._rejected:
            shown = "; ".join(f"{item.key}: {item.reason}" for item in self._rejected[:3])
            raise BuildRefused(
                f"{self._connection.address}: the cluster rejected {len(self._rejected)} speeches, and nothing was "
                f"published ({shown})"
            )

    def cancel(self) -> None:
        """Stop sending."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._under_way.clear()

    def _take(self, sent: Future[list[Rejected]]) -> None:
        self._rejected += sent.result()
        if len(self._rejected) > _MOST_REJECTED:
            self.cancel()
            self.finish()

    def _deliver(self, lines: Sequence[tuple[str, bytes]]) -> list[Rejected]:
        waiting = list(lines)
        rejected: list[Rejected] = []
        for attempt in range(_ATTEMPTS):
            waiting, refused = self._post(waiting)
            rejected += refused
            if not waiting:
                return rejected
            with self._counting:
                self.sent_again += len(waiting)
            time.sleep(pause(attempt))
        return rejected + [Rejected(key, "the cluster had no room for it, again and again") for key, _ in waiting]

    def _post(self, lines: Sequence[tuple[str, bytes]]) -> tuple[list[tuple[str, bytes]], list[Rejected]]:
        """Send once; what is to be sent again, and what will never be taken?"""
        parts: list[bytes] = []
        for key, body in lines:
            action = {"index": {"_id": key, "version": _VERSION, "version_type": "external"}}
            parts += [json.dumps(action, ensure_ascii=True).encode("ascii"), body]
        content = b"\n".join(parts) + b"\n"
        answer = self._connection.request(
            "POST", f"/{self._index}/_bulk", content, {"timeout": f"{_TIMEOUT // 2}s"}, timeout=_TIMEOUT
        )
        again: list[tuple[str, bytes]] = []
        rejected: list[Rejected] = []
        for line, item in zip(lines, answer["items"], strict=True):
            outcome = item["index"]
            status = int(outcome["status"])
            if status in _AGAIN:
                again.append(line)
            elif status >= 300 and status != _ARRIVED:
                error = outcome.get("error", {})
                cause = error.get("caused_by") or error
                rejected.append(Rejected(line[0], str(cause.get("reason", status))))
        return again, rejected
