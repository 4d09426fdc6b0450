"""Writes pages.sqlite of a new generation: a copy of the former one, in which only what differs is changed.

    table = PageTableWriter(path, former)
    table.begin_file(location); table.add(row) ...; table.end_file(stamp)      # a file that was read
    table.keep_file(number)                                                    # one that stands with all its pages
    table.finish()                                                             # what was neither goes

Written once, with no journal: nobody sees the file before it is sealed.  Every file that is read gets a number that no
file had before, and the rows that are made of it, or kept from it, come under that number: what is left under a former
number in the end, and was not kept, is gone.  What most rows have in common is written once: a content is kept as the
bytes of its hash, a pipeline and a file as their numbers, a location as a place in its file, and the digest of a speech
whose id is the key of its page with that page.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.generations.page_rows import PageRow, SpeechRow, content_bytes, storable

if TYPE_CHECKING:
    from searchkit.sources import StandingLines

__all__ = ["PageTableWriter"]

_SCHEMA = (
    """
CREATE TABLE pages (
    key TEXT PRIMARY KEY,
    file INTEGER NOT NULL,
    place INTEGER,
    location TEXT,
    content BLOB,
    pipeline INTEGER,
    speeches INTEGER NOT NULL,
    digest BLOB,
    removed TEXT,
    skipped TEXT,
    detail TEXT,
    stale INTEGER NOT NULL
) WITHOUT ROWID
""",
    "CREATE TABLE pipelines (pipeline INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE files (number INTEGER PRIMARY KEY, location TEXT, page TEXT, stamp TEXT)",
    "CREATE TABLE turns (id TEXT PRIMARY KEY, page TEXT NOT NULL, file INTEGER NOT NULL, digest BLOB) WITHOUT ROWID",
    "CREATE TABLE builds (first INTEGER PRIMARY KEY, token BLOB NOT NULL)",
)
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS pages_of_files ON pages (file, place, speeches, pipeline, stale)",
    "CREATE INDEX IF NOT EXISTS locations ON files (location)",
    "CREATE INDEX IF NOT EXISTS turns_of_pages ON turns (page)",
)
_PRAGMAS = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "temp_store = MEMORY",
    # In KB: keys come in any order, and a table that does not fit is written and read again page by page.
    "cache_size = -32768",
)
_LEAVING = "INSERT INTO temp.leaving SELECT number FROM files WHERE number < ? AND number NOT IN temp.kept"
_GO = tuple(
    f"DELETE FROM {table} WHERE {column} IN temp.leaving"
    for table, column in (("pages", "file"), ("turns", "file"), ("files", "number"))
)
_RECORD = "INSERT OR REPLACE INTO pages VALUES (?, {0}, ?, NULL, ?, {1}, 1, ?, NULL, NULL, NULL, 0)"
_PLACE = re.compile(r"#(?:0|[1-9][0-9]{0,17})")
_BATCH = 500
_MOST_FREE = 0.25
"""Share of the file that may be free: what goes leaves room, which what comes mostly fills."""
_TOKEN_BYTES = 8


class PageTableWriter:
    """Writes the pages of one generation; of two rows with one key the later stands."""

    def __init__(self, path: Path, former: Path | None = None) -> None:
        """`former` is the table from which pages may be kept."""
        self._path = path
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        self._waiting = 0
        self._pipelines: dict[str, int] = {}
        self._digests: dict[str, bytes] = {}
        """Page -> the digest of the speech with its key, until its row comes."""
        self._turns: dict[str, list[SpeechRow]] = {}
        self._location: str | None = None
        self._key: str | None = None
        with self._problems_as_oserror():
            path.touch()  # SQLite would make it with a mode of its own, whatever the umask allows
            if former is not None:
                shutil.copyfile(former, path)
            self._database = sqlite3.connect(path, isolation_level=None)
            for pragma in _PRAGMAS:
                self._database.execute(f"PRAGMA {pragma}")
            self._database.execute("CREATE TEMP TABLE kept (number INTEGER PRIMARY KEY)")
            self._database.execute("CREATE TEMP TABLE leaving (number INTEGER PRIMARY KEY)")
            self._database.execute("BEGIN")
            for table in _SCHEMA if former is None else ():
                self._database.execute(table)
            self._pipelines = {name: number for number, name in self._database.execute("SELECT * FROM pipelines")}
            last = (
                "SELECT max(coalesce((SELECT max(number) FROM files), 0), coalesce((SELECT max(first) FROM builds), 0))"
            )
            self._first = self._last = self._file = int(self._database.execute(last).fetchone()[0]) + 1
            self._has_turns = self._database.execute("SELECT 1 FROM turns").fetchone() is not None
            # Numbers that were given after two generations parted, as a rollback lets them, are not the same files.
            self._database.execute("INSERT INTO builds VALUES (?, ?)", (self._first, os.urandom(_TOKEN_BYTES)))
            # For what belongs to no file.
            self._database.execute("INSERT INTO files VALUES (?, NULL, NULL, NULL)", (self._first,))

    def begin_file(self, location: str, key: str | None = None) -> None:
        """What comes now was found in the file at `location`, whose key as a page is or would be `key`."""
        self._location, self._key = location, None if key is None else storable(key)
        self._last += 1
        self._file = self._last
        self._add("files", self._file, storable(location), self._key, None)

    def end_file(self, stamp: str | None = None) -> None:
        """The file is at its end, and stood like this when it was read; what comes now belongs to no file."""
        if self._location is None:
            return
        if stamp is not None:
            self._add("files", self._file, storable(self._location), self._key, stamp)
        self._location, self._file = None, self._first

    def add(self, row: PageRow) -> None:
        """Take in one page, whose speeches have been added."""
        removed = json.dumps([{"text": part.text, "rule": part.rule} for part in row.removed]) if row.removed else None
        self._add(
            "pages",
            storable(row.key),
            self._file,
            *self._placed(row.location),
            content_bytes(row.content),
            self._pipeline(row.pipeline),
            row.speeches,
            self._digests.pop(row.key, None),
            removed,
            storable(row.skipped) if row.skipped is not None else None,
            storable(row.detail) or None,
            row.stale,
        )
        for turn in self._turns.pop(row.key, ()):
            self._add("turns", storable(turn.id), storable(turn.page), self._file, turn.digest)

    def add_records(self, rows: Iterable[tuple[str, int, bytes, bytes]], pipeline: str) -> None:
        """Take in records of the file, of one speech each that has their key: key, place, hash and digest."""
        self._write()
        with self._problems_as_oserror():
            self._database.executemany(_RECORD.format(self._file, self._pipeline(pipeline)), rows)

    def add_speech(self, row: SpeechRow) -> None:
        """Take in one speech of the page that is added next."""
        if row.id == row.page:
            self._digests[row.page] = row.digest
        else:
            self._turns.setdefault(row.page, []).append(row)

    def keep(self, key: str, location: str) -> None:
        """Take the page `key` and its speeches over as they are in the former table, found at `location` now."""
        self._keep(key, "place = ?, location = ?", *self._placed(location))

    def keep_lines(self, lines: StandingLines) -> None:
        """Take the pages of lines of the file over that stand, of one speech each that has their key."""
        self._add(
            "UPDATE pages SET file = ?, place = place + ? WHERE file = ? AND place BETWEEN ? AND ?",
            self._file,
            lines.number - lines.place,
            lines.file,
            lines.place,
            lines.place + lines.count - 1,
        )

    def keep_stale(self, row: PageRow) -> None:
        """Take a page and its speeches over that could not be read: under the file where it was found before."""
        with self._problems_as_oserror():
            self._write()
            select = "SELECT files.location FROM pages JOIN files ON number = file WHERE key = ?"
            found = self._database.execute(select, (storable(row.key),)).fetchone()
        location = found[0] if found else None
        if location != self._location:
            self.end_file()
            if location is not None:
                self.begin_file(location)
        skipped = storable(row.skipped) if row.skipped is not None else None
        self._keep(row.key, "stale = 1, skipped = ?, detail = ?", skipped, storable(row.detail) or None)

    def keep_file(self, number: int) -> None:
        """Take a file and all its pages over as they are in the former table."""
        self._add("temp.kept", number)

    def finish(self) -> None:
        """Write what is waiting, let go what was not kept, and close the file."""
        self.end_file()
        self._write()
        with self._problems_as_oserror():
            self._database.execute(_LEAVING, (self._first,))
            for statement in (*_GO, *_INDEXES):
                self._database.execute(statement)
            self._database.execute("COMMIT")
            pages, free = (
                self._database.execute(f"PRAGMA {of}").fetchone()[0] for of in ("page_count", "freelist_count")
            )
            if free > _MOST_FREE * pages:
                self._database.execute("VACUUM")
            self._database.close()

    def cancel(self) -> None:
        """Let go of the file, whatever its state."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    def _keep(self, key: str, changes: str, *values: object) -> None:
        name = storable(key)
        self._add(f"UPDATE pages SET file = ?, {changes} WHERE key = ?", self._file, *values, name)
        if self._has_turns:
            self._add("UPDATE turns SET file = ? WHERE page = ?", self._file, name)

    def _placed(self, location: str) -> tuple[int | None, str | None]:
        """The place in the file of what was found at `location`, or else that location; neither for the file itself."""
        if self._location is not None and location.startswith(self._location):
            rest = location[len(self._location) :]
            if not rest:
                return None, None
            if _PLACE.fullmatch(rest):
                return int(rest[1:]), None
        return None, storable(location)

    def _pipeline(self, name: str | None) -> int | None:
        """Under which number is a pipeline kept?"""
        if name is None:
            return None
        number = self._pipelines.get(name)
        if number is None:
            number = self._pipelines[name] = 1 + max(self._pipelines.values(), default=0)
            self._database.execute("INSERT INTO pipelines VALUES (?, ?)", (number, name))
        return number

    def _add(self, table: str, *values: object) -> None:
        self._rows.setdefault(table, []).append(values)
        self._waiting += 1
        if self._waiting >= _BATCH:
            self._write()

    def _write(self) -> None:
        with self._problems_as_oserror():
            for table, rows in self._rows.items():
                marks = ",".join("?" * len(rows[0]))
                update = table.startswith("UPDATE ")
                self._database.executemany(
                    table if update else f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows
                )
        self._rows.clear()
        self._waiting = 0

    @contextlib.contextmanager
    def _problems_as_oserror(self) -> Iterator[None]:
        # A full or failing disk is one problem, whoever notices it.
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error), str(self._path)) from error
