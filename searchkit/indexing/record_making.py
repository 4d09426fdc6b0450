"""From a batch of records that are taken as they are to speeches, and what the build must know of each.

It is the whole write arrow up to the engine for a structured corpus, made for batches: in a process of its own for a
large corpus, in that of the build for a small one.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from searchkit.extraction import languages_of, speech_of_record
from searchkit.generations import PageRow, PageTable
from searchkit.indexing.digests import content_hash, digests_of_record
from searchkit.indexing.met import key_code
from searchkit.models import RawPage, Skipped, Speech
from searchkit.sources import RecordBatch, UnknownKeys, page_of

__all__ = [
    "ADDED",
    "CHANGED",
    "REMADE",
    "SPEECHLESS",
    "STANDS",
    "UNCHANGED",
    "RecordMaker",
    "RecordTask",
    "RecordsMade",
]

ADDED, CHANGED, UNCHANGED, REMADE, STANDS, SPEECHLESS = range(6)
"""What became of a record: it was not there, was another one, was the same and had to be made again (by other rules:
REMADE), was the same and need not be made, or gave no speech.  Those before STANDS are written."""


@dataclass(frozen=True, slots=True)
class RecordTask:
    """What is to be made of records, and with what they are compared."""

    own_fields: tuple[str, ...]
    pipeline: str
    former: Path | None = None
    """The pages of the former generation."""
    takes_over: bool = False
    """May a record stand as that generation has it?"""


@dataclass(slots=True)
class RecordsMade:
    """What became of the records of one batch: parallel lists, one entry for each that is a page, in their order."""

    keys: list[str] = field(default_factory=list)
    codes: array[int] = field(default_factory=lambda: array("Q"))
    """Of the keys: see `key_code`."""
    numbers: array[int] = field(default_factory=lambda: array("q"))
    """Lines, or places in the array."""
    contents: list[bytes] = field(default_factory=list)
    """The hashes by which it is seen that a record changed; empty where there is none."""
    digests: list[bytes] = field(default_factory=list)
    """Of the speeches; empty where there is none."""
    fates: bytearray = field(default_factory=bytearray)
    standing: dict[int, PageRow] = field(default_factory=dict)
    """Place of a record that stands -> its page in the former generation."""
    elsewhere: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    """Place of a record -> file and line where the former generation has one of that id that might stand there."""
    speechless: dict[int, Skipped] = field(default_factory=dict)
    """Place of a record without a speech -> why it has none."""
    impossible_dates: list[int] = field(default_factory=list)
    """Places of records with a date that no calendar knows."""
    skipped: list[tuple[int, Skipped]] = field(default_factory=list)
    """What is no page: behind how many entries, and why."""
    unknown: dict[str, int] = field(default_factory=dict)
    """Keys that are no fields, and how many records have each."""
    taken_twice: str | None = None
    """An id under which the former generation has a speech of another page."""
    speeches: list[Speech] = field(default_factory=list)
    """Those that are to be written, where that is left to the build."""
    writer: int = -1
    """Which process has written them."""
    first: int = 0
    """The place of the first of them among all that it has written."""

    def rows(self, places: Sequence[int]) -> Iterable[tuple[str, int, bytes, bytes]]:
        """Key, number, content and digest of the entries at these places, which rise."""
        columns = (self.keys, self.numbers, self.contents, self.digests)
        if len(places) == len(self.keys):
            return zip(*columns, strict=True)
        return zip(*([column[place] for place in places] for column in columns), strict=True)

    def enter(self, page: RawPage, number: int, fate: int, content: bytes = b"", digest: bytes = b"") -> None:
        """Take in the entry of one record."""
        self.keys.append(page.key)
        self.numbers.append(number)
        self.contents.append(content)
        self.digests.append(digest)
        self.fates.append(fate)


class RecordMaker:
    """Makes speeches of records."""

    def __init__(self, task: RecordTask) -> None:
        self._task = task
        self._former = PageTable(task.former) if task.former is not None else None

    def made(self, batch: RecordBatch) -> RecordsMade:
        """What becomes of the records of `batch`?  One without a speech is Skipped with its reason; nothing raises."""
        made, unknown = RecordsMade(), UnknownKeys()
        files = self._former.numbers_of_file(batch.origin.location) if self._former is not None else ()
        read = [
            (0, record) if isinstance(record, Skipped) else (record.number, page_of(record, batch.origin))
            for record in batch
        ]
        for (number, page), language in zip(read, self._languages([page for _, page in read]), strict=True):
            if isinstance(page, Skipped):
                made.skipped.append((len(made.keys), page))
                continue
            unknown.count(page.record)
            try:
                self._make(page, number, language, files, made)
            except MemoryError:
                # Not the record's fault: without it the index would lack a speech, so this ends the build.
                raise
            except Exception as error:
                detail = f"{type(error).__name__}: {error}"[:300]
                self._leave(Skipped(page.key, "could not be processed", detail=detail), page, number, made)
        made.unknown = dict(unknown.counts)
        made.codes.extend(map(key_code, made.keys))
        return made

    def close(self) -> None:
        """Release the former pages."""
        if self._former is not None:
            self._former.close()

    def _languages(self, pages: Sequence[RawPage | Skipped]) -> list[str | None]:
        """In which language is each of `pages`, as far as that is worth asking of all of them together?"""
        found: list[str | None] = [None] * len(pages)
        if self._task.takes_over:  # most may stand, and are not asked
            return found
        texts = {
            place: str(page.record["text"])
            for place, page in enumerate(pages)
            if isinstance(page, RawPage) and not page.record.get("language")
        }
        with contextlib.suppress(Exception):  # each is asked by itself then, and what fails is told of it alone
            for place, language in zip(texts, languages_of(texts.values()), strict=True):
                found[place] = language
        return found

    def _make(
        self, page: RawPage, number: int, language: str | None, files: Collection[int], made: RecordsMade
    ) -> None:
        """Make one record of a file that has one of these numbers in the former table."""
        row = self._former.find(page.key) if self._former is not None else None
        stands = row is not None and self._stands(row)
        same = row is not None and stands and row.content == content_hash(page)
        # A line that is as it was, in its place, and is read all the same, may be one of several alike.
        if (
            row is not None
            and stands
            and not (same and page.line is None and row.file in files and row.place == number)
        ):
            made.elsewhere[len(made.keys)] = row.file, row.place
        if row is not None and same:
            made.standing[len(made.keys)] = row
            made.enter(page, number, STANDS)
            return
        speech = speech_of_record(page, self._task.own_fields, language)
        if speech is None:
            self._leave(Skipped(page.key, "no words"), page, number, made, bytes.fromhex(content_hash(page)))
            return
        if self._former is not None and self._task.takes_over:
            there = self._former.speech(speech.id)
            if there is not None and there.page != page.key:
                made.taken_twice = speech.id
        content, digest = digests_of_record(page, speech)
        if speech.extras and any(key == "date" for key, _ in speech.extras):
            made.impossible_dates.append(len(made.keys))
        made.enter(page, number, self._fate(row, content, digest), content, digest)
        made.speeches.append(speech)

    def _leave(self, why: Skipped, page: RawPage, number: int, made: RecordsMade, content: bytes = b"") -> None:
        made.speechless[len(made.keys)] = why
        made.enter(page, number, SPEECHLESS, content)

    def _stands(self, row: PageRow) -> bool:
        return self._task.takes_over and row.pipeline == self._task.pipeline and not row.stale

    def _fate(self, row: PageRow | None, content: bytes, digest: bytes) -> int:
        if row is None or not row.speeches or self._former is None:
            return ADDED
        if row.content != content.hex():
            # A line may be written in another way, with its keys in another order, and say the same.
            there = self._former.speech(row.key)
            return UNCHANGED if there is not None and there.digest == digest else CHANGED
        return UNCHANGED if row.pipeline in (None, self._task.pipeline) else REMADE
