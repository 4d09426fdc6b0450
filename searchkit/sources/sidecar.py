"""Metadata tables: rows that give fields to pages by their names.

A table and the names of pages go in; the cells of each page come out, and an account of what was left over. What
a column means is extraction's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from searchkit.errors import UsageError
from searchkit.sources.files import Origin, SkipFile, open_input
from searchkit.sources.keys import printable
from searchkit.sources.names import Names
from searchkit.sources.remarks import Remarks, counted
from searchkit.sources.source import Found, Source
from searchkit.sources.table import FILE_COLUMN, Row, Table

__all__ = ["Sidecar", "explicit_sidecar", "found_sidecar"]

_SAMPLE = 10_000
"""So many rows of a table that nobody pointed at are tried; a larger one may be no metadata at all."""


class Sidecar:
    """The rows of one metadata table, by page, and what became of them."""

    def __init__(self, title: str, column: str, names: tuple[Names, ...], scope: Source | None) -> None:
        """`column` names pages, looked for in `names`, first to last; None for `scope` means every SOURCE."""
        self.title = title
        self._column = column
        self._names = names
        self._scope = scope
        self._by_page: dict[str, dict[str, str]] = {}
        self._by_record: dict[str, dict[str, str]] = {}
        self._rows = self._ambiguous = self._repeated = self._damaged = 0
        self._filled = self._pages_without = 0

    @property
    def concerns_records(self) -> bool:
        """Is it asked what it says of a record?  Not a table that was found beside the pages of a folder."""
        return self._scope is None

    @property
    def names_records(self) -> bool:
        """Does it say something of records, whichever file they stand in?"""
        return bool(self._by_record)

    def take(self, table: Table) -> None:
        """Take in the rows of the table."""
        for row in table.rows():
            self._rows += 1
            if not isinstance(row, Row):
                self._damaged += 1
                continue
            name = row.cells.pop(self._column, "")
            pages = _find(self._names, name)
            if len(pages) > 1:
                self._ambiguous += 1
            elif pages:
                self._enter(self._by_page, pages[0], row)
            elif self._scope is None and name:
                self._enter(self._by_record, name.strip(), row)

    def cells(self, key: str, source: Source, *, is_record: bool = False) -> Mapping[str, str]:
        """What does the table say of the page `key`?  It counts the page as filled or left over."""
        if self._scope is not None and (is_record or source != self._scope):
            return {}
        cells = self.peek(key, source, is_record=is_record)
        self._filled += cells is not None
        self._pages_without += cells is None
        return cells or {}

    def peek(self, key: str, source: Source, *, is_record: bool = False) -> Mapping[str, str] | None:
        """What does the table say of the page `key`, without counting it?  None if nothing."""
        if self._scope is not None and (is_record or source != self._scope):
            return None
        if is_record:
            return self._by_record.get(key) or self._by_record.get(key.removeprefix(source.prefix))
        return self._by_page.get(key)

    def remark(self) -> str:
        """What became of the rows and of the pages?"""
        how = "was found to name pages" if self._scope else "names pages"
        rows = self._rows - self._filled
        causes = (
            (self._ambiguous, f"{counted(self._ambiguous, 'name')} that several pages share"),
            (self._repeated, f"{counted(self._repeated, 'name')} given before"),
            (self._damaged, counted(self._damaged, "damaged row")),
        )
        why = "; ".join(text for count, text in causes if count)
        return (
            f"metadata table {self.title} {how} by its column {self._column}: {counted(self._filled, 'page')} filled; "
            f"left over: {counted(rows, 'row')}{f' ({why})' if why else ''}, {counted(self._pages_without, 'page')}"
        )

    def _enter(self, table: dict[str, dict[str, str]], name: str, row: Row) -> None:
        if name in table:
            self._repeated += 1
        else:
            table[name] = row.cells


def explicit_sidecar(path: str, wanted: str | None, names: Names, remarks: Remarks) -> Sidecar:
    """What does the metadata table at `path`, which the user gave, say of the pages in `names`?

    `wanted` is the column that names pages; else it is `file`, else the one that matches most pages.
    Raises UsageError where the table cannot be read or no column names pages.
    """
    shown = printable(str(Path(path).absolute()))
    origin = Origin(shown, shown)
    try:
        with open_input(path, origin, Remarks()) as file:
            table = Table(file)
            column = _declared_column(table, wanted)
            if column is None and wanted is None:
                column = _matching_column(table, (names,), None)
        if column is None:
            raise UsageError(_no_column(shown, table.columns, wanted))
        sidecar = Sidecar(shown, column, (names,), None)
        with open_input(path, origin, remarks) as file:
            sidecar.take(Table(file))
    except SkipFile as problem:
        detail = f" ({problem.detail})" if problem.detail else ""
        raise UsageError(f"the metadata table {shown} cannot be used: {problem.reason}{detail}") from problem
    return sidecar


def found_sidecar(table_file: Found, wanted: str | None, names: tuple[Names, ...], remarks: Remarks) -> Sidecar | None:
    """Is this table without a column `text` one of metadata, and what does it say?  None if it names no pages.

    It is if its declared column (`wanted`, else `file`) names a page, or if another one names half of the pages
    that it could: all that are in its folder, or as many as it has rows.  Raises SkipFile.
    """
    with open_input(table_file.path, table_file.origin, Remarks()) as file:
        table = Table(file)
        declared = _declared_column(table, wanted)
        column = _matching_column(table, names, _SAMPLE, only=declared)
    if column is None:
        return None
    sidecar = Sidecar(table_file.key, column, names, table_file.source)
    with open_input(table_file.path, table_file.origin, remarks) as file:
        sidecar.take(Table(file))
    return sidecar


def _declared_column(table: Table, wanted: str | None) -> str | None:
    return next((name for name in (wanted, FILE_COLUMN) if name in table.columns), None)


def _matching_column(table: Table, names: tuple[Names, ...], sample: int | None, only: str | None = None) -> str | None:
    """Which column names the most pages?  The leftmost of equals; None if too few for chance to be ruled out."""
    matches: dict[str, set[str]] = {}
    rows = 0
    for row in table.rows():
        if rows == sample:
            break
        rows += 1
        if isinstance(row, Row):
            for column, cell in row.cells.items():
                pages = _find(names, cell) if only in (None, column) else ()
                if len(pages) == 1:
                    matches.setdefault(column, set()).add(pages[0])
    if not matches:
        return None
    best = max((column for column in table.columns if column in matches), key=lambda column: len(matches[column]))
    least = 1 if only or sample is None else (min(rows, len(names[0]) or len(names[-1])) + 1) // 2
    return best if len(matches[best]) >= least else None


def _find(names: Iterable[Names], name: str) -> tuple[str, ...]:
    return next((pages for known in names if (pages := known.find(name))), ())


def _no_column(shown: str, columns: tuple[str, ...], wanted: str | None) -> str:
    missing = f"has no column {wanted}" if wanted else "has no column that names pages"
    return (
        f"the metadata table {shown} {missing}; its columns are: {', '.join(columns) or 'none'}. "
        "Say with --metadata-key which of them holds the file names"
    )
