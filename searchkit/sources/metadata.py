"""Metadata tables among the files that were found, and those that the user names: taken aside before pages are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from searchkit.errors import UsageError
from searchkit.sources.files import SkipFile, open_input
from searchkit.sources.folder import identity
from searchkit.sources.formats import format_of
from searchkit.sources.names import Names
from searchkit.sources.remarks import Remarks
from searchkit.sources.sidecar import Sidecar, explicit_sidecar, found_sidecar
from searchkit.sources.sniffing import sniff
from searchkit.sources.source import Found, ReadOptions, Source
from searchkit.sources.table import Table

__all__ = ["take_aside"]


def take_aside(files: Sequence[Found], options: ReadOptions, remarks: Remarks) -> tuple[list[Sidecar], set[str]]:
    """Which metadata tables are there, and which keys of `files` are theirs, not to be read as pages?

    `files` are in the order of their keys.  Raises UsageError for a table without a column `text` that is a SOURCE
    by itself, and for a table named in `options` that cannot be used.
    """
    given = {identity(path) for path in options.metadata} - {None}
    basenames = {Path(path).name for path in options.metadata}
    aside = {file.key for file in files if _name(file) in basenames and identity(file.path) in given}
    files = [file for file in files if file.key not in aside]
    tables = [file for file in files if _is_table_without_text(file)]
    if not (tables or options.metadata):
        return [], aside
    pages = _Pages([file for file in files if _is_page(file)])
    sidecars = [explicit_sidecar(path, options.metadata_key, pages.everywhere(), remarks) for path in options.metadata]
    for table in tables:
        sidecar = _found(table, options.metadata_key, pages, remarks)
        if sidecar:
            sidecars.append(sidecar)
            aside.add(table.key)
    return sidecars, aside


class _Pages:
    """The pages that names in a table may mean: everywhere, in one SOURCE, or in one folder of it."""

    def __init__(self, pages: list[Found]) -> None:
        self._pages = pages
        self._made: dict[tuple[Source, str], Names] = {}

    def everywhere(self) -> Names:
        """Which pages are there?  Known by their path below their SOURCE as well."""
        return Names((page.key, page.key.removeprefix(page.source.prefix)) for page in self._pages)

    def around(self, table: Found) -> tuple[Names, Names]:
        """Which pages lie in the folder of `table`, at any depth, and which in its SOURCE?"""
        folder = table.key[: table.key.rfind("/") + 1]
        return self._within(table.source, folder), self._within(table.source, table.source.prefix)

    def _within(self, source: Source, folder: str) -> Names:
        if (source, folder) not in self._made:
            pages = (page for page in self._below(folder) if page.source == source)
            self._made[source, folder] = Names((page.key, page.key[len(folder) :]) for page in pages)
        return self._made[source, folder]

    def _below(self, folder: str) -> list[Found]:
        # Keys that share a beginning stand together, and nothing that may follow it sorts after U+10FFFF.
        first = bisect_left(self._pages, folder, key=_key)
        return self._pages[first : bisect_left(self._pages, folder + "\U0010ffff", key=_key)]


def _found(table: Found, wanted: str | None, pages: _Pages, remarks: Remarks) -> Sidecar | None:
    try:
        return found_sidecar(table, wanted, pages.around(table), remarks)
    except SkipFile:
        return None  # reading it will fail alike, and be counted then


def _is_table_without_text(file: Found) -> bool:
    format = format_of(_name(file))
    if format is None or format.holds != "table":
        return False
    try:
        with open_input(file.path, file.origin, Remarks()) as content:
            columns = Table(content).columns
    except SkipFile:
        return False  # reading it will fail alike, and be counted then
    if "text" not in columns and file.path == file.source.path:
        raise UsageError(
            f"SOURCE {file.source.as_text()} is a table without a column text; its columns are: {', '.join(columns)}. "
            "A record has its words in a column text; a table about other files is given with --metadata"
        )
    return "text" not in columns


def _is_page(file: Found) -> bool:
    format = format_of(_name(file))
    if format is not None:
        return format.holds == "page"
    if file.source.is_standard_input:
        return False
    try:
        with open_input(file.path, file.origin, Remarks()) as content:
            return sniff(content.head()) in ("html", "text")
    except SkipFile:
        return False


def _name(file: Found) -> str:
    return Path(file.path).name


def _key(file: Found) -> str:
    return file.key
