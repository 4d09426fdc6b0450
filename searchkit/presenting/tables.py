"""Answers that are tables: named columns and rows, as objects for JSON, as CSV or TSV for spreadsheets.

Every cell is the value as it stands, because a cell may be cited: nothing is prefixed, trimmed or rounded.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from searchkit.presenting.json import JSONObject

__all__ = ["Row", "Table", "delimited"]

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the names of their columns."""

    columns: tuple[str, ...]
    rows: Sequence[Row]

    def objects(self) -> list[JSONObject]:
        """Which JSON object is each row?"""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def delimited(columns: Sequence[str], rows: Iterable[Row], form: str) -> Iterator[str]:
    """Which lines has the table as `form`, csv or tsv?  The heading first; unknown is an empty cell.

    CSV is that of RFC 4180; in TSV a tab or a line break inside a cell becomes a space, since it has no quotes.
    """
    for row in itertools.chain((columns,), rows):
        cells = ["" if cell is None else str(cell) for cell in row]
        if form == "tsv":
            yield "\t".join(cell.translate(_SPACED) for cell in cells) + "\n"
        else:
            written = io.StringIO()
            import csv

            csv.writer(written, lineterminator="\r\n").writerow(cells)
            yield written.getvalue()


_SPACED = {ord(char): " " for char in "\t\r\n"}
