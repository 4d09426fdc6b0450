"""A text with its quotations blanked out: what the reporter says, paragraph by paragraph and sentence by sentence.

Offsets are those of the text itself: every character between quotation marks is replaced by one that no text holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from searchkit.extraction.quotations import Quotation, paragraphs_of, quotations

__all__ = ["QUOTED", "Narration"]

QUOTED = "\ue000"
"""Stands for each character of a quotation."""
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Ms|Dr|St|Mrs|Sen|Rep|Gov|Gen|Lt|Col|Jr|Sr|Prof|Del|Sgt))\Z")
_LONGEST_ABBREVIATION = 5
_SENTENCE_END = re.compile(
    rf"[.!?…][\"”’»)\]]*[ \u00a0\t]+(?=[\"“«„‘(\[]?(?:[^\W_a-z]|{QUOTED}))|\n+"  # It is late. The port
)


class Narration:
    """The reporter's own words around the quotations of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotations: tuple[Quotation, ...] = quotations(text)
        pieces: list[str] = []
        position = 0
        for quotation in self.quotations:
            pieces += text[position : quotation.start], QUOTED * (quotation.end - quotation.start)
            position = quotation.end
        self.masked = "".join(pieces) + text[position:]
        self.paragraphs = paragraphs_of(text) if self.quotations else []
        self._starts: dict[int, list[int]] = {}

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph that holds `position`."""
        return max(0, bisect_right(self.paragraphs, position, key=lambda paragraph: paragraph[0]) - 1)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Where the sentence that holds `position` begins and ends."""
        starts = self._sentence_starts(self.paragraph_at(position))
        place = bisect_right(starts, position) - 1
        return starts[max(0, place)], starts[place + 1]

    def _sentence_starts(self, paragraph: int) -> list[int]:
        """Where the sentences of a paragraph begin; last where the next paragraph does."""
        if paragraph not in self._starts:
            start, end = self.paragraphs[paragraph]
            following = self.paragraphs[paragraph + 1][0] if paragraph + 1 < len(self.paragraphs) else len(self.text)
            self._starts[paragraph] = [start, *sorted(self._starts_inside(start, end)), max(following, start + 1)]
        return self._starts[paragraph]

    def _starts_inside(self, start: int, end: int) -> set[int]:
        starts = set()
        for match in _SENTENCE_END.finditer(self.masked, start, end):
            before = self.masked[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start()]
            if match.group()[0] != "." or not _ABBREVIATED.search(before):
                starts.add(match.end())
        first = bisect_left(self.quotations, start, key=lambda quotation: quotation.start)
        for quotation in self.quotations[first : bisect_left(self.quotations, end, key=lambda q: q.start)]:
            # A full stop inside the marks ends the sentence too, unless the sentence goes on behind them.
            if self.text[quotation.end - 1] in ".!?…" and self._ends_behind(quotation):
                rest = re.match(r"\S?\s+", self.masked[quotation.end : quotation.end + 4])
                if rest and quotation.end + rest.end() < end:
                    starts.add(quotation.end + rest.end())
        return {place for place in starts if start < place < end}

    def _ends_behind(self, quotation: Quotation) -> bool:
        behind = self.masked[quotation.behind : quotation.end + 5].lstrip()
        if not behind or self.text[quotation.end - 1] in "!?…":
            return behind[:1] in ('"', "“", "«", "„")
        return behind[0].isupper() or behind[0] in '"“«„'
