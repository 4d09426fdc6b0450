"""Hits as CSV: a heading, then one line a hit with its fields and its first snippet.

Every cell is the value as it stands, because a cell may be cited: nothing is prefixed, trimmed or shortened. A cell
that begins with = + - or @ is therefore counted (`formula_cells`), so that whoever opens the file in a spreadsheet
can be told to import the columns as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from searchkit.models import Hit, Results

__all__ = ["COLUMNS", "formula_cells", "hits_csv"]

COLUMNS = (
    "id",
    "page",
    "url",
    "title",
    "kind",
    "speaker",
    "role",
    "venue",
    "quoting",
    "event",
    "date",
    "source",
    "language",
    "score",
    "snippets",
    "voice",
    "start",
    "end",
    "text",
)
"""`snippets` is their number; voice, start, end and text are those of the first."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def hits_csv(results: Results) -> str:
    """What does `query --csv` print?  Several names in one cell are joined by a semicolon and a space."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(_row(hit) for hit in results.hits)
    return written.getvalue()


def formula_cells(results: Results) -> int:
    """How many cells of `hits_csv` would a spreadsheet run as a formula rather than show?"""
    return sum(cell.startswith(_FORMULA_SIGNS) for hit in results.hits for cell in _row(hit))


def _row(hit: Hit) -> Sequence[str]:
    speech = hit.speech
    snippet = hit.snippets[0] if hit.snippets else None
    cells: tuple[object, ...] = (
        speech.id,
        speech.page,
        speech.url,
        speech.title,
        speech.kind,
        speech.speaker,
        speech.role,
        "; ".join(speech.venue),
        "; ".join(speech.quoting),
        speech.event,
        speech.date,
        speech.source,
        speech.language,
        hit.score,
        len(hit.snippets),
        snippet and snippet.voice,
        snippet and snippet.start,
        snippet and snippet.end,
        snippet and snippet.text,
    )
    return ["" if cell is None else str(cell) for cell in cells]
