"""Where people read: a terminal, or a pipe that gets the same words without colours and without wrapping.

Text of pages is never interpreted: it goes through `visible` and into `Styled`, which knows no markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from searchkit.cli.color import chosen_color, pager_wanted
from searchkit.cli.styled import Styled, plain
from searchkit.config import colors_pipes, let_less_show_colors
from searchkit.presenting import visible

if TYPE_CHECKING:  # slow to load, and a pipe needs none of it
    from searchkit.cli.terminal import Terminal

__all__ = ["Screen", "Styled", "paged", "plain"]

_WIDEST = 100
"""Columns at most: longer lines are hard to read."""


class Screen:
    """Writes lines for people to `stream`, standard output if none is given; `wide` uses the whole terminal."""

    def __init__(self, stream: TextIO | None = None, *, wide: bool = False) -> None:
        self._stream = stream or sys.stdout
        if hasattr(self._stream, "reconfigure"):
            self._stream.reconfigure(errors="replace")  # a terminal that knows no ə shows ?, and the rest
        self._terminal = _terminal(self._stream)
        self.is_terminal = self._stream.isatty()
        if self._terminal is not None and self.is_terminal and not wide:
            self._terminal.width = min(self._terminal.width, _WIDEST)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Show what is written meanwhile in a pager ($PAGER, else less) if it is longer than the terminal."""
        if self._terminal is None or not self.is_terminal:
            yield
            return
        with self._terminal.capture() as captured:
            yield
        text = captured.get()
        if text.count("\n") < self._terminal.height:
            self._stream.write(text)
        else:
            _page(text)

    @property
    def width(self) -> int | None:
        """How many columns has a line?  None where lines have no end."""
        return self._terminal.width if self._terminal is not None and self.is_terminal else None

    def line(self, text: Styled | str = "", *, indent: int = 0) -> None:
        """Write one line; on a terminal it is wrapped between words, every row indented."""
        shown = plain(text) if isinstance(text, str) else text
        if self._terminal is not None and self.is_terminal:
            self._terminal.wrapped(shown, indent)
            return
        for row in shown.rows():
            self._unwrapped(Styled(" " * indent if row else "") + row)

    def lines(self, texts: Iterable[Styled | str], *, indent: int = 0) -> None:
        """Write several lines."""
        for text in texts:
            self.line(text, indent=indent)

    def rows(self, rows: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
        """Write names and values in two aligned columns; a value that is wrapped stays in its own."""
        from searchkit.cli.cells import cell_len, set_cell_size  # of rich, which short answers do without

        pairs = [(visible(name, one_line=True), visible(value, one_line=True)) for name, value in rows]
        column = max((cell_len(name) for name, _ in pairs), default=0) + 2
        for name, value in pairs:
            self.row(Styled(" " * indent + set_cell_size(name, column), "dim"), Styled(value), indent + column)

    def row(self, name: Styled, value: Styled, column: int) -> None:
        """Write a value behind its name; on a terminal its further rows begin in the same column."""
        if self._terminal is not None and self.is_terminal:
            self._terminal.hanging(name, value, column)
        else:
            self._unwrapped(name + value)

    def _unwrapped(self, line: Styled) -> None:
        if self._terminal is not None:
            self._terminal.unwrapped(line)
        else:
            self._stream.write(f"{line.text}\n")


@contextmanager
def paged(*, wide: bool = False) -> Iterator[Screen]:
    """The screen for an answer, which opens in a pager if it is longer than the terminal; not with --no-pager."""
    screen = Screen(wide=wide)
    if not pager_wanted():
        yield screen
        return
    with screen.held_back():
        yield screen


def _page(text: str) -> None:
    """Show `text` in a pager; one that is not known to show colours gets none, unless they are wanted always."""
    color = chosen_color()
    if color == "always":
        let_less_show_colors()
    click.echo_via_pager(text, color={"always": True, "never": False}.get(color))


def _terminal(stream: TextIO) -> Terminal | None:
    """What draws on `stream`?  None for a pipe that is to have no colours."""
    color = chosen_color()
    if not (stream.isatty() or color == "always" or (color == "auto" and colors_pipes())):
        return None
    from searchkit.cli.terminal import Terminal

    return Terminal(stream, color)
