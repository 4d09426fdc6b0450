"""pages.sqlite: what became of every page of a generation, which speeches it gave, and how its file stood on the disk.

Keys, locations and ids go in, rows come out.  Every page belongs to the file that it was found in, by a number; a file
that stands as it stood keeps its number, and all rows under it, from generation to generation.

Read without locks or writes; `page_writer` writes it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Set
from pathlib import Path
from types import TracebackType
from typing import Self

from searchkit.errors import IndexDamaged
from searchkit.generations.layout import quoted
from searchkit.generations.page_rows import FileRow, PageRow, SpeechRow, page_row, storable

__all__ = ["PageTable"]

_PAGES = """
SELECT key, coalesce(pages.location, files.location || coalesce('#' || place, '')), content, name, speeches,
removed, skipped, detail, stale, file, place
FROM pages LEFT JOIN files ON number = file LEFT JOIN pipelines USING (pipeline)
"""
_SPEECHES = """
SELECT key AS id, key AS page, digest FROM {0}.pages WHERE digest IS NOT NULL
UNION ALL SELECT id, page, digest FROM {0}.turns
"""
"""A speech whose id is the key of its page stands in the row of that page."""
_SPEECH = """
SELECT key, key, digest FROM pages WHERE key = ?1 AND digest IS NOT NULL
UNION ALL SELECT id, page, digest FROM turns WHERE id = ?1
"""
_IDS_OF_PAGE = """
SELECT key FROM pages WHERE key = ?1 AND digest IS NOT NULL UNION ALL SELECT id FROM turns WHERE page = ?1
"""
_FILES = """
SELECT number, files.location, page, stamp, count(key), total(speeches > 0), total(speeches),
total(pipeline IS NOT (SELECT pipeline FROM pipelines WHERE name = ?) OR stale)
FROM files LEFT JOIN pages ON file = number GROUP BY number
"""
_PARTED = """
SELECT min(first) FROM (
    SELECT first FROM (SELECT * FROM main.builds EXCEPT SELECT * FROM former.builds)
    UNION ALL SELECT first FROM (SELECT * FROM former.builds EXCEPT SELECT * FROM main.builds)
)
"""
"""The first number that a build has given which is not behind both tables: files below it are the same in both."""
_SHARED = """
INSERT INTO temp.shared SELECT number FROM main.files JOIN former.files USING (number) WHERE number < ?
"""


_MOST = (1 << 63) - 1


class PageTable:
    """Reads the pages of a published generation; raises IndexDamaged for a file that is not as it was written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._problems_as_damage():
            # immutable: no lock, no journal, nothing written beside the file.
            self._database = sqlite3.connect(_immutable(path), uri=True, isolation_level=None)
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("PRAGMA temp_store = MEMORY")
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
        return next(self._rows("key = ?", storable(key)), None)

    def below_key(self, key: str) -> Iterator[PageRow]:
        """Which pages with speeches have keys that begin with the file or folder `key`?"""
        condition, values = _ranges("key", key)
        return self._rows(f"{condition} AND speeches ORDER BY key", *values)

    def below_location(self, location: str) -> Iterator[PageRow]:
        """Which pages with speeches were found at `location`, or in that file or folder?"""
        return self._below_location(location, "1 ORDER BY key")

    def has_below(self, location: str) -> bool:
        """Are there pages with speeches that were found at `location`, or in that file or folder?"""
        return next(self._below_location(location, "1 LIMIT 1"), None) is not None

    def speech(self, id: str) -> SpeechRow | None:
        """Which speech has this id?"""
        with self._problems_as_damage():
            row = self._database.execute(_SPEECH, (storable(id),)).fetchone()
        return SpeechRow(str(row[0]), str(row[1]), bytes(row[2])) if row else None

    def ids_of(self, page: str) -> list[str]:
        """Which ids have the speeches of the page `page`?"""
        with self._problems_as_damage():
            rows = self._database.execute(_IDS_OF_PAGE, (storable(page),))
            return [str(id) for (id,) in rows]

    def speeches(self) -> Iterator[SpeechRow]:
        """Which speeches are there?  In the order of their ids."""
        with self._problems_as_damage():
            for id, page, digest in self._database.execute(f"{_SPEECHES.format('main')} ORDER BY id"):
                yield SpeechRow(str(id), str(page), bytes(digest))

    def count_speeches(self) -> int:
        """How many speeches are there?"""
        with self._problems_as_damage():
            counts = "(SELECT count(digest) FROM pages) + (SELECT count(*) FROM turns)"
            return int(self._database.execute(f"SELECT {counts}").fetchone()[0])

    def some_speeches(self, count: int) -> list[SpeechRow]:
        """A few speeches, of pages that are spread over all that there are."""
        step = max(1, self.count_with_speeches() // count)
        found = []
        with self._problems_as_damage():
            for place in range(count):
                select = "SELECT key FROM pages WHERE speeches ORDER BY key LIMIT 1 OFFSET ?"
                for (key,) in self._database.execute(select, (place * step,)).fetchall():
                    found += [row for id in self.ids_of(str(key))[:1] if (row := self.speech(id))]
        return found

    def differing(self, former: PageTable) -> tuple[list[SpeechRow], list[SpeechRow]]:
        """Which speeches are not in `former` as they are here, and which of `former` are not here as they were?

        A speech whose digest differs is in both lists.  Each is in the order of ids.  What belongs to a file that has
        stood since is not looked at.
        """
        with self._problems_as_damage():
            self._database.execute("ATTACH ? AS former", (_immutable(former._path),))
            try:
                self._database.execute("CREATE TEMP TABLE shared (number INTEGER PRIMARY KEY)")
                (parted,) = self._database.execute(_PARTED).fetchone()
                self._database.execute(_SHARED, (_MOST if parted is None else parted,))
                return _only_in(self._database, "main", "former"), _only_in(self._database, "former", "main")
            finally:
                self._database.execute("DROP TABLE IF EXISTS temp.shared")
                self._database.execute("DETACH former")

    def files(self, pipeline: str) -> dict[str, FileRow]:
        """Location -> each file, with what became of its pages; are these of the rules `pipeline`?"""
        with self._problems_as_damage():
            return {
                str(location): FileRow(
                    number, key, stamp, rows, int(pages), int(speeches), current=not rows or not others
                )
                for number, location, key, stamp, rows, pages, speeches, others in self._database.execute(
                    _FILES, (pipeline,)
                )
                if location is not None
            }

    def numbers_of_file(self, location: str) -> list[int]:
        """Which numbers has the file at `location`?  Several where not all its pages could be read."""
        with self._problems_as_damage():
            select = "SELECT number FROM files WHERE location = ?"
            return [int(number) for (number,) in self._database.execute(select, (storable(location),))]

    def of_file(self, number: int) -> Iterator[PageRow]:
        """What became of the pages of this file, those without speeches included?"""
        return self._rows("file = ?", number)

    def speechless_of_file(self, number: int) -> Iterator[PageRow]:
        """Which pages of this file gave no speech?"""
        return self._rows("file = ? AND NOT speeches", number)

    def keys_of_file(self, number: int) -> list[str]:
        """Which keys have the pages of this file that gave speeches?"""
        with self._problems_as_damage():
            select = "SELECT key FROM pages WHERE file = ? AND speeches"
            return [str(key) for (key,) in self._database.execute(select, (number,))]

    def inside_files(self) -> Iterator[tuple[str, int]]:
        """Key and file of every page that is not a file by itself: a record, a capture."""
        with self._problems_as_damage():
            select = "SELECT key, file FROM pages WHERE place IS NOT NULL OR location IS NOT NULL"
            for key, file in self._database.execute(select):
                yield str(key), int(file)

    def lines_of_file(self, number: int, key: str, pipeline: str) -> Iterator[tuple[bytes, int, bool]]:
        """Hash and number of each line of this file that gave a speech by the rules `pipeline`, and is not stale.

        And has it the key that a line without an `id` has in the file with the key `key`, so that it depends on the
        number?
        """
        select = (
            "SELECT content, place, key = ? || '#' || place FROM pages WHERE file = ? AND place IS NOT NULL "
            "AND pipeline = (SELECT pipeline FROM pipelines WHERE name = ?) AND speeches = 1 AND digest IS NOT NULL "
            "AND NOT stale AND typeof(content) = 'blob' ORDER BY place"
        )
        with self._problems_as_damage():
            for content, place, fixed in self._database.execute(select, (storable(key), number, pipeline)):
                yield bytes(content), int(place), bool(fixed)

    def key_of_line(self, file: int, line: int) -> str | None:
        """Which key has the record on this line of the file?"""
        with self._problems_as_damage():
            row = self._database.execute("SELECT key FROM pages WHERE file = ? AND place = ?", (file, line)).fetchone()
        return str(row[0]) if row else None

    def pages_outside(self, files: Set[int]) -> Iterator[tuple[str, int, int | None]]:
        """Which pages with speeches belong to none of these files?  Key, file, and the line there."""
        with self._problems_as_damage():
            numbers = [number for (number,) in self._database.execute("SELECT DISTINCT file FROM pages")]
            select = "SELECT key, file, place FROM pages WHERE file = ? AND speeches"
            for number in numbers:
                if number not in files:
                    for key, file, place in self._database.execute(select, (number,)):
                        yield str(key), int(file), None if place is None else int(place)

    def count_with_speeches(self) -> int:
        """How many pages have speeches?"""
        with self._problems_as_damage():
            return int(self._database.execute("SELECT count(*) FROM pages WHERE speeches").fetchone()[0])

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _below_location(self, location: str, also: str) -> Iterator[PageRow]:
        condition, values = _ranges("location", location)
        files = f"file IN (SELECT number FROM files WHERE {condition})"
        return self._rows(f"{files} AND speeches AND {also}", *values)

    def _rows(self, condition: str, *values: str | int) -> Iterator[PageRow]:
        with self._problems_as_damage():
            for row in self._database.execute(f"{_PAGES} WHERE {condition}", values):
                yield page_row(*row)

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
    """Under which address is the database at `path` opened without a lock, a journal, or a write beside it?"""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _ranges(column: str, place: str) -> tuple[str, list[str]]:
    """Under which condition stands `place`, or something in it, in `column`?"""
    # Ranges, because an index answers them: "0" follows "/" in every encoding, and "$" follows "#".
    ranges = " OR ".join(f"({column} > ? || '{mark}' AND {column} < ? || '{next}')" for mark, next in ("/0", "#$"))
    return f"({column} = ? OR {ranges})", [storable(place.rstrip("/"))] * 5


def _only_in(database: sqlite3.Connection, one: str, other: str) -> list[SpeechRow]:
    differs = (
        f"NOT EXISTS (SELECT 1 FROM {other}.pages AS there WHERE there.key = {{0}} AND there.digest = here.digest) "
        f"AND NOT EXISTS (SELECT 1 FROM {other}.turns AS there WHERE there.id = {{0}} AND there.digest = here.digest)"
    )
    unshared = "file NOT IN (SELECT number FROM temp.shared)"
    rows = database.execute(
        f"SELECT key AS id, key, digest FROM {one}.pages AS here "
        f"WHERE digest IS NOT NULL AND {unshared} AND {differs.format('here.key')} "
        f"UNION ALL SELECT id, page, digest FROM {one}.turns AS here WHERE {unshared} AND {differs.format('here.id')} "
        "ORDER BY id"
    )
    return [SpeechRow(str(id), str(page), bytes(digest)) for id, page, digest in rows]
