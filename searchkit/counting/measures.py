"""How far is a count from what chance would give?  The measures of collocates and keywords, each with its source.

All take counts (numbers or arrays of them) and compare, in the terms of a 2 x 2 table, a place (the words around a
query, the speeches of one person) with everything else:

                     in the place       elsewhere
    this word        o11                o21
    other words      o12                o22
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Numbers", "expected", "log_dice", "log_likelihood", "log_ratio", "per_million"]

Numbers = npt.NDArray[np.float64]


def per_million(count: Any, words: Any) -> Any:
    """How often would it stand in a million words?  0 among no words at all."""
    words = np.asarray(words, np.float64)
    return np.divide(
        np.asarray(count, np.float64) * 1e6, words, out=np.zeros(np.broadcast(count, words).shape), where=words > 0
    )


def expected(inside: Any, frequency: Any, words: float) -> Numbers:
    """How often would chance put a word of this `frequency` among `inside` of `words` words?"""
    return np.asarray(inside, np.float64) * np.asarray(frequency, np.float64) / max(words, 1)


def log_likelihood(o11: Any, o12: Any, o21: Any, o22: Any) -> Numbers:
    """How sure is it that the word is not as frequent in the place as elsewhere?  G2, never below 0.

        G2 = 2 * sum over the four cells of  O * ln(O / E),    E = row total * column total / N

    T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19 (1993).
    At 3.84 chance gives as much once in twenty words, at 6.63 once in a hundred, at 10.83 once in a thousand, at
    15.13 once in ten thousand (chi-squared with one degree of freedom).
    """
    table = [np.asarray(cell, np.float64) for cell in (o11, o12, o21, o22)]
    row, other_row = table[0] + table[2], table[1] + table[3]
    column, other_column = table[0] + table[1], table[2] + table[3]
    # The sum of O ln O over cells and N, less that over the margins: no division, and 0 ln 0 = 0.
    total = sum(map(_times_log, (*table, row + other_row)))
    margins = sum(map(_times_log, (row, other_row, column, other_column)))
    return np.asarray(np.maximum(2 * (np.asarray(total) - np.asarray(margins)), 0.0))


def _times_log(count: Numbers) -> Numbers:
    return count * np.log(np.where(count > 0, count, 1.0))


def log_dice(together: Any, node: Any, frequency: Any) -> Numbers:
    """How exclusively do two words belong together, whatever the size of the corpus?

        logDice = 14 + log2(2 * f_xy / (f_x + f_y))

    with f_xy their occurrences together, f_x and f_y those of each.  14 where neither stands without the other; one
    less is half as often.  P. Rychly, A Lexicographer-Friendly Association Score, RASLAN 2008.
    """
    both = np.asarray(node) + np.asarray(frequency, np.float64)
    return np.asarray(14 + np.log2(2 * np.asarray(together, np.float64) / both))


def log_ratio(first: Any, first_words: float, second: Any, second_words: float) -> Numbers:
    """How many times, as a power of two, is a word more frequent in the first place than in the second?

        log2((f1 / n1) / (f2 / n2))

    1: twice as frequent, -1: half as frequent.  Where a word is missing on one side half an occurrence stands for
    none.  A. Hardie, Log Ratio: an informal introduction (CASS, Lancaster University, 2014).
    """
    here = np.maximum(np.asarray(first, np.float64), 0.5) / max(first_words, 1)
    there = np.maximum(np.asarray(second, np.float64), 0.5) / max(second_words, 1)
    return np.asarray(np.log2(here / there))
