"""Which words of a text were cut, and which were added?  Two texts go in; pieces that make up both come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

__all__ = ["Piece", "word_diff"]

Kind = Literal["same", "cut", "added"]

_TOKEN = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
"""A word or a mark with the space before it: a space that two replaced words share is no common word."""
_SENTENCE = re.compile(r".*?(?:[.!?]+\s+|\n+|\Z)", re.DOTALL)
_MOST_TOKENS = 6_000
"""A stretch of more differing tokens is shown as cut and added whole: comparing takes the square of it, and two texts
of that length without one common sentence are two texts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both texts, or was cut from the former, or added to the present one."""

    kind: Kind
    text: str


def word_diff(former: str, present: str) -> tuple[Piece, ...]:
    """Which words of `former` were cut, and which were added to make `present`?

    The pieces that are `same` or `cut` are `former`, letter for letter; those that are `same` or `added` are `present`.
    Whole sentences are compared first, then the words and marks of those that differ.
    """
    pieces = []
    for cut, added, same in _stretches(_SENTENCE.findall(former), _SENTENCE.findall(present)):
        if same:
            pieces.append(Piece("same", same))
        else:
            pieces += _by_words(cut, added)
    return tuple(_joined(pieces))


def _by_words(cut: str, added: str) -> Iterator[Piece]:
    one, other = _TOKEN.findall(cut), _TOKEN.findall(added)
    if not one or not other or max(len(one), len(other)) > _MOST_TOKENS:
        yield from (Piece("cut", cut), Piece("added", added))
        return
    for gone, come, same in _stretches(one, other):
        yield from (Piece("same", same), Piece("cut", gone), Piece("added", come))


def _stretches(former: Sequence[str], present: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Cut text, added text, common text, from the left to the right; one of them at a time, or the first two."""
    for tag, i, j, k, l in SequenceMatcher(None, former, present, autojunk=False).get_opcodes():  # noqa: E741
        if tag == "equal":
            yield "", "", "".join(former[i:j])
        else:
            yield "".join(former[i:j]), "".join(present[k:l]), ""


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two common pieces what was cut comes before what was added."""
    for common, run in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind == "same"):
        stretch = list(run)
        kinds: tuple[Kind, ...] = ("same",) if common else ("cut", "added")
        for kind in kinds:
            text = "".join(piece.text for piece in stretch if piece.kind == kind)
            if text:
                yield Piece(kind, text)
