"""A text with its quotations blanked out: what the reporter says, paragraph by paragraph and sentence by sentence.

Offsets are those of the text itself: every character between quotation marks is replaced by one that no text holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from searchkit.extraction.quotations import Quotation, paragraphs_of, quotations

__all__ = ["QUOTED", "Narration"]

QUOTED = "\ue000"
"""Stands for each character of a quotation."""
_ABBREVIATED = r"(?<!\b[A-Z])" + "".join(
    rf"(?<!\b{word})" for word in "Mr Ms Dr St Mrs Sen Rep Gov Gen Lt Col Jr Sr Prof Del Sgt".split()
)
_SENTENCE_END = re.compile(
    rf"{_ABBREVIATED}[.!?…][\"”’»)\]]*[ \u00a0\t]+(?=[\"“«„‘(\[]?(?:[^\W_a-z]|{QUOTED}))"  # It is late. The port
    r"|\n+"
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
        self._starts = self._sentence_starts()

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph that holds `position`."""
        return max(0, bisect_right(self.paragraphs, position, key=lambda paragraph: paragraph[0]) - 1)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Where the sentence that holds `position` begins and ends."""
        place = bisect_right(self._starts, position) - 1
        start = self._starts[max(0, place)]
        return start, self._starts[place + 1] if place + 1 < len(self._starts) else len(self.text)

    def _sentence_starts(self) -> list[int]:
        starts = {0, *(start for start, _ in self.paragraphs)}
        starts.update(match.end() for match in _SENTENCE_END.finditer(self.masked))
        for quotation in self.quotations:
            # A full stop inside the marks ends the sentence too, unless the sentence goes on behind them.
            if self.text[quotation.end - 1] in ".!?…" and self._ends_behind(quotation):
                rest = re.match(r"\S?\s+", self.masked[quotation.end : quotation.end + 4])
                if rest:
                    starts.add(quotation.end + rest.end())
        return sorted(starts)

    def _ends_behind(self, quotation: Quotation) -> bool:
        behind = self.masked[quotation.end + 1 : quotation.end + 5].lstrip()
        if not behind or self.text[quotation.end - 1] in "!?…":
            return behind[:1] in ('"', "“", "«", "„")
        return behind[0].isupper() or behind[0] in '"“«„'
