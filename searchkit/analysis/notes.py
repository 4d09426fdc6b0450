"""Stage notes inside a speech: (APPLAUSE), [Interruption].  Nobody said them, so they take no positions."""

from __future__ import annotations

import re
from functools import lru_cache

from searchkit.analysis.folding import fold
from searchkit.analysis.words import words_in

__all__ = ["Interval", "stage_notes"]

Interval = tuple[int, int]

_BRACKETED = {
    "(": re.compile(r"\([^()\[\]\n]{2,80}\)"),
    "[": re.compile(r"\[[^()\[\]\n]{2,80}\]"),
}

_NOTES = frozenset(
    """
    applause applauds laughter laughs laughing cheers cheering boos booing jeers chanting chants crosstalk
    interruption interruptions interjections inaudible unintelligible indiscernible music singing pause silence
    soundbite
    aplausos risas applaudissements rires beifall heiterkeit zuruf applausi alkis alkislar alqislar
    аплодисменты смех تصفيق
    """.split()
)
"""Words (folded) that make a bracket a note where they open or close it: (Prolonged applause), [Laughter.]"""

_PHRASES = frozenset(
    ("video begins", "video ends", "begin video clip", "end video clip", "commercial break", "off mike", "audio gap")
)
"""Whole notes of other words, as broadcasters' transcripts have them."""

_MOST_WORDS = 5
"""A longer bracket is a remark of the speaker that merely mentions applause."""


def stage_notes(text: str) -> tuple[Interval, ...]:
    """Where do stage notes stand in `text`?  Code point intervals, brackets included, in order."""
    found = []
    for opening, bracketed in _BRACKETED.items():
        place = text.find(opening)
        while place >= 0:
            match = bracketed.match(text, place)
            if match and _is_note(match.group()[1:-1]):
                found.append(match.span())
            place = text.find(opening, match.end() if match else place + 1)
    return tuple(sorted(found)) if found else ()


@lru_cache(maxsize=4096)
def _is_note(inside: str) -> bool:
    words = [fold(match.group()) for match in words_in(inside)]
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    return words[0] in _NOTES or words[-1] in _NOTES or " ".join(words) in _PHRASES
