"""In which written forms, and how often each?  The forms behind a query, or the word list of some speeches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchkit.counting.measures import per_million
from searchkit.counting.question import Question, is_stop_word
from searchkit.counting.streams import form_counts, members, stretches
from searchkit.engines.arrays import Ints, Occurrences, distinct, integers
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.plain import Plain, Rows
from searchkit.query import Query, nodes

__all__ = ["Frequencies", "FormFrequency", "frequencies"]


@dataclass(frozen=True, slots=True)
class FormFrequency(Plain):
    """One literal (folded) form of what was asked for: a word, or the words of a phrase."""

    form: str
    occurrences: int
    speeches: int
    per_million: float
    """Of the words of the scope."""


@dataclass(frozen=True, slots=True)
class Frequencies(Rows):
    """The forms, the most frequent first."""

    query: str
    understood: str
    total: int
    """Occurrences of all forms together."""
    forms: int
    """Different forms, all of them."""
    speeches: int
    """Speeches that hold one of them."""
    scope: str
    words: int
    """All words of the scope."""
    values: tuple[FormFrequency, ...]

    @property
    def truncated(self) -> bool:
        """Are there more forms than are listed?"""
        return len(self.values) < self.forms


def frequencies(question: Question, limit: int | None, *, stop_words: bool = True) -> Frequencies:
    """In which forms do the words that `question` asks for stand, and how often each?

    A query without any word of the text asks for all words of its speeches.

    Arguments:
        limit: forms at most, None for all.
        stop_words: whether little words are listed; they are counted in any case.
    """
    if limit is not None and limit < 0:
        raise UsageError("limit must not be negative")
    engine = question.engine
    scope = engine.matching(question.scope)
    words = int(engine.lengths()[scope].sum(dtype=np.int64))
    if question.asks_for_words:
        found = engine.occurrences(question.request)
        total, holding = len(found), len(found.holders())
        rows = _forms_of(engine, found, question.request.query)
        forms = len(rows)
        rows.sort(key=lambda row: (-row[1], row[0]))
        if not stop_words:
            rows = [row for row in rows if not is_stop_word(engine, row[0])]
        rows = rows[:limit]
    else:
        total, holding = words, int(np.count_nonzero(engine.lengths()[scope]))
        counts = form_counts(engine, scope)
        forms = int(np.count_nonzero(counts))
        rows = _listed(engine, scope, counts, limit, stop_words=stop_words)
    values = tuple(FormFrequency(form, count, held, float(per_million(count, words))) for form, count, held in rows)
    return Frequencies(
        question.query, question.understood, total, forms, holding, question.scope_in_words(), words, values
    )


Row = tuple[str, int, int]
"""A form, its occurrences, the speeches that hold it."""


def _listed(engine: Engine, scope: Ints, counts: Ints, limit: int | None, *, stop_words: bool) -> list[Row]:
    rows: list[Row] = []
    held = members(engine, scope)
    order = np.argsort(-counts, kind="stable")
    for code in order[: np.count_nonzero(counts)].tolist():
        if limit is not None and len(rows) == limit:
            break
        [form] = engine.forms(np.asarray([code]))
        if stop_words or not is_stop_word(engine, form):
            holders = engine.matching(Request(nodes.Term("text", form)))
            rows.append((form, int(counts[code]), int(np.count_nonzero(held[holders]))))
    return rows


def _forms_of(engine: Engine, found: Occurrences, query: Query) -> list[Row]:
    """Every form of the occurrences, words of one match joined by spaces."""
    if type(query) is nodes.Term and query.fieldname == "text":
        return [(query.text, len(found), len(found.holders()))] if len(found) else []
    if found.of_single_words:
        return _words_of(engine, found)
    counts: dict[tuple[int, ...], list[int]] = {}
    for stretch in stretches(engine, found):
        lengths = stretch.lasts - stretch.firsts + 1
        speeches = found.speeches[stretch.chosen]
        for length in np.unique(lengths).tolist():
            same = lengths == length
            spans = stretch.run.codes[stretch.firsts[same][:, None] + np.arange(length)]
            different, kinds, times = np.unique(spans, axis=0, return_inverse=True, return_counts=True)
            held = _holding(kinds.reshape(-1), speeches[same], len(times))
            for span, *counted in zip(different.tolist(), times.tolist(), held.tolist(), strict=True):
                tally = counts.setdefault(tuple(span), [0, 0])
                tally[0] += counted[0]
                tally[1] += counted[1]
    forms = iter(engine.forms(np.asarray([code for span in counts for code in span], np.int64)))
    return [(" ".join(next(forms) for _ in span), *tally) for span, tally in counts.items()]  # type: ignore[misc]


def _words_of(engine: Engine, found: Occurrences) -> list[Row]:
    """Every form of occurrences that are single words."""
    codes = engine.codes_at(found.speeches, found.firsts)
    times = np.bincount(codes)
    different = np.flatnonzero(times)
    kinds = np.zeros(len(times), np.int32)
    kinds[different] = np.arange(len(different))
    held = _holding(kinds.take(codes), found.speeches, len(different))
    return list(zip(engine.forms(different), times[different].tolist(), held.tolist(), strict=True))


_FEW_KINDS = 4
"""So many are looked at one by one, which is faster than to sort 4 million occurrences by their kind."""


def _holding(kinds: Ints, speeches: Ints, count: int) -> Ints:
    """How many of `speeches` (rising) has each of `count` kinds?"""
    if count <= _FEW_KINDS:
        return integers([len(distinct(speeches[kinds == kind])) for kind in range(count)])
    # numpy sorts 16-bit numbers by radix, ten times as fast; few queries have more forms than those can tell apart
    order = np.argsort(kinds.astype(np.uint16) if count < 1 << 16 else kinds, kind="stable")
    new = np.ones(len(order), bool)
    new[1:] = (kinds[order][1:] != kinds[order][:-1]) | (speeches[order][1:] != speeches[order][:-1])
    return np.bincount(kinds[order][new], minlength=count)
