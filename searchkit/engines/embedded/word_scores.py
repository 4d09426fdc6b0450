"""How well do speeches, found by where their words stand, answer those words one by one?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from searchkit.engines.embedded.answers import Answer, Numbers, Scores
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.scores import SCORED, Scorer
from searchkit.query import nodes

__all__ = ["word_scores"]


def word_scores(
    speeches: Numbers, words: Sequence[Any], postings: PostingsReader, scorer: Scorer, narrow: Callable[[Any], Answer]
) -> Scores:
    """How well does each of `speeches` answer `words`, added up?

    Terms are counted in the text of few speeches, and looked up in their posting lists for many; for a word that is
    more than one term `narrow` tells which of the speeches have it, and how well they answer it.
    """
    counted = _counted(speeches, words, postings, scorer)
    if counted is not None:
        return counted
    scores = np.zeros(len(speeches), np.float32)
    for word in words:
        if type(word) is nodes.Term and word.fieldname in SCORED and word.boost == 1.0:
            listed = postings.read(word.fieldname, word.text)
            held, often = listed.locate(speeches)
            if len(often) == len(speeches):
                scores += scorer.some(word.fieldname, len(listed), speeches, often)
            elif len(often):
                scores[held] += scorer.some(word.fieldname, len(listed), speeches.take(held), often)
            continue
        answer = narrow(word)
        if len(answer) == len(speeches):
            scores += answer.scores
        else:
            scores[speeches.searchsorted(answer.speeches)] += answer.scores
    return scores


def _counted(speeches: Numbers, words: Sequence[Any], postings: PostingsReader, scorer: Scorer) -> Scores | None:
    """The same for words of the text in few speeches; None for others."""
    if not all(type(word) is nodes.Term and word.fieldname == "text" and word.boost == 1.0 for word in words):
        return None
    terms = [word.text for word in words]
    counts = postings.counts_in_stream(speeches, terms)
    if counts is None:
        return None
    return scorer.sums("text", [postings.count("text", term) for term in terms], speeches, counts)
