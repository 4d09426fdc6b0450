"""A concordance on the screen: matches under each other, their context cut at the edges of the screen."""

from __future__ import annotations

import re
import unicodedata

from searchkit.cli.cells import cell_len
from searchkit.cli.screen import Screen, Styled, plain
from searchkit.counting import Concordance, KwicLine
from searchkit.presenting import counted, visible

__all__ = ["fitting_window", "show_concordance"]

_PIPE_WINDOW = 10
_CELLS_OF_A_WORD = 3
"""At least: as many words as fill half a screen of short ones are fetched, and cut."""
_DOCUMENT = 18
_SPEAKER = 22
_DATE = 10
_WITH_DATE, _WITH_SPEAKER = 110, 140
"""From which width of the screen on the columns of dates and speakers are shown too."""
_ISOLATE, _POP = "\u2068", "\u2069"
"""Around words written from right to left, so that a terminal that reorders them does so inside their column."""


def fitting_window(screen: Screen) -> int:
    """How many words of context fill the screen?"""
    return _PIPE_WINDOW if screen.width is None else screen.width // 2 // _CELLS_OF_A_WORD


def show_concordance(screen: Screen, found: Concordance, *, offset: int) -> None:
    """How many occurrences are there, and in which context does each stand?"""
    screen.line(
        plain(f"{counted(found.total, 'occurrence')} in {counted(found.speeches, 'speech', 'speeches')}", "bold")
    )
    screen.line(plain(found.understood, "dim"))
    if not found.lines:
        return
    screen.line()
    rows = [_Row(line) for line in found]
    labels = _labels(screen, found)
    matches = max(cell_len(row.match) for row in rows)
    if screen.width is None:
        room_left = max(cell_len(row.left) for row in rows)
        for label, row in zip(labels, rows, strict=True):
            screen.line(row.text(label, room_left, None))
    else:
        room = screen.width - cell_len(labels[0]) - 2
        room_left = max(8, (room - min(matches, room // 2)) // 2)
        for label, row in zip(labels, rows, strict=True):
            screen.line(row.text(label, room_left, room - room_left))
    shown = offset + len(found)
    if shown < found.total:
        screen.line()
        screen.line(plain(f"{offset + 1:,} to {shown:,} of {found.total:,}; the next: --offset {shown}", "yellow"))


def _labels(screen: Screen, found: Concordance) -> list[str]:
    """Document, date and speaker of each line, as far as the screen is wide, all of one width."""
    wide = screen.width
    columns = [[visible(line.id, one_line=True) for line in found]]
    if wide is None or wide >= _WITH_DATE:
        columns.insert(0, [line.date or "" for line in found])
    if wide is None or wide >= _WITH_SPEAKER:
        columns.insert(1, [visible(line.speaker or "", one_line=True) for line in found])
    limits = {1: [_DOCUMENT], 2: [_DATE, _DOCUMENT + 4], 3: [_DATE, _SPEAKER, _DOCUMENT + 10]}[len(columns)]
    fitted: list[list[str]] = []
    for cells, limit in zip(columns, limits, strict=True):
        width = max(map(cell_len, cells))
        if wide is not None:
            width = min(width, limit)
        fitted.append([_padded(_end(cell, width, "…"), width) for cell in cells])
    return ["  ".join(row) for row in zip(*fitted, strict=True)]


class _Row:
    """One line, its parts on one line each."""

    def __init__(self, line: KwicLine) -> None:
        self.left = _flat(line.left)
        self.match = _flat(line.match)
        self.right = _flat(line.right)
        whole = self.left + self.match + self.right
        self._turned = any(unicodedata.bidirectional(char) in ("R", "AL") for char in whole)

    def text(self, label: str, room_left: int, room: int | None) -> Styled:
        """The line with its left context in `room_left` cells, and the rest in `room`, or at any length."""
        left, match, right = _end(self.left, room_left), self.match, self.right
        if room is not None:
            match = _beginning(match, room)
            right = _beginning(right, room - cell_len(match))
        gap = " " * (room_left - cell_len(left))
        if self._turned:
            left, match, right = (f"{_ISOLATE}{part}{_POP}" for part in (left, match, right))
        row = Styled(label, "dim") + Styled("  " + gap + left) + Styled(match, "bold black on yellow") + Styled(right)
        row.rstrip()
        return row


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text, one_line=True))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _end(text: str, cells: int, mark: str = "") -> str:
    """The end of `text` that fits into that many cells, `mark` before it where something is cut."""
    if cell_len(text) <= cells:
        return text
    room = cells - cell_len(mark)
    taken = len(text)
    while taken > 0 and (room := room - cell_len(text[taken - 1])) >= 0:
        taken -= 1
    return mark + text[taken:]


def _beginning(text: str, cells: int) -> str:
    """The beginning of `text` that fits into that many cells."""
    taken = 0
    while taken < len(text) and (cells := cells - cell_len(text[taken])) >= 0:
        taken += 1
    return text[:taken]
