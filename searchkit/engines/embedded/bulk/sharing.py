"""What several processes have gathered becomes one segment, and they share the work of writing it.

    runs = [*first.leave(), *second.leave()]     # each process: its speeches, but for the postings of their texts
    segments = join(directory, runs, asking)     # each file of the one segment is written by one of them

The processes answer with `write_shares` meanwhile.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.bulk.gathered import left_in
from searchkit.engines.embedded.bulk.joining import JoinedText
from searchkit.engines.embedded.bulk.merging import merge_fields
from searchkit.engines.embedded.bulk.merging_columns import merge_columns, merge_stored
from searchkit.engines.embedded.bulk.scratch import Scratch
from searchkit.engines.embedded.bulk.source import Source
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.engines.embedded.traits import join_traits
from searchkit.processes import receive, send

__all__ = ["Run", "Share", "join", "write_shares"]


@dataclass(frozen=True, slots=True)
class Run:
    """What a process has gathered of some speeches: a segment without the postings of texts, and their words."""

    folder: Path
    segment: ColumnarSegment

    @property
    def speeches(self) -> int:
        """How many speeches are in it?"""
        return self.segment.doc_count_all()

    def remove(self) -> None:
        """Remove its files."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the files of one segment, which another part does not need."""

    directory: Path
    segment: ColumnarSegment
    runs: tuple[Run, ...]
    fields: bool
    """The postings of all fields; else the stream, the columns and what is stored."""

    def write(self) -> None:
        """Write these files."""
        storage = FileStorage(str(self.directory))
        with SegmentWriter.whole(storage, self.segment.segment_id(), self.segment.doc_count_all()) as writer:
            text = JoinedText([left_in(run.folder) for run in self.runs])
            if self.fields:
                scratch = Scratch(self.directory)
                try:
                    text.write_fields(writer, scratch)
                finally:
                    scratch.remove()
                del text
                merge_fields(self._sources(), writer)
                return
            text.write_stream(writer)
            del text
            sources = self._sources()
            merge_columns(sources, writer)
            merge_stored(sources, writer)
        parts = [(run.folder, run.segment.segment_id()) for run in self.runs]
        join_traits(parts, self.directory, self.segment.segment_id())

    def _sources(self) -> list[Source]:
        sources: list[Source] = []
        first = 0
        for run in self.runs:
            sources.append(Source(FileStorage(str(run.folder)), run.segment.segment_id(), first))
            first += run.speeches
        return sources


def join(directory: Path, runs: Sequence[Run], asking: Sequence[Callable[[Share], object]]) -> list[ColumnarSegment]:
    """Let `runs` become one segment of `directory`, one behind the other; none where there are none.

    Arguments:
        asking: how each process is asked for a share of the work; returns when that is written, and raises what it
            raised there.
    """
    if not runs:
        return []
    segment = ColumnarSegment(INDEX_NAME, speeches=sum(run.speeches for run in runs))
    shares = [Share(directory, segment, tuple(runs), fields) for fields in (True, False)]
    waiting = [_begun(ask, shares[number :: len(asking)]) for number, ask in enumerate(asking[: len(shares)])]
    for written in waiting:
        written.result()
    for run in runs:
        run.remove()
    return [segment]


def write_shares(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Write what the build asks for, until it asks no more."""
    while True:
        share: Share = receive(questions)
        share.write()
        send(answers, None)


def _begun(ask: Callable[[Share], object], shares: Sequence[Share]) -> Future[None]:
    """Ask for `shares` in a thread of its own, which an interrupted build does not wait for."""
    written: Future[None] = Future()

    def wait() -> None:
        try:
            for share in shares:
                ask(share)
            written.set_result(None)
        except BaseException as error:
            written.set_exception(error)

    threading.Thread(target=wait, name="searchkit-share", daemon=True).start()
    return written
