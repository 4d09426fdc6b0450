"""Writes pages.sqlite of a new generation: rows that are new, and rows that are taken over from the former one.

Written once, with no journal: nobody sees the file before it is sealed.  What most rows have in common is written
once: a content is kept as the bytes of its hash, a pipeline as its number, and a speech whose id is the key of its page
names no page.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from searchkit.generations.pages import PageRow, SpeechRow, content_bytes, immutable, storable

__all__ = ["PageTableWriter"]

_SCHEMA = (
    """
CREATE TABLE pages (
    key TEXT PRIMARY KEY,
    location TEXT NOT NULL,
    content BLOB,
    pipeline INTEGER,
    speeches INTEGER NOT NULL,
    removed TEXT NOT NULL,
    skipped TEXT,
    detail TEXT NOT NULL,
    stale INTEGER NOT NULL
) WITHOUT ROWID
""",
    "CREATE TABLE pipelines (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE files (location TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE speeches (id TEXT PRIMARY KEY, page TEXT, digest BLOB NOT NULL) WITHOUT ROWID",
)
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS locations ON pages (location)",
    "CREATE INDEX IF NOT EXISTS speeches_of_pages ON speeches (page) WHERE page IS NOT NULL",
)
_TAKE_OVER = (
    "INSERT OR IGNORE INTO pages SELECT page.* FROM former.pages AS page JOIN kept_pages USING (key)",
    """
INSERT OR IGNORE INTO speeches
SELECT speech.* FROM kept_pages JOIN former.speeches AS speech ON speech.page = kept_pages.key
""",
    """
INSERT OR IGNORE INTO speeches
SELECT speech.* FROM kept_pages JOIN former.speeches AS speech ON speech.id = kept_pages.key WHERE speech.page IS NULL
""",
    "INSERT OR IGNORE INTO files SELECT file.* FROM former.files AS file JOIN kept_files USING (location)",
)
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "temp_store = MEMORY")
_BATCH = 500


class PageTableWriter:
    """Writes the pages of one generation; of two rows with one key the later stands."""

    def __init__(self, path: Path, former: Path | None = None) -> None:
        """`former` is the table from which pages may be kept."""
        self._path = path
        self._former = former
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        self._waiting = 0
        self._pipelines: dict[str, int] = {}
        with self._problems_as_oserror():
            path.touch()  # SQLite would make it with a mode of its own, whatever the umask allows
            # uri: the former table is attached by its address
            self._database = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
            for pragma in (
                "journal_mode = OFF",
                "synchronous = OFF",
                "locking_mode = EXCLUSIVE",
                "temp_store = MEMORY",
            ):
                self._database.execute(f"PRAGMA {pragma}")
            for table in _SCHEMA:
                self._database.execute(table)
            self._database.execute("CREATE TEMP TABLE kept_pages (key TEXT PRIMARY KEY) WITHOUT ROWID")
            self._database.execute("CREATE TEMP TABLE kept_files (location TEXT PRIMARY KEY) WITHOUT ROWID")
            if former is not None:
                self._database.execute("ATTACH ? AS former", (immutable(former),))
            self._database.execute("BEGIN")
            if former is not None:  # under the numbers that its rows name
                self._database.execute("INSERT INTO pipelines SELECT * FROM former.pipelines")
                self._pipelines = {name: number for number, name in self._database.execute("SELECT * FROM pipelines")}

    def add(self, row: PageRow) -> None:
        """Take in one page."""
        removed = json.dumps([{"text": part.text, "rule": part.rule} for part in row.removed])
        self._add(
            "pages",
            storable(row.key),
            storable(row.location),
            content_bytes(row.content),
            self._pipeline(row.pipeline),
            row.speeches,
            removed,
            storable(row.skipped) if row.skipped is not None else None,
            storable(row.detail),
            row.stale,
        )

    def add_records(self, rows: Sequence[tuple[str, str, str, bytes]], pipeline: str) -> None:
        """Take in pages of one speech each that has their key: key, location, hash and the speech's digest."""
        self._write()
        with self._problems_as_oserror():
            number = self._pipeline(pipeline)
            self._database.executemany(
                f"INSERT OR REPLACE INTO pages VALUES (?, ?, ?, {number}, 1, '[]', NULL, '', 0)",
                [(key, location, bytes.fromhex(content)) for key, location, content, _ in rows],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO speeches VALUES (?, NULL, ?)", [(row[0], row[3]) for row in rows]
            )

    def add_speech(self, row: SpeechRow) -> None:
        """Take in one speech."""
        page = None if row.page == row.id else storable(row.page)
        self._add("speeches", storable(row.id), page, row.digest)

    def add_file(self, location: str, stamp: str) -> None:
        """Remember how a file stood when its pages were made."""
        self._add("files", storable(location), stamp)

    def keep(self, key: str) -> None:
        """Take the page `key` and its speeches over as they are in the former table; a row that is added wins."""
        self._add("kept_pages", storable(key))

    def keep_file(self, location: str) -> None:
        """Remember of a file what the former table does."""
        self._add("kept_files", storable(location))

    def finish(self) -> None:
        """Write what is waiting and close the file."""
        self._write()
        with self._problems_as_oserror():
            if self._former is not None:
                for statement in _TAKE_OVER:
                    self._database.execute(statement)
            for index in _INDEXES:
                self._database.execute(index)
            self._database.execute("COMMIT")
            self._database.close()

    def cancel(self) -> None:
        """Let go of the file, whatever its state."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

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
                self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
        self._rows.clear()
        self._waiting = 0

    @contextlib.contextmanager
    def _problems_as_oserror(self) -> Iterator[None]:
        # A full or failing disk is one problem, whoever notices it.
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error), str(self._path)) from error
