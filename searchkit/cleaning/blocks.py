"""What every kind of page becomes before it is judged: a list of blocks, in page order.

A block is one paragraph, heading, list item or table row. Which blocks are content is decided by others (body.py,
line_rules.py, titles.py); how the chosen ones are set into one text is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Block", "Cut", "blocks_of_text", "joined", "squeezed"]

_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page that stands by itself: its lines are separated by newlines, its words by single spaces."""

    text: str
    linked: int = 0
    """How many of its characters stand inside links."""
    regions: tuple[int, ...] = ()
    """The numbers of the page parts around it that are chrome by their name: nav, footer, aside (see reading.py)."""
    heading: bool = False
    boxed: bool = False
    """Does it stand in a box beside the running text: a caption, a figure?"""
    continues: bool = False
    """Is it the rest of the paragraph before it, which something that was cut out had interrupted?"""
    strong: int = 0
    """How many of its characters are bold, italic or small."""
    container: int = -1
    """The innermost element around it, a place in Reading.containers."""
    place: int = -1
    """Its place among the blocks of the page."""

    @property
    def lines(self) -> list[str]:
        """Which lines does it have?"""
        return self.text.split("\n")

    @property
    def link_share(self) -> float:
        """How much of the text is links, from 0 to 1?"""
        return self.linked / len(self.text)


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut out of the block at `place`, or with it those that follow, and by which rule."""

    text: str
    rule: str
    place: int


def squeezed(line: str) -> str:
    """What is `line` with single spaces between its words and none around it?  Any Unicode space counts."""
    return " ".join(line.split())


def blocks_of_text(text: str) -> list[Block]:
    """Which paragraphs does a plain text have?  Blank lines and form feeds part them; hard-wrapped lines stay."""
    blocks: list[Block] = []
    for paragraph in _BLANK_LINES.split(text.replace("\f", "\n\n")):
        lines = [line for line in map(squeezed, paragraph.split("\n")) if line]
        if lines:
            blocks.append(Block("\n".join(lines), place=len(blocks)))
    return blocks


def joined(blocks: Iterable[Block]) -> str:
    """What is the text of `blocks`?  A blank line parts them, a newline where a block continues the one before."""
    pieces: list[str] = []
    for block in blocks:
        if pieces:
            pieces.append("\n" if block.continues else "\n\n")
        pieces.append(block.text)
    return "".join(pieces)
