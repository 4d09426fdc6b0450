"""Answers that are tables: the options that choose their form, and how they stand on a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from searchkit.cli.cells import cell_len, cut, set_cell_size
from searchkit.cli.options import chosen_form
from searchkit.cli.output import put, put_json
from searchkit.cli.screen import Screen, Styled, plain
from searchkit.presenting import JSONObject, Table, delimited, visible

__all__ = ["Column", "put_table", "show_rows", "table_form", "table_options"]

Callback = TypeVar("Callback", bound=Callable[..., Any])

_WIDEST_LABEL = 40
"""Columns of a label on a terminal; a longer one is cut there, never in a pipe."""
_SHORTEST_LABEL = 12
"""Columns that a label keeps on any terminal."""
_NOTE = 24
"""Columns kept for notes where every row may have one."""
_SHORTEST_NOTE = 20
"""With less room behind a row its note stands below."""
_WIDEST_BAR = 30
_SHORTEST_BAR = 8


def table_options(command: Callback) -> Callback:
    """The options --json, --csv and --tsv."""
    for form, help in (
        ("tsv", "Print a table, cells between tabs."),
        ("csv", "Print a table for spreadsheets."),
        ("json", "Print JSON."),
    ):
        command = click.option(f"--{form}", f"as_{form}", is_flag=True, help=help)(command)
    return command


def table_form(options: dict[str, Any]) -> str | None:
    """In which form is the table wanted: json, csv, tsv?  None for people."""
    return chosen_form(json=options["as_json"], csv=options["as_csv"], tsv=options["as_tsv"])


def put_table(form: str, table: Table, json: JSONObject) -> None:
    """Write the answer for programs."""
    if form == "json":
        put_json(json)
    else:
        put(delimited(table.columns, table.rows, form))


class Column:
    """One column on the screen: its heading, and its cells; numbers stand at the right.

    One that is `spare` is left out where the screen has no room for it.
    """

    def __init__(
        self, heading: str, cells: Iterable[str], *, right: bool = True, style: str = "", spare: bool = False
    ) -> None:
        self.heading = heading
        self.cells = [visible(cell, one_line=True) for cell in cells]
        self.right = right
        self.style = style
        self.spare = spare
        self.width = max(map(cell_len, (heading, *self.cells)))

    def fitted(self, cell: str, width: int) -> str:
        """The cell in exactly that width."""
        cell = cut(cell, width)
        return " " * (width - cell_len(cell)) + cell if self.right else set_cell_size(cell, width)


def show_rows(screen: Screen, columns: Sequence[Column], bars: Sequence[float] = (), notes: Sequence[str] = ()) -> None:
    """Write the columns side by side under their headings, then a bar for each of `bars` or, if there is one, a note.

    On a terminal labels are cut, bars shortened and spare columns left out until a row fits; in a pipe nothing is.
    """
    widths = _fitting(screen.width, columns, _NOTE if any(notes) and not bars else 0)
    shown = [column for column in columns if column in widths]
    headings = [column.fitted(column.heading, widths[column]) for column in shown]
    screen.line(Styled("  ".join(headings).rstrip(), "dim"))
    taken = sum(widths.values()) + 2 * len(widths)
    room = (screen.width or 100) - taken - 1
    longest = max(bars, default=0.0)
    length = min(_WIDEST_BAR, room) if room >= _SHORTEST_BAR else 0
    for place in range(len(columns[0].cells) if columns else 0):
        row = Styled()
        for column in shown:
            row += Styled(column.fitted(column.cells[place], widths[column]) + "  ", column.style)
        note = notes[place] if notes else ""
        if note and screen.width is not None and screen.width - taken < _SHORTEST_NOTE:
            row.rstrip()
            screen.line(row)
            screen.line(Styled(note, "yellow"), indent=4)
            continue
        if note:
            screen.row(row, Styled(note, "yellow"), taken)
            continue
        if bars and longest > 0:
            row += Styled(_bar(length * bars[place] / longest), "cyan")
        row.rstrip()
        screen.line(row)
    if len(shown) < len(columns):
        left_out = ", ".join(column.heading for column in columns if column not in widths)
        screen.line(plain(f"no room for: {left_out}", "dim"))


def _fitting(room: int | None, columns: Sequence[Column], note: int) -> dict[Column, int]:
    """Which columns are shown, and how wide is each, so that a row and a note behind it fit?"""
    if room is None:
        return {column: column.width for column in columns}
    widths = {column: column.width if column.right else min(column.width, _WIDEST_LABEL) for column in columns}
    for column in [column for column in reversed(columns) if column.spare]:
        if _excess(widths, room, 0) > sum(max(0, widths[item] - _SHORTEST_LABEL) for item in widths if not item.right):
            del widths[column]
    excess = _excess(widths, room, note)
    for column in sorted((item for item in widths if not item.right), key=lambda item: -item.width):
        cut = max(0, min(excess, widths[column] - max(_SHORTEST_LABEL, cell_len(column.heading))))
        widths[column] -= cut
        excess -= cut
    return widths


def _excess(widths: dict[Column, int], room: int, note: int) -> int:
    """By how many cells is a row of these columns, and of a note behind it, too long?"""
    return sum(widths.values()) + 2 * (len(widths) - (0 if note else 1)) + note - room


_EIGHTHS = " ▏▎▍▌▋▊▉"


def _bar(cells: float) -> str:
    """A bar of that many cells, in eighths; something above nothing is never invisible."""
    if cells <= 0:
        return ""
    eighths = max(1, round(cells * 8))
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
