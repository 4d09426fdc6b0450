"""From query text to tokens, each with its place: words, quoted phrases, brackets, operators, fields.

Read on demand: what may follow `field:` depends on the field, so the parser asks for it (`raw`, `bracketed`).
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from searchkit.query.pieces import Piece
from searchkit.query.quotes import closing_mark, opens

__all__ = ["LARGEST_DISTANCE", "MINUS", "Lexer", "Token", "TokenKind"]


class TokenKind(enum.Enum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: the whole of it, and what matters of it."""

    kind: TokenKind
    piece: Piece
    inside: Piece
    """A phrase without its marks; a field's name; else the piece itself."""
    distance: int = 1
    """The n of "a b"~n and of NEAR/n."""
    exact: bool = False
    """Is it a field followed by := rather than by a colon alone?"""


_OPERATORS = {"AND": TokenKind.AND, "OR": TokenKind.OR, "NOT": TokenKind.NOT}
_NEAR = re.compile(r"NEAR(?:/(.*))?\Z", re.DOTALL)
_USUAL_NEARNESS = 10
_FIELD = re.compile(r"([^\W\d_][\w-]*):(=?)")
MINUS = "-\u2212\u2013\u2010\u2011"
"""Hyphen and minus; the typographic ones, because word processors put them in."""
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks of direction and spaces without width: they come along when text is copied, and separate like a space."""
_STOPPERS = "()|"
_DISTANCE = re.compile(r"~([^\s()|]*)")
LARGEST_DISTANCE = 99
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


class Lexer:
    """Reads the tokens of one query, one after the other, with one token of foresight."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._position = 0
        self._next: Token | None = None

    def peek(self) -> Token:
        """Which token comes next?"""
        if self._next is None:
            self._next = self._read()
        return self._next

    def take(self) -> Token:
        """Which token comes next?  It is used up."""
        token = self.peek()
        self._next = None
        return token

    def raw(self) -> Piece:
        """What stands here up to the next blank, whatever it is?  Closing brackets of the query are left alone."""
        start = self._skip_blanks()
        end = _blank_at(self._query, start)
        surplus = self._query.count(")", start, end) - self._query.count("(", start, end)
        while surplus > 0 and self._query[end - 1] == ")":
            end -= 1
            surplus -= 1
        self._position = end
        return Piece(self._query, start, end)

    def bracketed(self) -> Piece | None:
        """Which [square brackets] stand here, if any?"""
        start = self._skip_blanks()
        if not self._query.startswith("[", start):
            return None
        match = _BRACKETED.match(self._query, start)
        if match is None:
            raise Piece(self._query, start, start + 1).error("this bracket is never closed: add ] behind the dates")
        self._position = match.end()
        return Piece(self._query, start, match.end())

    def minus(self) -> Piece | None:
        """Which minus stands here, if any?"""
        start = self._skip_blanks()
        if start < len(self._query) and self._query[start] in MINUS:
            return Piece(self._query, start, start + 1)
        return None

    def at_group(self) -> bool:
        """Does a bracket open here?"""
        return self._query.startswith("(", self._skip_blanks())

    def at_quote(self) -> bool:
        """Does a quotation mark stand here?"""
        start = self._skip_blanks()
        return start < len(self._query) and opens(self._query, start)

    def _skip_blanks(self) -> int:
        assert self._next is None, "a token was looked at that must be read raw"
        while self._position < len(self._query) and _is_blank(self._query[self._position]):
            self._position += 1
        return self._position

    def _token(self, kind: TokenKind, start: int, end: int) -> Token:
        self._position = end
        piece = Piece(self._query, start, end)
        return Token(kind, piece, piece)

    def _read(self) -> Token:
        start = self._skip_blanks()
        query = self._query
        if start == len(query):
            return self._token(TokenKind.END, start, start)
        char = query[start]
        if char == "(":
            return self._token(TokenKind.OPEN, start, start + 1)
        if char == ")":
            return self._token(TokenKind.CLOSE, start, start + 1)
        if char == "|":
            return self._token(TokenKind.OR, start, start + (2 if query.startswith("||", start) else 1))
        if opens(query, start):
            return self._phrase(start)
        if char in MINUS and self._excludes(start):
            return self._token(TokenKind.NOT, start, start + 1)
        return self._field(start) or self._word(start)

    def _excludes(self, start: int) -> bool:
        """Does the minus at `start` stand right before something, and behind nothing?"""
        before = self._query[start - 1 : start]
        after = self._query[start + 1 : start + 2]
        at_edge = not before or before in _STOPPERS or _is_blank(before)
        return at_edge and bool(after) and after not in ")|" and after not in MINUS and not _is_blank(after)

    def _phrase(self, start: int) -> Token:
        end = closing_mark(self._query, start)
        if end is None:
            raise Piece(self._query, start, start + 1).error(
                "this quotation mark is never closed: add one at the end of the phrase, or leave this one out"
            )
        inside = Piece(self._query, start + 1, end)
        if not inside.text.strip():
            raise Piece(self._query, start, end + 1).error(
                "there is nothing between these quotation marks: leave them out"
            )
        distance = 1
        self._position = end + 1
        match = _DISTANCE.match(self._query, end + 1)
        if match is not None:
            distance = _read_distance(Piece(self._query, *match.span()), match.group(1))
            self._position = match.end()
        return Token(TokenKind.PHRASE, Piece(self._query, start, self._position), inside, distance)

    def _field(self, start: int) -> Token | None:
        match = _FIELD.match(self._query, start)
        if match is None:
            return None
        name = Piece(self._query, *match.span(1))
        if self._query.startswith("//", match.end()):
            whole = Piece(self._query, start, _blank_at(self._query, start))
            raise whole.error(
                f"{whole.shown!r} looks like an address: write url:{whole.shown} for the page at this address, "
                "or quote it to search for its words",
                f'url:"{whole.text}"',
                f'"{whole.text}"',
            )
        self._position = match.end()
        return Token(TokenKind.FIELD, Piece(self._query, *match.span()), name, exact=bool(match.group(2)))

    def _word(self, start: int) -> Token:
        end = start + 1
        query = self._query
        while end < len(query) and not (_is_blank(query[end]) or query[end] in _STOPPERS or opens(query, end)):
            end += 1
        token = self._token(TokenKind.WORD, start, end)
        text = token.piece.text
        if text in _OPERATORS:
            return self._token(_OPERATORS[text], start, end)
        near = _NEAR.match(text)
        if near is None:
            return token
        distance = _USUAL_NEARNESS if near.group(1) is None else _read_nearness(token.piece, near.group(1))
        return Token(TokenKind.NEAR, token.piece, token.piece, distance)


def _is_blank(char: str) -> bool:
    return char.isspace() or char in _INVISIBLE


def _blank_at(query: str, start: int) -> int:
    """Where is the first blank at or behind `start`?  The end of the query if there is none."""
    while start < len(query) and not _is_blank(query[start]):
        start += 1
    return start


def _distance_in(digits: str) -> int | None:
    """Which distance do these digits write?  None if none that is allowed."""
    if digits.isascii() and digits.isdigit() and 1 <= int(digits[:4]) <= LARGEST_DISTANCE:
        return int(digits[:4])
    return None


def _read_distance(piece: Piece, digits: str) -> int:
    distance = _distance_in(digits)
    if distance is None:
        raise piece.error(
            f"a ~ behind a phrase takes a number from 1 to {LARGEST_DISTANCE}, the most places that each word may "
            'stand behind the one before: "a b c"~5',
            "~5",
        )
    return distance


def _read_nearness(piece: Piece, digits: str) -> int:
    distance = _distance_in(digits)
    if distance is None:
        raise piece.error(
            f"NEAR takes a number from 1 to {LARGEST_DISTANCE}, the most places apart: NEAR/5 (NEAR alone is "
            f'NEAR/{_USUAL_NEARNESS}); to search for the word, quote it: "near"',
            "NEAR/5",
            '"near"',
        )
    return distance
