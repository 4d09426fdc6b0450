"""Which withdrawn speech of a page has become which new one?

A turn's id holds a hash of its words, so that an edited turn is, by its id, another one.  Two turns of one page are one
speech that was edited where most of their words are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from searchkit.models import Speech

__all__ = ["paired"]

_WORD = re.compile(r"\w+")
_LEAST = 0.5
"""Of all words of both, those in common.  Speeches of one debate share their function words, and yet of 40,000 pairs of
different ones (more than 20 words, at most 40 turns apart, House of Representatives) 8 reach 0.5."""
_WINDOW = 40
"""Turns before and behind in the order of the page that are compared where very many were edited at once."""


def paired(withdrawn: Sequence[Speech], new: Sequence[Speech]) -> list[tuple[Speech, Speech]]:
    """Which speeches of `withdrawn` stand edited in `new`, all of one page?  Each once, the most alike first."""
    ours, theirs = [_words(speech) for speech in withdrawn], [_words(speech) for speech in new]
    slope = len(new) / max(1, len(withdrawn))
    ranked = []
    for i, words in enumerate(ours):
        middle = round(i * slope)
        for j in range(max(0, middle - _WINDOW), min(len(new), middle + _WINDOW + 1)):
            alike = _alike(words, theirs[j])
            if alike >= _LEAST:
                ranked.append((-alike, withdrawn[i].label != new[j].label, i, j))
    pairs, taken_ours, taken_theirs = [], set(), set()
    for _, _, i, j in sorted(ranked):
        if i not in taken_ours and j not in taken_theirs:
            taken_ours.add(i)
            taken_theirs.add(j)
            pairs.append((withdrawn[i], new[j]))
    return pairs


def _words(speech: Speech) -> Counter[str]:
    return Counter(_WORD.findall(speech.text.casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 1.0
