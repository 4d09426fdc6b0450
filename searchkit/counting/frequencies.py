"""In which written forms, and how often each?  The forms behind a query, or the word list of some speeches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchkit.counting.measures import per_million
from searchkit.counting.question import Question, is_stop_word
from searchkit.counting.streams import form_counts, stretches
from searchkit.engines.arrays import Ints, Occurrences
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.query import nodes

__all__ = ["Frequencies", "FormFrequency", "frequencies"]


@dataclass(frozen=True, slots=True)
class FormFrequency:
    """One literal (folded) form of what was asked for: a word, or the words of a phrase."""

    form: str
    occurrences: int
    speeches: int
    per_million: float
    """Of the words of the scope."""


@dataclass(frozen=True, slots=True)
class Frequencies:
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
        total, holding = len(found), len(np.unique(found.speeches))
        rows = _forms_of(engine, found)
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
    order = np.lexsort((np.arange(len(counts)), -counts))
    for code in order[: np.count_nonzero(counts)].tolist():
        if limit is not None and len(rows) == limit:
            break
        [form] = engine.forms(np.asarray([code]))
        if stop_words or not is_stop_word(engine, form):
            holders = engine.matching(Request(nodes.Term("text", form)))
            rows.append((form, int(counts[code]), len(np.intersect1d(holders, scope, assume_unique=True))))
    return rows


def _forms_of(engine: Engine, found: Occurrences) -> list[Row]:
    """Every form of the occurrences, words of one match joined by spaces."""
    counts: dict[tuple[int, ...], list[int]] = {}
    if found.lasts is found.firsts or np.array_equal(found.lasts, found.firsts):
        codes = engine.codes_at(found.speeches, found.firsts)
        return _named(engine, {span: [times, held] for span, times, held in _tallied(codes[:, None], found.speeches)})
    for stretch in stretches(engine, found):
        lengths = stretch.lasts - stretch.firsts + 1
        speeches = found.speeches[stretch.chosen]
        for length in np.unique(lengths).tolist():
            same = lengths == length
            spans = stretch.run.codes[stretch.firsts[same][:, None] + np.arange(length)]
            for span, occurrences, holding in _tallied(spans, speeches[same]):
                tally = counts.setdefault(span, [0, 0])
                tally[0] += occurrences
                tally[1] += holding
    return _named(engine, counts)


def _named(engine: Engine, counts: dict[tuple[int, ...], list[int]]) -> list[Row]:
    forms = iter(engine.forms(np.asarray([code for span in counts for code in span], np.int64)))
    return [(" ".join(next(forms) for _ in span), *tally) for span, tally in counts.items()]  # type: ignore[misc]


def _tallied(spans: Ints, speeches: Ints) -> list[tuple[tuple[int, ...], int, int]]:
    """Each different row of `spans`, how often it stands there, and in how many of `speeches` (rising)."""
    if spans.shape[1] == 1:
        distinct, kinds = np.unique(spans[:, 0], return_inverse=True)
        distinct = distinct[:, None]
    else:
        distinct, kinds = np.unique(spans, axis=0, return_inverse=True)
    kinds = kinds.reshape(-1)
    # numpy sorts 16-bit numbers by radix, ten times as fast; few queries have more forms than those can tell apart
    order = np.argsort(kinds.astype(np.uint16) if len(distinct) < 1 << 16 else kinds, kind="stable")
    new = np.ones(len(order), bool)
    new[1:] = (kinds[order][1:] != kinds[order][:-1]) | (speeches[order][1:] != speeches[order][:-1])
    holding = np.bincount(kinds[order][new], minlength=len(distinct))
    rows = zip(distinct.tolist(), np.bincount(kinds).tolist(), holding.tolist(), strict=True)
    return [(tuple(span), occurrences, held) for span, occurrences, held in rows]
