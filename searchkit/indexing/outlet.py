"""Where speeches go: into the writer, those that stand over from the former generation, and rows into the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from searchkit.engines.base import SpeechWriter
from searchkit.generations import PageRow, PageTableWriter, SpeechRow
from searchkit.indexing.digests import speech_digest
from searchkit.indexing.former import Former
from searchkit.indexing.record_making import RecordsMade
from searchkit.models import Speech
from searchkit.query import Profile
from searchkit.sources import StandingLines

__all__ = ["Nowhere", "Outlet"]

Ints = npt.NDArray[np.int64]


class Outlet:
    """Writes one new generation: its speeches and its table of pages."""

    def __init__(self, writer: SpeechWriter, table: Path, former: Former, *, linked: bool) -> None:
        """`linked`: the writer begins with the segments of `former`, so that what stands need not be written again."""
        self.writer = writer
        self.table = PageTableWriter(table, former.table)
        self.unwanted: dict[int, list[int]] = {}
        """Process -> places of speeches that it has written and that another page's speech has made superfluous."""
        self._kept: set[str] = set()
        """Pages that stand with their speeches, one by one."""
        self._kept_files: set[int] = set()
        """Files of the former table that stand with all their pages."""
        self._kept_lines: dict[int, bytearray] = {}
        """Other files of it -> for each line, whether it stands."""
        self._former = former
        self.linked = linked

    def add(self, speech: Speech, digest: bytes | None = None) -> None:
        """Take in a speech that was made anew; its `digest`, if it was taken already."""
        self.writer.add(speech)
        self.table.add_speech(SpeechRow(speech.id, speech.page, digest or speech_digest(speech)))

    def take_records(self, made: RecordsMade, superfluous: Ints) -> None:
        """Take in the speeches of a batch, but those at these places among them."""
        if made.writer >= 0:
            self.unwanted.setdefault(made.writer, []).extend((superfluous + made.first).tolist())
            return
        left_out = set(superfluous.tolist())
        for place, speech in enumerate(made.speeches):
            if place not in left_out:
                self.writer.add(speech)

    def keep(self, row: PageRow) -> None:
        """Let a page stand with its speeches, if it has any; it is found at `row.location` now."""
        self.table.keep(row.key, row.location)
        if row.speeches:
            self._stand(row.key)

    def keep_stale(self, row: PageRow) -> None:
        """Let a page that cannot be read stand with its speeches."""
        self.table.keep_stale(row)
        self._stand(row.key)

    def keep_file(self, number: int) -> None:
        """Let a file stand with all its pages and their speeches."""
        self._kept_files.add(number)
        self.table.keep_file(number)
        if not self.linked:
            for page in self._former.keys_of_file(number):
                self._write_again(page)

    def keep_lines(self, lines: StandingLines) -> None:
        """Let the pages of lines stand with their speeches, which need not be written again."""
        kept = self._kept_lines.setdefault(lines.file, bytearray())
        end = lines.place + lines.count
        if len(kept) < end:
            kept.extend(bytes(end - len(kept)))
        kept[lines.place : end] = b"\1" * lines.count
        self.table.keep_lines(lines)

    def stands(self, file: int, line: int | None) -> bool:
        """Is it settled that this file of the former table stands, or this line of it?"""
        kept = self._kept_lines.get(file, b"")
        return file in self._kept_files or (line is not None and line < len(kept) and kept[line] == 1)

    def leaving(self) -> set[str]:
        """Which pages of the former generation are not in the new one as they were there?"""
        outside = self._former.pages_outside(self._kept_files)
        return {key for key, file, line in outside if key not in self._kept and not self.stands(file, line)}

    def _stand(self, page: str) -> None:
        self._kept.add(page)
        if not self.linked:
            self._write_again(page)

    def _write_again(self, page: str) -> None:
        for speech in self._former.speeches_of(page):
            self.writer.add(speech)

    def cancel(self) -> None:
        """Let go of everything that is open."""
        self.table.cancel()
        self.writer.cancel()


class Nowhere:
    """Takes speeches in and keeps none; a SpeechWriter for a build that is only rehearsed."""

    def add(self, speech: Speech) -> None:
        """Forget the speech."""

    def commit(self) -> Profile:
        """Finish: there is nothing."""
        return Profile()

    def cancel(self) -> None:
        """Let go: there is nothing."""
