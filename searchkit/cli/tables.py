"""Answers that are tables: the options that choose their form, and how they stand on a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from searchkit.cli.options import chosen_form
from searchkit.cli.output import put, put_json
from searchkit.cli.screen import Screen
from searchkit.presenting import JSONObject, Table, delimited, visible

__all__ = ["Column", "put_table", "show_rows", "table_form", "table_options"]

Callback = TypeVar("Callback", bound=Callable[..., Any])

_WIDEST_LABEL = 40
"""Columns of a label on a terminal; a longer one is cut there, never in a pipe."""
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
    """One column on the screen: its heading, and its cells; numbers stand at the right."""

    def __init__(self, heading: str, cells: Iterable[str], *, right: bool = True, style: str = "") -> None:
        self.heading = heading
        self.cells = [visible(cell, one_line=True) for cell in cells]
        self.right = right
        self.style = style

    def width(self, *, most: int | None) -> int:
        """How many cells of the screen does the column take?"""
        width = max(map(cell_len, (self.heading, *self.cells)), default=0)
        return width if most is None else min(width, most)

    def fitted(self, cell: str, width: int) -> str:
        """The cell in exactly that width."""
        if cell_len(cell) > width:
            text = Text(cell)
            text.truncate(width, overflow="ellipsis")
            cell = text.plain
        return " " * (width - cell_len(cell)) + cell if self.right else set_cell_size(cell, width)


def show_rows(screen: Screen, columns: Sequence[Column], bars: Sequence[float] = (), notes: Sequence[str] = ()) -> None:
    """Write the columns side by side under their headings, then a bar for each of `bars` or, if there is one, a note.

    On a terminal labels are cut and bars shortened until a row fits; in a pipe nothing is.
    """
    widths = [
        column.width(most=None if column.right or not screen.is_terminal else _WIDEST_LABEL) for column in columns
    ]
    headings = [column.fitted(column.heading, width) for column, width in zip(columns, widths, strict=True)]
    screen.line(Text("  ".join(headings).rstrip(), "dim"))
    room = (screen.width or 100) - sum(widths) - 2 * len(widths) - 1
    longest = max(bars, default=0.0)
    length = min(_WIDEST_BAR, room) if room >= _SHORTEST_BAR else 0
    for place in range(len(columns[0].cells) if columns else 0):
        row = Text()
        for column, width in zip(columns, widths, strict=True):
            row.append(column.fitted(column.cells[place], width) + "  ", column.style)
        note = notes[place] if notes else ""
        if note:
            row.append(note, "yellow")
        elif bars and longest > 0:
            row.append(_bar(length * bars[place] / longest), "cyan")
        row.rstrip()
        screen.line(row)


_EIGHTHS = " ▏▎▍▌▋▊▉"


def _bar(cells: float) -> str:
    """A bar of that many cells, in eighths; something above nothing is never invisible."""
    if cells <= 0:
        return ""
    eighths = max(1, round(cells * 8))
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
