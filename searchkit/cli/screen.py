"""Where people read: a terminal, or a pipe that gets the same words without colours and without wrapping.

Text of pages is never interpreted: it goes through `visible` and into rich's Text, which knows no markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from searchkit.cli.color import chosen_color
from searchkit.presenting import visible

__all__ = ["Screen", "plain"]

_WIDEST = 100
"""Columns at most: longer lines are hard to read."""


class _Console(Console):
    """Leaves a closed pipe to the program, which knows the exit status."""

    def on_broken_pipe(self) -> None:
        """Let the error go on its way."""
        raise


class Screen:
    """Writes lines for people to `stream`, standard output if none is given; `wide` uses the whole terminal."""

    def __init__(self, stream: TextIO | None = None, *, wide: bool = False) -> None:
        stream = stream or sys.stdout
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that knows no ə shows ?, and the rest
        color = chosen_color()
        self._console = _Console(
            file=stream,
            highlight=False,
            markup=False,
            emoji=False,
            no_color=True if color == "never" else None,
            color_system="256" if color == "always" else "auto",
            force_terminal=True if color == "always" else None,
        )
        self.is_terminal = stream.isatty()
        if self.is_terminal and not wide:
            self._console.width = min(self._console.width, _WIDEST)

    @contextmanager
    def paged(self, *, wanted: bool = True) -> Iterator[None]:
        """Show what is written meanwhile in a pager ($PAGER, else less) if it is longer than the terminal."""
        if not (wanted and self.is_terminal):
            yield
            return
        with self._console.capture() as captured:
            yield
        text = captured.get()
        if text.count("\n") < self._console.height:
            self._console.file.write(text)
        else:
            click.echo_via_pager(text, color=chosen_color() != "never")

    @property
    def width(self) -> int | None:
        """How many columns has a line?  None where lines have no end."""
        return self._console.width if self.is_terminal else None

    def line(self, text: Text | str = "", *, indent: int = 0) -> None:
        """Write one line; on a terminal it is wrapped between words, every row indented."""
        shown = plain(text) if isinstance(text, str) else text
        if not self.is_terminal:
            for row in shown.split("\n", allow_blank=True):
                self._console.print(Text(" " * indent if row else "") + row, soft_wrap=True)
        elif indent:
            self._console.print(Padding(shown, (0, 0, 0, indent)))
        else:
            self._console.print(shown)

    def lines(self, texts: Iterable[Text | str], *, indent: int = 0) -> None:
        """Write several lines."""
        for text in texts:
            self.line(text, indent=indent)

    def rows(self, rows: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
        """Write names and values in two aligned columns; a value that is wrapped stays in its own."""
        pairs = [(visible(name, one_line=True), visible(value, one_line=True)) for name, value in rows]
        column = max((len(name) for name, _ in pairs), default=0) + 2
        for name, value in pairs:
            self.row(Text(" " * indent + name.ljust(column), "dim"), Text(value), indent + column)

    def row(self, name: Text, value: Text, column: int) -> None:
        """Write a value behind its name; on a terminal its further rows begin in the same column."""
        if not self.is_terminal:
            self._console.print(name + value, soft_wrap=True)
            return
        for number, row in enumerate(value.wrap(self._console, max(20, self._console.width - column))):
            self._console.print((name if number == 0 else Text(" " * column)) + row, soft_wrap=True)


def plain(text: str, style: str = "", *, one_line: bool = False) -> Text:
    """`text` as it may be shown, in one style."""
    return Text(visible(text, one_line=one_line), style)
