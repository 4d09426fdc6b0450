"""Which words are said in a row again and again?  N-grams, of all speeches or around the words of a query.

Exact however large the corpus is, and in bounded memory: a first pass over the tokens counts hashes of n-grams into a
fixed number of buckets.  No n-gram is more frequent than its bucket, so a second pass counts only those whose bucket
can hold one of the most frequent (J. S. Park, M. Chen, P. S. Yu, An Effective Hash-Based Algorithm for Mining
Association Rules, SIGMOD 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.counting.measures import per_million
from searchkit.counting.question import Question, is_stop_word
from searchkit.counting.streams import Mask, batches, members, stretches
from searchkit.engines.arrays import Ints, TokenRun
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.plain import Plain, Rows
from searchkit.query import nodes

__all__ = ["Ngram", "Ngrams", "ngrams"]

_LONGEST = 8
_BUCKETS = 1 << 22
"""32 MB of counts; of 55 million words some twelve bigrams share one."""
_CANDIDATES = 40
"""Buckets counted exactly at first, for each n-gram wanted: one pass more costs less than ten times the candidates."""

Gram = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ngram(Plain):
    """Some words in a row (folded), inside one sentence."""

    form: str
    occurrences: int
    """What the phrase in quotes finds in these speeches."""
    speeches: int
    per_million: float


@dataclass(frozen=True, slots=True)
class Ngrams(Rows):
    """The n-grams of some speeches, the most frequent first."""

    query: str
    understood: str
    size: int
    total: int
    """N-grams counted, all of them together."""
    scope: str
    words: int
    values: tuple[Ngram, ...]


def ngrams(question: Question, size: int, limit: int, least: int, *, stop_words: bool = True) -> Ngrams:
    """Which `size` words stand in a row most often in the speeches that answer `question`?

    Where the query asks for words of the text, only n-grams that hold an occurrence of it are counted.

    Arguments:
        limit: n-grams at most.
        least: times that an n-gram must occur.
        stop_words: whether an n-gram may begin or end with a little word.
    """
    if not 2 <= size <= _LONGEST:
        raise UsageError(f"an n-gram has 2 to {_LONGEST} words")
    if limit < 1 or least < 1:
        raise UsageError("limit and least must be above 0")
    engine = question.engine
    chosen = _Chosen(question, size)
    total, counts = _most_frequent(engine, chosen, limit, least, stop_words=stop_words)
    scope = engine.matching(question.scope)
    words = int(engine.lengths()[scope].sum(dtype=np.int64))
    values = tuple(
        Ngram(form, count, _holding(engine, form, chosen.numbers), float(per_million(count, words)))
        for form, count in counts
    )
    return Ngrams(question.query, question.understood, size, total, question.scope_in_words(), words, values)


class _Chosen:
    """The n-grams that are to be counted: their first words, some speeches at a time."""

    def __init__(self, question: Question, size: int) -> None:
        self.size = size
        self._engine = question.engine
        self.numbers = question.engine.matching(question.request)
        self._found = question.engine.occurrences(question.request) if question.asks_for_words else None

    def __iter__(self) -> Iterator[tuple[TokenRun, Ints]]:
        """Runs of tokens, and the places in each where an n-gram begins."""
        if self._found is None:
            for numbers in batches(self._engine, self.numbers):
                run = self._engine.tokens(numbers)
                yield run, self._beginnings(run, np.arange(len(run) - self.size + 1))
            return
        for stretch in stretches(self._engine, self._found):
            marked = np.zeros(len(stretch.run), bool)
            for before in range(self.size):
                places = stretch.firsts - before
                holds = (places >= stretch.begins) & (places + self.size > stretch.lasts)
                marked[places[holds]] = True
            yield stretch.run, self._beginnings(stretch.run, np.flatnonzero(marked))

    def _beginnings(self, run: TokenRun, places: Ints) -> Ints:
        """Those of `places` from which on that many words stand in a row in one sentence of one speech."""
        speech_ends = np.zeros(len(run) + 1, np.int8)
        speech_ends[run.starts] = 1
        speech_of = np.cumsum(speech_ends, dtype=np.int32)
        lasts = places + self.size - 1
        inside = lasts < len(run)
        places, lasts = places[inside], lasts[inside]
        in_a_row = run.positions[lasts] - run.positions[places] == self.size - 1
        kept: Ints = places[in_a_row & (speech_of[places] == speech_of[lasts])]
        return kept

    def buckets(self, run: TokenRun, places: Ints) -> Any:
        """Into which bucket falls each n-gram?"""
        hashes = np.zeros(len(places), np.uint64)
        for word in range(self.size):
            # a multiplicative hash: the golden ratio's odd 64-bit multiple spreads, the high bits are taken
            hashes = (hashes ^ run.codes[places + word].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            hashes ^= hashes >> np.uint64(29)
        return (hashes >> np.uint64(64 - 22)).astype(np.int64)


def _most_frequent(
    engine: Engine, chosen: _Chosen, limit: int, least: int, *, stop_words: bool
) -> tuple[int, list[tuple[str, int]]]:
    """How many n-grams are there, and which are the `limit` most frequent ones?"""
    buckets = np.zeros(_BUCKETS, np.int64)
    for run, places in chosen:
        buckets += np.bincount(chosen.buckets(run, places), minlength=_BUCKETS)
    place = max(0, _BUCKETS - _CANDIDATES * limit)
    bound = max(least, int(np.partition(buckets, place)[place]))
    while True:
        counts = _counted(chosen, buckets >= bound)
        listed = _named(engine, counts, limit, stop_words=stop_words)
        # What was not counted is rarer than the bound: it cannot be among these.
        if bound <= least or (len(listed) == limit and listed[-1][1] >= bound):
            return int(buckets.sum()), [(form, count) for form, count in listed if count >= least]
        bound = max(least, min(listed[-1][1] if len(listed) == limit else bound, bound // 2))


def _counted(chosen: _Chosen, wanted: Mask) -> Counter[Gram]:
    """How often does each n-gram of the buckets `wanted` occur?"""
    counts: Counter[Gram] = Counter()
    for run, places in chosen:
        places = places[wanted[chosen.buckets(run, places)]]
        grams, times = _unique(run.codes[places[:, None] + np.arange(chosen.size)])
        for gram, count in zip(grams.tolist(), times.tolist(), strict=True):
            counts[tuple(gram)] += count
    return counts


def _unique(grams: Ints) -> tuple[Ints, Ints]:
    """The different rows and how often each occurs; packed into one number where they fit, which sorts faster."""
    bits = int(grams.max(initial=1)).bit_length()
    if bits * grams.shape[1] > 63:
        different, times = np.unique(grams, axis=0, return_counts=True)
        return different, times
    packed = np.zeros(len(grams), np.int64)
    for column in grams.T:
        packed = packed << bits | column
    different, times = np.unique(packed, return_counts=True)
    shifts = bits * np.arange(grams.shape[1] - 1, -1, -1)
    return different[:, None] >> shifts & (1 << bits) - 1, times


def _named(engine: Engine, counts: Counter[Gram], limit: int, *, stop_words: bool) -> list[tuple[str, int]]:
    """The most frequent of `counts` in words."""
    listed: list[tuple[str, int]] = []
    for gram, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(listed) == limit:
            break
        forms = engine.forms(np.asarray(gram))
        if stop_words or not (is_stop_word(engine, forms[0]) or is_stop_word(engine, forms[-1])):
            listed.append((" ".join(forms), count))
    return listed


def _holding(engine: Engine, form: str, numbers: Ints) -> int:
    """How many of the speeches `numbers` hold the words in a row?"""
    holders = engine.matching(Request(nodes.Phrase("text", form.split(" "))))
    return int(np.count_nonzero(members(engine, numbers)[holders]))
