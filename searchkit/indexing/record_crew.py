"""Several processes make and write the records of one build: each takes batches of lines, and all end with one segment.

The processes are started when there is work for more than a moment; a small corpus is made here.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import Any

from searchkit.engines.embedded import ENDED, ColumnarSegment, Failed, Job, Run, join
from searchkit.indexing.record_making import RecordMaker, RecordsMade, RecordTask
from searchkit.processes import receive, send, start
from searchkit.sources import RecordBatch

__all__ = ["RecordCrew", "Underway"]

_MODULE = "searchkit.indexing.record_worker"
_SIZE_HERE = 1_200_000
"""Bytes of records that are made without a process: fewer are done before one has started."""
_COST_OF_STANDING = 0.1
"""Of what a record costs that is made anew: one that is as it was is read and compared with what is known of it."""

_PATIENCE = 3
"""So many times that size where records may stand: few of them are made, and processes take half a second to start.
The changes of a night among 20,000 speeches (1 % new, 0.3 % edited, in files of 50) come to about one such size."""


class Underway:
    """A batch that is being made, or will be when its result is asked for."""

    def __init__(self, batch: RecordBatch) -> None:
        self.batch = batch
        self.future: Future[RecordsMade] = Future()


class RecordCrew:
    """At most `size` processes that share the records of one build."""

    def __init__(self, task: RecordTask, job: Job | None, size: int) -> None:
        """Without `job`, because nothing is to be written, everything is made here."""
        self._task = task
        self._job = job
        self._size = size
        self._size_here = _SIZE_HERE * (_PATIENCE if task.takes_over else 1)
        self._members: list[_Member] = []
        self._here: RecordMaker | None = None
        self._held: list[Underway] = []
        self._met = 0
        """Bytes that were to be made anew, as far as is known: what may stand counts once it was compared."""
        self._waiting: queue.Queue[Underway | None] = queue.Queue()
        self._ended = False

    def submit(self, batch: RecordBatch) -> Underway:
        """Have `batch` made."""
        underway = Underway(batch)
        if not self._task.takes_over:
            self._met += batch.size
        if self._job is None or self._met <= self._size_here:
            self._held.append(underway)
            return underway
        if not self._members:
            self._members = [_Member(number, (self._task, self._job), self._waiting) for number in range(self._size)]
        for held in (*self._held, underway):
            self._waiting.put(held)
        self._held.clear()
        return underway

    def result(self, underway: Underway) -> RecordsMade:
        """What became of its records?  Raises OSError or BuildRefused where a process could not write them."""
        if underway in self._held:
            self._held.remove(underway)
            if self._here is None:
                self._here = RecordMaker(self._task)
            made = self._here.made(underway.batch)
            if self._task.takes_over:
                # What stands is read and compared, and no more.
                saved = (1 - _COST_OF_STANDING) * len(made.standing) / max(1, len(made.keys))
                self._met += round(underway.batch.size * (1 - saved))
            return made
        return underway.future.result()

    def end(self) -> None:
        """Let every process write down what it has gathered: nothing more will be submitted."""
        if not self._ended:
            self._ended = True
            for _ in self._members:
                self._waiting.put(None)

    def finish(self, unwanted: Mapping[int, Iterable[int]]) -> list[ColumnarSegment]:
        """Which segments were written?  `unwanted` tells for each process which of its speeches are to be left out."""
        self.end()
        runs: list[Run] = []
        leaving: list[int] = []
        for number, member in enumerate(self._members):
            before = sum(run.speeches for run in runs)
            runs += member.runs.result()
            leaving += [before + place for place in unwanted.get(number, ())]
        size = len(self._members)
        self.dismiss()
        segments = join(self._job.directory, runs, size) if self._job is not None else []
        for segment in segments:
            for place in leaving:
                segment.delete_document(place)
        return [segment for segment in segments if segment.doc_count()]

    def dismiss(self) -> None:
        """End the processes, whatever they do."""
        for member in self._members:
            member.kill()
        for _ in self._members:
            self._waiting.put(None)
        for member in self._members:
            member.join()
        self._members = []
        if self._here is not None:
            self._here.close()


class _Member:
    """One process, and the thread that talks to it."""

    def __init__(self, number: int, task: tuple[RecordTask, Job], waiting: queue.Queue[Underway | None]) -> None:
        self.runs: Future[list[Run]] = Future()
        self._waiting = waiting
        self._process: subprocess.Popen[bytes] = start(_MODULE)
        self._ended = False
        name = f"searchkit-records-{number}"
        self._thread = threading.Thread(target=self._talk, args=((*task, number),), name=name, daemon=True)
        self._thread.start()

    def kill(self) -> None:
        self._ended = True
        self._process.kill()
        self._process.wait()

    def join(self) -> None:
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was buffered for a process that is gone
                if pipe is not None:
                    pipe.close()

    def _talk(self, task: tuple[RecordTask, Job, int]) -> None:
        problem: BaseException | None = None
        try:
            self._tell(task)
        except BaseException as error:
            problem = error
        while (underway := self._waiting.get()) is not None and not self._ended:
            if problem is None:
                try:
                    underway.future.set_result(self._ask(underway.batch))
                    continue
                except BaseException as error:
                    problem = error
            underway.future.set_exception(problem)
        try:
            if problem is not None or self._ended:
                raise problem or EOFError
            self.runs.set_result(self._ask(None))
        except BaseException as error:
            self.runs.set_exception(error)

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has given up, and says why
            send(self._process.stdin, message)

    def _ask(self, question: RecordBatch | None) -> Any:
        self._tell(question)
        assert self._process.stdout is not None
        try:
            answer = receive(self._process.stdout)
        except (EOFError, OSError, ValueError):
            answer = Failed(None, ENDED)
        if isinstance(answer, Failed):
            answer.tell()
        return answer
