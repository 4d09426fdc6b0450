"""What rich draws: styled lines on a terminal, wrapped between words, and colours in a pipe that asks for them."""

from __future__ import annotations

from typing import Literal, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from searchkit.cli.color import Color
from searchkit.cli.styled import Styled

__all__ = ["Terminal"]


_SYSTEMS: dict[Color, Literal["auto", "256"] | None] = {"auto": "auto", "always": "256", "never": None}
"""Without one nothing is bold or dim either."""


class Terminal(Console):
    """Draws on `stream`; of a closed pipe it tells the program, which knows the exit status."""

    def __init__(self, stream: TextIO, color: Color) -> None:
        super().__init__(
            file=stream,
            highlight=False,
            markup=False,
            emoji=False,
            color_system=_SYSTEMS[color],
            force_terminal=True if color == "always" else None,
        )

    def on_broken_pipe(self) -> None:
        """Let the error go on its way."""
        raise

    def unwrapped(self, line: Styled) -> None:
        """Draw one line, however long it is."""
        self.print(_text(line), soft_wrap=True)

    def wrapped(self, line: Styled, indent: int) -> None:
        """Draw one line, broken between words; every row of it is indented."""
        self.print(Padding(_text(line), (0, 0, 0, indent)) if indent else _text(line))

    def hanging(self, name: Styled, value: Styled, column: int) -> None:
        """Draw a value behind its name; its further rows begin in the same column."""
        for number, row in enumerate(_text(value).wrap(self, max(20, self.width - column))):
            self.print((_text(name) if number == 0 else Text(" " * column)) + row, soft_wrap=True)


def _text(line: Styled) -> Text:
    text = Text(line.text)
    for start, end, style in line.spans:
        text.stylize(style, start, end)
    return text
