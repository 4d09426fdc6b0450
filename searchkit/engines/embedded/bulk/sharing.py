"""What several processes have gathered becomes one segment, and two new ones share the work of writing it.

    runs = [*first.leave(), *second.leave()]     # each process: its speeches, but for the postings of their texts
    segments = join(directory, runs, jobs=2)     # each file of the one segment is written by one process

They are new ones because those that gathered keep the room that they once needed.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.bulk.gathered import left_in
from searchkit.engines.embedded.bulk.joining import JoinedText
from searchkit.engines.embedded.bulk.merging import merge_fields
from searchkit.engines.embedded.bulk.merging_columns import merge_columns, merge_stored
from searchkit.engines.embedded.bulk.messages import ENDED, Failed
from searchkit.engines.embedded.bulk.scratch import Scratch
from searchkit.engines.embedded.bulk.source import Source
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.engines.embedded.traits import join_traits
from searchkit.processes import receive, send, start

__all__ = ["Run", "Share", "join"]

_MODULE = "searchkit.engines.embedded.bulk.share_process"


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


def join(directory: Path, runs: Sequence[Run], jobs: int = 0) -> list[ColumnarSegment]:
    """Let `runs` become one segment of `directory`, one behind the other; none where there are none.

    Arguments:
        jobs: how many processes may work at a time; 0: everything is done here.

    Raises OSError or BuildRefused if a process could not do its share.
    """
    if not runs:
        return []
    segment = ColumnarSegment(INDEX_NAME, speeches=sum(run.speeches for run in runs))
    shares = [Share(directory, segment, tuple(runs), fields) for fields in (True, False)]
    if jobs:
        with contextlib.ExitStack() as started:
            processes = [started.enter_context(_Process(share, begun=jobs > 1)) for share in shares]
            for process in processes:
                process.wait()
    else:
        for share in shares:
            share.write()
    for run in runs:
        run.remove()
    return [segment]


class _Process:
    """A process that writes one share."""

    def __init__(self, share: Share, *, begun: bool) -> None:
        """`begun`: at once, not when it is waited for."""
        self._share = share
        self._process = start(_MODULE)
        if begun:
            self._begin()
        self._begun = begun

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was buffered for a process that is gone
                if pipe is not None:
                    pipe.close()

    def wait(self) -> None:
        """Return when the share is written."""
        if not self._begun:
            self._begin()
        assert self._process.stdout is not None
        try:
            answer: Failed | None = receive(self._process.stdout)
        except (EOFError, OSError, ValueError):
            answer = Failed(None, ENDED)
        if answer is not None:
            answer.tell()

    def _begin(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has given up, and says why
            send(self._process.stdin, self._share)
