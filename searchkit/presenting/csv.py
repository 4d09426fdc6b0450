"""Hits as CSV: a heading, then one line a hit with its fields and its first snippet.

Every cell is the value as it stands, because a cell may be cited: nothing is prefixed, trimmed or shortened. A cell
that begins with = + - or @ is therefore counted (`formula_cells`), so that whoever opens the file in a spreadsheet
can be told to import the columns as text.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from searchkit.models import Hit, Results

__all__ = ["COLUMNS", "formula_cells", "hit_cells", "hits_csv", "is_formula"]

hit_cells: dict[str, Callable[[Hit], object]] = {
    "id": lambda hit: hit.speech.id,
    "page": lambda hit: hit.speech.page,
    "url": lambda hit: hit.speech.url,
    "title": lambda hit: hit.speech.title,
    "kind": lambda hit: hit.speech.kind,
    "speaker": lambda hit: hit.speech.speaker,
    "role": lambda hit: hit.speech.role,
    "venue": lambda hit: "; ".join(hit.speech.venue),
    "quoting": lambda hit: "; ".join(hit.speech.quoting),
    "event": lambda hit: hit.speech.event,
    "date": lambda hit: hit.speech.date,
    "source": lambda hit: hit.speech.source,
    "language": lambda hit: hit.speech.language,
    "score": lambda hit: hit.score,
    "snippets": lambda hit: len(hit.snippets),
    "voice": lambda hit: hit.snippets[0].voice if hit.snippets else None,
    "start": lambda hit: hit.snippets[0].start if hit.snippets else None,
    "end": lambda hit: hit.snippets[0].end if hit.snippets else None,
    "text": lambda hit: hit.snippets[0].text if hit.snippets else None,
}
"""What stands in each column; `snippets` is their number, voice, start, end and text are those of the first."""

COLUMNS = tuple(hit_cells)

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def hits_csv(results: Results, *, guarded: bool = False) -> str:
    """What does `query --csv` print?  Several names in one cell are joined by a semicolon and a space.

    `guarded`: an apostrophe stands before what a spreadsheet would run as a formula.
    """
    written = io.StringIO()
    import csv

    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    rows = (_row(hit) for hit in results.hits)
    table.writerows([[f"'{cell}" if is_formula(cell) else cell for cell in row] for row in rows] if guarded else rows)
    return written.getvalue()


def is_formula(cell: object) -> bool:
    """Would a spreadsheet run this cell as a formula rather than show it?"""
    return isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS)


def formula_cells(results: Results) -> int:
    """How many cells of `hits_csv` would a spreadsheet run as a formula rather than show?"""
    return sum(is_formula(cell) for hit in results.hits for cell in _row(hit))


def _row(hit: Hit) -> list[str]:
    cells = (cell(hit) for cell in hit_cells.values())
    return ["" if cell is None else str(cell) for cell in cells]
