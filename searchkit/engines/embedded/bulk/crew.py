"""Several processes write the speeches of one build, as one segment."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Sequence
from typing import Any

from searchkit.engines.embedded.bulk.messages import ENDED, Failed, Job, packed
from searchkit.engines.embedded.bulk.sharing import Run, join
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.models import Speech
from searchkit.processes import receive, send, start

__all__ = ["Crew"]

_MODULE = "searchkit.engines.embedded.bulk.process"
_WAITING = 3
"""Batches that wait for each process: it never idles, and memory stays small."""


class Crew:
    """`size` processes that share the work."""

    def __init__(self, job: Job, size: int) -> None:
        self._directory = job.directory
        self._members = [_Member(job) for _ in range(size)]

    def add(self, speeches: Sequence[Speech]) -> None:
        """Hand speeches to the process with the least to do; those of a page come together."""
        batch = list(map(packed, speeches))
        self._check()
        min(self._members, key=_Member.waiting).put(batch)

    def finish(self) -> list[ColumnarSegment]:
        """Let every process finish; what have they written?  Raises OSError or BuildRefused if one could not."""
        for member in self._members:
            member.put(None)
        for member in self._members:
            member.wait()
        self._check()
        runs = [run for member in self._members for run in member.left]
        return join(self._directory, runs, len(self._members))

    def dismiss(self) -> None:
        """End the processes, whatever they do."""
        for member in self._members:
            member.end()

    def _check(self) -> None:
        for member in self._members:
            if member.failed is not None:
                member.failed.tell()


class _Member:
    """One process, and the thread that talks to it."""

    def __init__(self, job: Job) -> None:
        self.left: list[Run] = []
        self.failed: Failed | None = None
        self._batches: queue.Queue[list[tuple[Any, ...]] | None] = queue.Queue(_WAITING)
        self._process: subprocess.Popen[bytes] = start(_MODULE)
        self._thread = threading.Thread(target=self._talk, args=(job,), name="searchkit-writer", daemon=True)
        self._thread.start()

    def waiting(self) -> int:
        return self._batches.qsize()

    def put(self, batch: list[tuple[Any, ...]] | None) -> None:
        self._batches.put(batch)

    def wait(self) -> None:
        self._thread.join()
        self.end()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._batches.put(None)  # nothing stands in the way: the thread takes what is left, wherever it goes
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was buffered for a process that is gone
                if pipe is not None:
                    pipe.close()

    def _talk(self, job: Job) -> None:
        questions = self._process.stdin
        assert questions is not None
        last = False
        with contextlib.suppress(OSError):  # it has given up, and says why
            send(questions, job)
            while not last:
                batch = self._batches.get()
                last = batch is None
                send(questions, batch)
        answer = self._answer()
        if isinstance(answer, Failed):
            self.failed = answer
        else:
            self.left = answer
        while not last:
            last = self._batches.get() is None

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        try:
            return receive(self._process.stdout)
        except (EOFError, OSError, ValueError):
            return Failed(None, ENDED)
