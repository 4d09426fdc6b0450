"""How well does a speech answer a word?  BM25, the same in every engine.

    score = idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))        idf = ln(N / (df + 1)) + 1

with tf the word's occurrences in the speech, df the speeches that hold it, N all speeches, length the speech's
words, quantised as Whoosh keeps them (one byte a speech).  S. Robertson and H. Zaragoza, The Probabilistic Relevance
Framework: BM25 and Beyond (2009); the idf is Whoosh's, which stays above zero for a word in every speech.
"""

from __future__ import annotations

import bisect
import math

__all__ = ["K1", "LENGTHS", "B", "bm25", "idf", "quantised"]

K1 = 1.2
B = 0.75

LENGTHS = tuple(round((1.033**byte - 1) * 27) for byte in range(256))
"""The lengths that one byte can stand for: Whoosh's table (whoosh.util.numeric), from its formula."""


def quantised(length: int) -> int:
    """Which of the 256 lengths stands for `length`?  The smallest that is not below it; the largest for any beyond."""
    return LENGTHS[min(bisect.bisect_left(LENGTHS, length), len(LENGTHS) - 1)]


def idf(speeches: int, frequency: int) -> float:
    """How telling is a word that `frequency` of `speeches` speeches hold?"""
    return math.log(speeches / (frequency + 1)) + 1


def bm25(weight: float, occurrences: int, length: int, average: float) -> float:
    """How well does a speech of `length` words (quantised) with `occurrences` of a word of idf `weight` answer it?"""
    norm = K1 * (1 - B + B * length / average) if average else K1
    return weight * occurrences * (K1 + 1) / (occurrences + norm)
