"""Where speeches go: into the writer, those that stand over from the former generation, and rows into the table."""

from __future__ import annotations

from pathlib import Path

from searchkit.engines.base import SpeechWriter
from searchkit.generations import PageTableWriter, SpeechRow
from searchkit.indexing.digests import speech_digest
from searchkit.indexing.former import Former
from searchkit.models import Speech
from searchkit.query import Profile

__all__ = ["Nowhere", "Outlet"]


class Outlet:
    """Writes one new generation: its speeches and its table of pages."""

    def __init__(self, writer: SpeechWriter, table: Path, former: Former, *, linked: bool) -> None:
        """`linked`: the writer begins with the segments of `former`, so that what stands need not be written again."""
        self.writer = writer
        self.table = PageTableWriter(table, former.table)
        self.kept: set[str] = set()
        """Pages that stand with their speeches."""
        self._former = former
        self.linked = linked

    def add(self, speech: Speech, digest: bytes | None = None) -> None:
        """Take in a speech that was made anew; its `digest`, if it was taken already."""
        self.writer.add(speech)
        self.table.add_speech(SpeechRow(speech.id, speech.page, digest or speech_digest(speech)))

    def keep(self, page: str) -> None:
        """Let a page stand with its speeches."""
        self.kept.add(page)
        self.table.keep(page)
        if not self.linked:
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
