"""A stretch of the query text: what every part of the parser reads, and where every error points."""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.errors import QueryError

__all__ = ["Piece", "shown"]

_LONGEST_SHOWN = 40


def shown(text: str) -> str:
    """How is `text` quoted in a message?  On one line, characters without a shape as �, not too long."""
    line = " ".join(text[: _LONGEST_SHOWN + 1].split())
    line = "".join(char if char.isprintable() else "�" for char in line)
    return line if len(text) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """The code points start to end of a query."""

    query: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there?"""
        return self.query[self.start : self.end]

    @property
    def shown(self) -> str:
        """What stands there, fit for a message?"""
        return shown(self.text)

    def cut(self, start: int, end: int) -> Piece:
        """Which piece stands at start to end of this one's text?"""
        return Piece(self.query, self.start + start, self.start + end)

    def to(self, last: Piece) -> Piece:
        """Which piece reaches from the start of this one to the end of `last`?"""
        return Piece(self.query, self.start, last.end)

    def error(self, message: str, *suggestions: str) -> QueryError:
        """Which error points here?  `suggestions` are replacements for this piece."""
        return QueryError(message, query=self.query, start=self.start, end=self.end, suggestions=suggestions)
