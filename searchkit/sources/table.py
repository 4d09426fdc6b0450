"""Tables (CSV, TSV): a header and rows of cells, for records and for metadata alike.

A row is read only as it stands: one that does not fit is damaged, never repaired. Lines that are not UTF-8 are
read as Windows-1252, the usual encoding of spreadsheets that are not, and that is remarked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from searchkit.models import Skipped
from searchkit.schema import RECORD_KEYS
from searchkit.sources.files import LINE_LIMIT, InputFile, SkipFile, in_megabytes
from searchkit.sources.record import Record

__all__ = ["FILE_COLUMN", "NO_TEXT_COLUMN", "Damage", "Row", "Table", "read_table"]

NO_TEXT_COLUMN = "table without a text column"
CELL_LIMIT = 16 << 20
"""Characters: a quotation mark that is never closed makes a cell of the rest of the file."""
FILE_COLUMN = "file"
"""The column of a metadata table that names pages, unless another is declared."""
_KNOWN = {*RECORD_KEYS, FILE_COLUMN}
_DELIMITERS = ",\t;|"  # likeliest first


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: the number of its first line, and its cells that are not empty, by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Damage:
    """A row that cannot be read."""

    line: int
    reason: str
    detail: str


class Table:
    """A table whose header has been read."""

    def __init__(self, file: InputFile) -> None:
        # The limit belongs to the whole process: it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
        self._lines = _Lines(file)
        try:
            header = self._lines.first()
            self._lines.put_back(header)
            delimiter = max(_DELIMITERS, key=header.count)
            self._cells = csv.reader(self._lines, delimiter=delimiter, strict=True)
            self.columns = _columns(next(self._cells, []))
        except csv.Error as error:
            raise SkipFile("table with a damaged header", str(error), unreadable=True) from error

    def rows(self) -> Iterator[Row | Damage]:
        """Which rows stand below the header?"""
        # After a damaged row the next line may be the rest of one: only a row of full width is surely a row.
        least = 0
        while True:
            line = self._lines.number + 1
            try:
                cells = next(self._cells)
            except StopIteration:
                return
            except csv.Error as error:
                least = len(self.columns)
                extent = f"lines {line} to {self._lines.number}" if self._lines.number > line else "one line"
                yield Damage(line, "damaged row", f"{error}; {extent}")
                continue
            if len(cells) > len(self.columns) or 0 < len(cells) < least:
                yield Damage(line, "row does not fit the header", f"{len(cells)} cells, {len(self.columns)} columns")
            elif any(cells):
                # The header is the longer one where a spreadsheet leaves out empty cells at the end of a row.
                yield Row(line, {name: cell for name, cell in zip(self.columns, cells, strict=False) if cell})


def read_table(file: InputFile) -> Iterator[Record | Skipped]:
    """Which records does this table hold?  It needs a column `text`."""
    table = Table(file)
    if "text" not in table.columns:
        yield Skipped(file.origin.key, NO_TEXT_COLUMN, detail=f"columns: {', '.join(table.columns)}")
        return
    for row in table.rows():
        if isinstance(row, Row):
            yield Record(row.line, row.cells)
        else:
            yield Skipped(f"{file.origin.key}#{row.line}", row.reason, unreadable=True, detail=row.detail)


class _Lines:
    """The decoded lines of a table, counted, for `csv.reader`: an iterator that goes on after it has raised."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._lines = file.lines()
        self._split: list[bytes] = []
        self._put_back: str | None = None
        self._begun = False
        self._remarked = False
        self.number = 0

    def first(self) -> str:
        """Which line is the first that is not blank?  "" if there is none."""
        for line in self:
            if line.strip():
                return line
        return ""

    def put_back(self, line: str) -> None:
        """Give out `line` once more."""
        self.number -= 1
        self._put_back = line

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        content = self._next_content()
        self.number += 1
        if content is None:
            raise csv.Error(f"line longer than {in_megabytes(LINE_LIMIT)}")
        return content if isinstance(content, str) else self._decoded(content)

    def _next_content(self) -> str | bytes | None:
        if self._put_back is not None:
            line, self._put_back = self._put_back, None
            return line
        if not self._split:
            content = next(self._lines).content
            if content is None:
                return None
            # Old spreadsheets end lines with a carriage return alone.
            self._split = content.splitlines(keepends=True)[::-1]
        return self._split.pop()

    def _decoded(self, content: bytes) -> str:
        encoding = "utf-8" if self._begun else "utf-8-sig"
        self._begun = True
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            if not self._remarked:
                self._file.remarks.add("lines that are not UTF-8 were read as Windows-1252", self._file.origin.key)
            self._remarked = True
            return content.decode("cp1252", "replace")


def _columns(header: list[str]) -> tuple[str, ...]:
    # Spreadsheets capitalise ("Text", "Date"); a name that comes twice would hide a cell.
    columns: dict[str, None] = {}
    lower = {title.strip() for title in header}
    for place, title in enumerate(header, 1):
        name = title.strip() or f"column {place}"
        if name.lower() in _KNOWN and name.lower() not in lower:
            name = name.lower()
        columns[f"{name} (column {place})" if name in columns else name] = None
    return tuple(columns)
