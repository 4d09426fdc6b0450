"""Which words keep company with these?  Words that stand near a query more often than chance would have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from searchkit.counting.listing import Listing
from searchkit.counting.measures import expected, log_dice, log_likelihood
from searchkit.counting.question import Question
from searchkit.counting.streams import form_counts
from searchkit.errors import UsageError
from searchkit.plain import Plain, Rows

__all__ = ["Collocate", "CollocateOrder", "CollocateOptions", "Collocates", "collocates"]

CollocateOrder = Literal["log-likelihood", "log-dice", "count"]

_WIDEST = 99
"""As far as NEAR reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollocateOptions(Listing):
    """Where collocates are looked for, and which are listed."""

    window: int = 5
    """Positions to either side, as NEAR counts them: a sentence end is one, a paragraph end is never crossed."""
    least: int = 2
    limit: int | None = 50


@dataclass(frozen=True, slots=True)
class Collocate(Plain):
    """One word, in its literal (folded) form."""

    form: str
    together: int
    """Its occurrences within the window, each once."""
    left: int
    right: int
    """Of those, how many stand on either side; one between two matches stands on both."""
    frequency: int
    """All its occurrences in the scope."""
    expected: float
    """How many of them chance would put into the windows."""
    log_likelihood: float
    log_dice: float


@dataclass(frozen=True, slots=True)
class Collocates(Rows):
    """The words that a query attracts."""

    query: str
    understood: str
    total: int
    """Occurrences of what was asked for."""
    window: int
    neighbours: int
    """Words within the windows, each once."""
    scope: str
    words: int
    """All words of the scope."""
    values: tuple[Collocate, ...]
    truncated: bool


def collocates(question: Question, options: CollocateOptions) -> Collocates:
    """Which words stand near those that `question` asks for more often than chance would put them there?

    The table of each word (see measures.py) has as its place the words within the window of an occurrence, each word
    once however many windows it is in: S. Evert, Corpora and Collocations (2008), section 4.1, surface cooccurrence.
    logDice takes the occurrences of the query for the node.  Raises UsageError for an option out of bounds.
    """
    if not 1 <= options.window <= _WIDEST:
        raise UsageError(f"a window has 1 to {_WIDEST} words on either side")
    options.check(get_args(CollocateOrder))
    engine = question.engine
    found = engine.occurrences(question.request)
    beside = engine.neighbours(found, options.window)
    together, left, right = beside.together, beside.left, beside.right
    scope = engine.matching(question.scope)
    words = int(engine.lengths()[scope].sum(dtype=np.int64))
    codes = np.flatnonzero(together >= max(options.least, 1))
    frequency = form_counts(engine, scope)[codes] if len(codes) else codes
    neighbours = int(together.sum())
    near = together[codes]
    chance = expected(neighbours, frequency, words)
    likelihood = log_likelihood(near, neighbours - near, frequency - near, words - neighbours - frequency + near)
    dice = log_dice(near, len(found), frequency) if len(codes) else likelihood
    keys = {"log-likelihood": likelihood, "log-dice": dice, "count": near}
    attracted = np.flatnonzero(near > chance)
    ranked = attracted[np.lexsort((codes[attracted], -keys[options.order][attracted]))]
    listed, truncated = options.listed(engine, codes, ranked)
    values = tuple(
        Collocate(form, int(near[place]), int(left[codes[place]]), int(right[codes[place]]), int(frequency[place]),
                  float(chance[place]), float(likelihood[place]), float(dice[place]))
        for form, place in listed
    )  # fmt: skip
    return Collocates(
        question.query, question.understood, len(found), options.window, neighbours,
        question.scope_in_words(), words, values, truncated,
    )  # fmt: skip
