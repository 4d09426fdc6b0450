"""pages.sqlite: what became of every page of a generation, which speeches it gave, and how its file stood on the disk.

Keys, locations and ids go in, rows come out.

Read without locks or writes; `page_writer` writes it.
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

__all__ = ["PAGE_COLUMNS", "PageRow", "PageTable", "SpeechRow", "content_bytes", "immutable", "storable"]

PAGE_COLUMNS = (
    "key, location, content, (SELECT name FROM pipelines WHERE number = pipeline), "
    "speeches, removed, skipped, detail, stale"
)
_SPEECH = "id, coalesce(page, id), digest"
"""A speech whose id is the key of its page names no page."""
_IDS_OF_PAGE = """
SELECT id FROM speeches WHERE page = ?1 UNION ALL SELECT id FROM speeches WHERE id = ?1 AND page IS NULL
"""


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


class PageTable:
    """Reads the pages of a published generation; raises IndexDamaged for a file that is not as it was written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._problems_as_damage():
            # immutable: no lock, no journal, nothing written beside the file.
            self._database = sqlite3.connect(immutable(path), uri=True)
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
        return next(self._rows("key = ?", storable(key)), None)

    def below_key(self, key: str) -> Iterator[PageRow]:
        """Which pages with speeches have keys that begin with the file or folder `key`?"""
        return self._below("key", key)

    def below_location(self, location: str) -> Iterator[PageRow]:
        """Which pages with speeches were found at `location`, or in that file or folder?"""
        return self._below("location", location)

    def has_below(self, location: str) -> bool:
        """Are there pages with speeches that were found at `location`, or in that file or folder?"""
        condition, values = _ranges("location", location)
        return next(self._rows(f"{condition} LIMIT 1", *values), None) is not None

    def speech(self, id: str) -> SpeechRow | None:
        """Which speech has this id?"""
        with self._problems_as_damage():
            select = f"SELECT {_SPEECH} FROM speeches WHERE id = ?"
            row = self._database.execute(select, (storable(id),)).fetchone()
        return SpeechRow(str(row[0]), str(row[1]), bytes(row[2])) if row else None

    def ids_of(self, page: str) -> list[str]:
        """Which ids have the speeches of the page `page`?"""
        with self._problems_as_damage():
            rows = self._database.execute(_IDS_OF_PAGE, (storable(page),))
            return [str(id) for (id,) in rows]

    def speeches(self) -> Iterator[SpeechRow]:
        """Which speeches are there?  In the order of their ids."""
        with self._problems_as_damage():
            for id, page, digest in self._database.execute(f"SELECT {_SPEECH} FROM speeches ORDER BY id"):
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
                select = f"SELECT {_SPEECH} FROM speeches ORDER BY id LIMIT 1 OFFSET ?"
                rows += self._database.execute(select, (place * step,)).fetchall()
        return [SpeechRow(str(id), str(page), bytes(digest)) for id, page, digest in rows]

    def differing(self, former: PageTable) -> tuple[list[SpeechRow], list[SpeechRow]]:
        """Which speeches are not in `former` as they are here, and which of `former` are not here as they were?

        A speech whose digest differs is in both lists.  Each is in the order of ids.
        """
        with self._problems_as_damage():
            self._database.execute("ATTACH ? AS former", (immutable(former._path),))
            try:
                return _only_in(self._database, "main", "former"), _only_in(self._database, "former", "main")
            finally:
                self._database.execute("DETACH former")

    def stamp(self, location: str) -> str | None:
        """How did the file at `location` stand when its pages were made?  None if that is not known."""
        with self._problems_as_damage():
            select = "SELECT stamp FROM files WHERE location = ?"
            row = self._database.execute(select, (storable(location),)).fetchone()
        return str(row[0]) if row else None

    def of_file(self, key: str, location: str) -> list[PageRow]:
        """What became of the pages of the file with this key and location, those without speeches included?"""
        place, name = storable(location), storable(key)
        # One range a statement, so that an index answers each.  What is skipped before it is a page has no location.
        return [
            *self._rows("location = ?", place),
            *self._rows("location > ? || '#' AND location < ? || '$'", place, place),
            *self._rows("key = ? AND location = ''", name),
            *self._rows("key > ? || '#' AND key < ? || '$' AND location = ''", name, name),
        ]

    def all_keys(self) -> Iterator[tuple[str, bool]]:
        """Which keys have all pages, and has each speeches?"""
        with self._problems_as_damage():
            for key, speeches in self._database.execute("SELECT key, speeches FROM pages"):
                yield str(key), bool(speeches)

    def count_with_speeches(self) -> int:
        """How many pages have speeches?"""
        with self._problems_as_damage():
            return int(self._database.execute("SELECT count(*) FROM pages WHERE speeches").fetchone()[0])

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _below(self, column: str, place: str) -> Iterator[PageRow]:
        condition, values = _ranges(column, place)
        return self._rows(f"{condition} ORDER BY key", *values)

    def _rows(self, condition: str, *values: str) -> Iterator[PageRow]:
        with self._problems_as_damage():
            for row in self._database.execute(f"SELECT {PAGE_COLUMNS} FROM pages WHERE {condition}", values):
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


def immutable(path: Path) -> str:
    """Under which address is the database at `path` opened without a lock, a journal, or a write beside it?"""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _ranges(column: str, place: str) -> tuple[str, list[str]]:
    """Under which condition has a page speeches, and `place` or something in it in `column`?"""
    # Ranges, because an index answers them: "0" follows "/" in every encoding, and "$" follows "#".
    ranges = " OR ".join(f"({column} > ? || '{mark}' AND {column} < ? || '{next}')" for mark, next in ("/0", "#$"))
    return f"({column} = ? OR {ranges}) AND speeches", [storable(place.rstrip("/"))] * 5


def _only_in(database: sqlite3.Connection, one: str, other: str) -> list[SpeechRow]:
    rows = database.execute(
        f"SELECT {_SPEECH} FROM {one}.speeches AS here WHERE NOT EXISTS "
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
        _content(content),
        None if pipeline is None else str(pipeline),
        speeches,
        tuple(Removal(str(part["text"]), str(part["rule"])) for part in json.loads(removed)) if removed != "[]" else (),
        None if skipped is None else str(skipped),
        str(detail),
        bool(stale),
    )


def content_bytes(content: str | None) -> bytes | str | None:
    """How is the hash `content` kept?  In half the room if it is hexadecimal digits, as all of ours are."""
    try:
        kept = bytes.fromhex(content or "")
    except ValueError:
        return content
    return kept if kept and kept.hex() == content else content


def _content(kept: object) -> str | None:
    return kept.hex() if isinstance(kept, bytes) else None if kept is None else str(kept)


def storable(text: str) -> str:
    """How is `text` kept in a database?"""
    # A database holds valid Unicode; the message of an error may quote a name that is not.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
