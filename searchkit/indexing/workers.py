"""Cleaning and extraction in processes of their own: several cores, and a page that kills one costs that page alone."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from searchkit.indexing.known import Done, Item
from searchkit.indexing.options import BuildOptions
from searchkit.indexing.record_crew import RecordCrew, Underway
from searchkit.indexing.record_making import RecordsMade
from searchkit.indexing.report import NO_MEMORY
from searchkit.models import Inspection, RawPage, Skipped
from searchkit.processes import receive, send, start
from searchkit.sources import RecordBatch

__all__ = ["PAGE_SECONDS", "inspect_pages"]

PAGE_SECONDS = 120.0
"""Longest time for one page.  The slowest of 2,396 real pages took under two seconds."""

_BATCH_PAGES = 32
_RECORDS_A_PAGE = 8
"""Records that take the place of one page in a batch: most are made in a hundredth of the time."""
_RECORDS_HERE = 2_000
"""Records that are made without a worker: fewer are done before one has started."""
_BATCH_BYTES = 2_000_000
_BATCHES_MORE = 4
"""Batches in hand beside two for each process: so many of records are made here before a process is started."""

Read = Item
Inspected = tuple[Read, Inspection | RecordsMade | None]
"""What was read, and what was made of it; None for what need not be made."""


def inspect_pages(
    pages: Iterable[Read], options: BuildOptions, jobs: int, records: RecordCrew | None = None
) -> Generator[Inspected, None, None]:
    """What do `pages` hold?  In their order, each with what was read; `jobs` worker processes share the work.

    Records that are taken as they are need no worker, and those that come in batches are the matter of `records`.  At
    most a few batches are in memory at any time.
    """
    crew = _Crew(options, jobs)
    waiting: deque[Future[list[Inspected]] | Underway] = deque()

    def first() -> Iterable[Inspected]:
        underway = waiting.popleft()
        if isinstance(underway, Future):
            return underway.result()
        assert records is not None
        return [(underway.batch, records.result(underway))]

    try:
        for batch in _batches(pages):
            if isinstance(batch, RecordBatch):
                assert records is not None
                waiting.append(records.submit(batch))
            else:
                waiting.append(crew.submit(batch))
            if len(waiting) > 2 * jobs + _BATCHES_MORE:
                yield from first()
        while waiting:
            yield from first()
    finally:
        crew.dismiss()


def _batches(pages: Iterable[Read]) -> Iterator[list[Read] | RecordBatch]:
    batch: list[Read] = []
    room, size = _BATCH_PAGES * _RECORDS_A_PAGE, 0
    for page in pages:
        if isinstance(page, RecordBatch):
            if batch:
                yield batch
            yield page
            batch, room, size = [], _BATCH_PAGES * _RECORDS_A_PAGE, 0
            continue
        batch.append(page)
        room -= 1 if isinstance(page, RawPage) and page.format == "record" else _RECORDS_A_PAGE
        size += _size(page) if isinstance(page, RawPage) else 0
        if room <= 0 or size >= _BATCH_BYTES:
            yield batch
            batch, room, size = [], _BATCH_PAGES * _RECORDS_A_PAGE, 0
    if batch:
        yield batch


def _size(page: RawPage) -> int:
    return len(page.content) + len(str(page.record.get("text", "")))


class _Crew:
    """Threads that each talk to one worker process, started when it first has work."""

    def __init__(self, options: BuildOptions, jobs: int) -> None:
        self._options = options
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="searchkit-worker")
        self._own = threading.local()
        self._workers: list[_Worker] = []
        self._dismissed = False
        self._records = 0

    def submit(self, batch: list[Read]) -> Future[list[Inspected]]:
        self._records += sum(isinstance(page, RawPage) and self._taken_as_it_is(page) for page in batch)
        return self._threads.submit(self._inspect, batch)

    def dismiss(self) -> None:
        self._dismissed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._end_workers()
        self._threads.shutdown(wait=True)
        self._end_workers()  # one may have been started meanwhile

    def _end_workers(self) -> None:
        for worker in list(self._workers):
            worker.end()

    def _inspect(self, batch: list[Read]) -> list[Inspected]:
        asked = self._ask([page for page in batch if isinstance(page, RawPage) and not self._taken_as_it_is(page)])
        records = self._made([page for page in batch if isinstance(page, RawPage) and self._taken_as_it_is(page)])
        results: list[Inspected] = []
        for page in batch:
            if isinstance(page, Skipped):
                results.append((page, Inspection(page)))
            elif isinstance(page, Done):
                results.append((page.raw, page.inspection))
            elif not isinstance(page, RawPage):
                results.append((page, None))
            elif self._taken_as_it_is(page):
                results.append((page, next(records)))
            else:
                results.append((page, next(asked)))
        return results

    def _taken_as_it_is(self, page: RawPage) -> bool:
        return page.format == "record" and not (self._options.clean_records or self._options.extract_records)

    def _made(self, records: list[RawPage]) -> Iterator[Inspection]:
        """What are `records` that are taken as they are?  Workers make them all at once where there are many."""
        if not records or self._records <= _RECORDS_HERE:
            from searchkit.indexing.pipeline import inspect_record  # the rules for pages: a build may not need them

            yield from (_sure(inspect_record(record, self._options)) for record in records)
            return
        try:
            yield from map(_sure, self._worker().ask_together(records))
        except _Lost:
            if self._dismissed:
                raise
            yield from self._ask(records)

    def _ask(self, pages: list[RawPage]) -> Iterator[Inspection]:
        """What do `pages` hold?  A page with which workers are lost is skipped, and another worker takes the rest."""
        suspect: RawPage | None = None
        while pages:
            answered = 0
            try:
                for inspection in self._worker().ask(pages):
                    if _lacks_memory(inspection) and pages[answered] is not suspect:
                        # What was made of other pages takes room as well: asked once more, of a new process.
                        self._worker().end()
                        raise _Lost(late=False)
                    answered += 1
                    yield inspection
            except _Lost as lost:
                if self._dismissed:
                    raise
                # Asked a second time: something else may have ended the worker.
                if pages[answered] is suspect or lost.late:
                    # It may still be the machine's fault, so what the page gave before is not to go.
                    yield Inspection(Skipped(pages[answered].key, str(lost), unreadable=True))
                    answered += 1
                else:
                    suspect = pages[answered]
            pages = pages[answered:]

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.alive:
            worker = self._own.worker = _Worker(self._options)
            self._workers.append(worker)
        return worker


def _sure(record: Inspection) -> Inspection:
    """The same; raises MemoryError for a record that could not be made: nothing but lack of room makes it so."""
    if _lacks_memory(record):
        raise MemoryError
    return record


def _lacks_memory(inspection: Inspection) -> bool:
    return isinstance(inspection.page, Skipped) and inspection.page.reason == NO_MEMORY


class _Lost(Exception):
    """The worker is gone; the message is the reason to give for the page."""

    def __init__(self, *, late: bool) -> None:
        super().__init__(f"took longer than {PAGE_SECONDS:.0f} seconds" if late else "its worker process died")
        self.late = late


class _Worker:
    """One worker process."""

    def __init__(self, options: BuildOptions) -> None:
        self._late = False
        self._process = start("searchkit.indexing.worker")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._questions, self._answers = self._process.stdin, self._process.stdout
        self._options: BuildOptions | None = options

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, pages: list[RawPage]) -> Iterator[Inspection]:
        """What do `pages` hold?  Raises _Lost at the page with which the process went, or that took too long."""
        try:
            with self._hurried():
                self._send_options()
                send(self._questions, pages)
            for _ in pages:
                with self._hurried():
                    inspection: Inspection = receive(self._answers)
                yield inspection
        except (EOFError, OSError) as error:
            self.end()
            raise _Lost(late=self._late) from error

    def ask_together(self, records: list[RawPage]) -> list[Inspection]:
        """What are these `records`?  Raises _Lost if the process went, or took too long."""
        try:
            with self._hurried():
                self._send_options()
                send(self._questions, tuple(records))
                made: list[Inspection] = receive(self._answers)
        except (EOFError, OSError) as error:
            self.end()
            raise _Lost(late=self._late) from error
        return made

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(OSError):  # what was buffered for a process that is gone
                pipe.close()

    def _send_options(self) -> None:
        if self._options is not None:
            send(self._questions, self._options)
            self._options = None

    @contextlib.contextmanager
    def _hurried(self) -> Iterator[None]:
        """Kill the process if the block takes too long."""
        timer = threading.Timer(PAGE_SECONDS, self._kill_late)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill_late(self) -> None:
        self._late = True
        self._process.kill()
