"""pages.sqlite: what became of every page of a generation, which speeches it gave, and how its file stood on the disk.

PageRows go in, in any order, and are found again by key.

Written once, with no journal (nobody sees the file before it is sealed); read without locks or writes.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from searchkit.errors import IndexDamaged
from searchkit.generations.layout import quoted
from searchkit.models import Removal

__all__ = ["PageRow", "PageTable", "PageTableWriter", "SpeechRow"]

_SCHEMA = (
    """
CREATE TABLE pages (
    key TEXT PRIMARY KEY,
    location TEXT NOT NULL,
    content TEXT,
    pipeline TEXT,
    speeches INTEGER NOT NULL,
    removed TEXT NOT NULL,
    skipped TEXT,
    detail TEXT NOT NULL,
    stale INTEGER NOT NULL
)
""",
    "CREATE TABLE speeches (id TEXT PRIMARY KEY, page TEXT NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID",
)
_COLUMNS = "key, location, content, pipeline, speeches, removed, skipped, detail, stale"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """One speech of a generation, with the digest of all that its page says of it."""

    id: str
    page: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class PageRow:
    """What became of one page."""

    key: str
    location: str = ""
    """Where it was found: a path, with #line for a record."""
    content: str | None = None
    """The hash of what it was made of; None for what could not be read."""
    pipeline: str | None = None
    """The state of the rules that made its speeches."""
    speeches: int = 0
    removed: tuple[Removal, ...] = ()
    skipped: str | None = None
    """Why it gave no speech, or why it is stale."""
    detail: str = ""
    stale: bool = False
    """True if its speeches are those of an earlier generation."""


class PageTableWriter:
    """Writes the pages of one generation; of two rows with one key the later stands."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[tuple[object, ...]] = []
        self._speeches: list[tuple[str, str, bytes]] = []
        with self._problems_as_oserror():
            self._database = sqlite3.connect(path, isolation_level=None)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
                self._database.execute(f"PRAGMA {pragma}")
            for table in _SCHEMA:
                self._database.execute(table)
            self._database.execute("BEGIN")

    def add(self, row: PageRow) -> None:
        """Take in one page."""
        removed = json.dumps([{"text": part.text, "rule": part.rule} for part in row.removed])
        texts = (_storable(text) for text in (row.key, row.location))
        self._waiting.append(
            (
                *texts,
                row.content,
                row.pipeline,
                row.speeches,
                removed,
                _storable(row.skipped) if row.skipped is not None else None,
                _storable(row.detail),
                row.stale,
            )
        )
        if len(self._waiting) >= _BATCH:
            self._write()

    def add_speech(self, row: SpeechRow) -> None:
        """Take in one speech."""
        self._speeches.append((_storable(row.id), _storable(row.page), row.digest))
        if len(self._speeches) >= _BATCH:
            self._write()

    def finish(self) -> None:
        """Write what is waiting and close the file."""
        self._write()
        with self._problems_as_oserror():
            self._database.execute("CREATE INDEX locations ON pages (location)")
            self._database.execute("COMMIT")
            self._database.close()

    def cancel(self) -> None:
        """Let go of the file, whatever its state."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    def _write(self) -> None:
        with self._problems_as_oserror():
            self._database.executemany(f"INSERT OR REPLACE INTO pages VALUES ({','.join('?' * 9)})", self._waiting)
            self._database.executemany("INSERT OR REPLACE INTO speeches VALUES (?, ?, ?)", self._speeches)
        self._waiting.clear()
        self._speeches.clear()

    @contextlib.contextmanager
    def _problems_as_oserror(self) -> Iterator[None]:
        # A full or failing disk is one problem, whoever notices it.
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error), str(self._path)) from error


class PageTable:
    """Reads the pages of a published generation; raises IndexDamaged for a file that is not as it was written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._problems_as_damage():
            # immutable: no lock, no journal, nothing written beside the file.
            self._database = sqlite3.connect(_immutable(path), uri=True)
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("SELECT count(*) FROM sqlite_master")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[PageRow]:
        """Which pages are there?  In the order of their keys."""
        return self._rows("TRUE ORDER BY key")

    def find(self, key: str) -> PageRow | None:
        """What became of the page `key`?"""
        return next(self._rows("key = ?", _storable(key)), None)

    def below_key(self, key: str) -> Iterator[PageRow]:
        """Which pages with speeches have keys that begin with the file or folder `key`?"""
        return self._below("key", key)

    def below_location(self, location: str) -> Iterator[PageRow]:
        """Which pages with speeches were found at `location`, or in that file or folder?"""
        return self._below("location", location)

    def speech(self, id: str) -> SpeechRow | None:
        """Which speech has this id?"""
        with self._problems_as_damage():
            select = "SELECT id, page, digest FROM speeches WHERE id = ?"
            row = self._database.execute(select, (_storable(id),)).fetchone()
        return SpeechRow(str(row[0]), str(row[1]), bytes(row[2])) if row else None

    def speeches(self) -> Iterator[SpeechRow]:
        """Which speeches are there?  In the order of their ids."""
        with self._problems_as_damage():
            for id, page, digest in self._database.execute("SELECT id, page, digest FROM speeches ORDER BY id"):
                yield SpeechRow(str(id), str(page), bytes(digest))

    def count_speeches(self) -> int:
        """How many speeches are there?"""
        with self._problems_as_damage():
            return int(self._database.execute("SELECT count(*) FROM speeches").fetchone()[0])

    def some_speeches(self, count: int) -> list[SpeechRow]:
        """A few speeches, spread over all that there are."""
        step = max(1, self.count_speeches() // count)
        rows = []
        with self._problems_as_damage():
            for place in range(count):
                select = "SELECT id, page, digest FROM speeches ORDER BY id LIMIT 1 OFFSET ?"
                rows += self._database.execute(select, (place * step,)).fetchall()
        return [SpeechRow(str(id), str(page), bytes(digest)) for id, page, digest in rows]

    def differing(self, former: PageTable) -> tuple[list[SpeechRow], list[SpeechRow]]:
        """Which speeches are not in `former` as they are here, and which of `former` are not here as they were?

        A speech whose digest differs is in both lists.  Each is in the order of ids.
        """
        with self._problems_as_damage():
            self._database.execute("ATTACH ? AS former", (_immutable(former._path),))
            try:
                return _only_in(self._database, "main", "former"), _only_in(self._database, "former", "main")
            finally:
                self._database.execute("DETACH former")

    def count_with_speeches(self) -> int:
        """How many pages have speeches?"""
        with self._problems_as_damage():
            return int(self._database.execute("SELECT count(*) FROM pages WHERE speeches").fetchone()[0])

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _below(self, column: str, place: str) -> Iterator[PageRow]:
        # Ranges, because an index answers them: "0" follows "/" in every encoding, and "$" follows "#".
        ranges = " OR ".join(f"({column} > ? || '{mark}' AND {column} < ? || '{next}')" for mark, next in ("/0", "#$"))
        place = _storable(place.rstrip("/"))
        return self._rows(f"({column} = ? OR {ranges}) AND speeches ORDER BY key", *[place] * 5)

    def _rows(self, condition: str, *values: str) -> Iterator[PageRow]:
        with self._problems_as_damage():
            for row in self._database.execute(f"SELECT {_COLUMNS} FROM pages WHERE {condition}", values):
                yield _page(*row)

    @contextlib.contextmanager
    def _problems_as_damage(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            raise IndexDamaged(
                f"{self._path} is not as it was written ({error}); build the index anew: "
                f"searchkit build --index {quoted(self._path.parent.parent.parent)}"
            ) from error


def _immutable(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _only_in(database: sqlite3.Connection, one: str, other: str) -> list[SpeechRow]:
    rows = database.execute(
        f"SELECT id, page, digest FROM {one}.speeches AS here WHERE NOT EXISTS "
        f"(SELECT 1 FROM {other}.speeches AS there WHERE there.id = here.id AND there.digest = here.digest) ORDER BY id"
    )
    return [SpeechRow(str(id), str(page), bytes(digest)) for id, page, digest in rows]


def _page(
    key: object,
    location: object,
    content: object,
    pipeline: object,
    speeches: object,
    removed: object,
    skipped: object,
    detail: object,
    stale: object,
) -> PageRow:
    if not (isinstance(removed, str) and isinstance(speeches, int)):
        raise ValueError(f"the row of {key!r}")
    return PageRow(
        str(key),
        str(location),
        None if content is None else str(content),
        None if pipeline is None else str(pipeline),
        speeches,
        tuple(Removal(str(part["text"]), str(part["rule"])) for part in json.loads(removed)),
        None if skipped is None else str(skipped),
        str(detail),
        bool(stale),
    )


def _storable(text: str) -> str:
    # A database holds valid Unicode; the message of an error may quote a name that is not.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
