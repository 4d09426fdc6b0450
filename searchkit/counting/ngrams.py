"""Which words are said in a row again and again?  N-grams, of all speeches or around the words of a query.

Exact however large the corpus is, and in bounded memory.  All are counted, unless too many are different.  Then a first
pass over the tokens counts hashes of n-grams into a fixed number of buckets.  No n-gram is more frequent than its
bucket, so a second pass counts only those whose bucket can hold one of the most frequent (J. S. Park, M. Chen, P. S.
Yu, An Effective Hash-Based Algorithm for Mining Association Rules, SIGMOD 1995).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit import deadline
from searchkit.counting.gram_counts import GramCounts, mixed
from searchkit.counting.measures import per_million
from searchkit.counting.question import Question, is_stop_word
from searchkit.counting.streams import Mask, batches, members
from searchkit.engines.arrays import Ints, Occurrences, distinct, integers
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.plain import Plain, Rows
from searchkit.query import nodes

__all__ = ["Ngram", "Ngrams", "ngrams"]

_LONGEST = 8
_BUCKET_BITS = 22
"""So many buckets, as a power of two: 32 MB of counts; of 55 million words some twelve bigrams share one."""
_CANDIDATES = 40
"""Buckets counted exactly at first, for each n-gram wanted: one pass more costs less than ten times the candidates."""
_AT_ONCE = 1 << 18
"""Words, or occurrences, looked at together."""

_DIFFERENT = 1 << 22
"""N-grams counted one by one at most, while all are counted: 64 MB, and three times as much while they are sorted."""


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


Grams = list[Ints]
"""N-grams as columns of codes: the first words of all, the second words, and so on."""


class _Chosen:
    """The n-grams that are to be counted, some at a time."""

    def __init__(self, question: Question, size: int) -> None:
        self.size = size
        self._engine = question.engine
        self.numbers = question.engine.matching(question.request)
        self._bits = len(question.engine.vocabulary()).bit_length()
        self._together = min(size, 63 // max(self._bits, 1))
        """So many codes stand in one number."""
        self._found = question.engine.occurrences(question.request) if question.asks_for_words else None

    def __iter__(self) -> Iterator[Grams]:
        return self._everywhere() if self._found is None else self._around(self._found)

    def _everywhere(self) -> Iterator[Grams]:
        """Every run of that many words in one sentence of one speech."""
        ahead = self.size - 1
        for numbers in batches(self._engine, self.numbers, _AT_ONCE):
            run = self._engine.tokens(numbers)
            in_a_row = run.positions[ahead:] - run.positions[: len(run) - ahead] == ahead
            for before in range(1, self.size):
                reaching_over = run.starts[1:-1] - before
                in_a_row[reaching_over[(reaching_over >= 0) & (reaching_over < len(in_a_row))]] = False
            places = np.flatnonzero(in_a_row)
            yield [run.codes.take(places + word) for word in range(self.size)]

    def _around(self, found: Occurrences) -> Iterator[Grams]:
        """Every such run that holds an occurrence whole."""
        begins = (found.speeches.astype(np.int64) << 32) + found.firsts
        spare = self.size - 1 - (found.lasts - found.firsts)
        for some in _cut_between_speeches(found.speeches):
            deadline.check()
            reached = [
                begins[some][held] - before
                for before in range(self.size)
                if (held := _room(spare[some], found.firsts[some], before)).any()
            ]
            keys = distinct(np.sort(np.concatenate([*reached, _NOWHERE])))
            yield self._words_from((keys >> 32).astype(np.int32), (keys & _POSITION).astype(np.int32))

    def _words_from(self, speeches: Ints, positions: Ints) -> Grams:
        words = np.arange(self.size, dtype=np.int32)
        codes = self._engine.codes_at(np.repeat(speeches, self.size), np.add.outer(positions, words).reshape(-1))
        rows = codes.reshape(-1, self.size)
        whole = rows[:, 0] >= 0
        for codes in rows.T[1:]:
            whole &= codes >= 0
        kept = np.flatnonzero(whole)
        return [codes.take(kept) for codes in rows.T]

    def buckets(self, grams: Grams) -> Any:
        """Into which bucket falls each n-gram?"""
        hashes = np.zeros(len(grams[0]), np.uint64)
        for codes in grams:
            hashes = mixed(hashes, codes)
        return (hashes >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)

    def packed(self, grams: Grams) -> Ints:
        """The codes of each n-gram in as few numbers as hold them, as rows that sort as the codes do."""
        rows = np.zeros((len(grams[0]) if grams else 0, -(-self.size // self._together)), np.int64)
        for place, codes in enumerate(grams):
            column = rows[:, place // self._together]
            column <<= self._bits
            column |= codes
        return rows

    def unpacked(self, row: Ints) -> Ints:
        """Which codes are packed in a row?"""
        codes: list[int] = []
        for first, number in zip(range(0, self.size, self._together), row.tolist(), strict=True):
            held = min(self._together, self.size - first)
            codes += [number >> self._bits * (held - 1 - place) & (1 << self._bits) - 1 for place in range(held)]
        return integers(codes)


_NOWHERE = integers([])
_POSITION = 2**32 - 1


def _room(spare: Ints, firsts: Ints, before: int) -> Mask:
    """Around which occurrences is there room for an n-gram that begins so many words before?"""
    held: Mask = (spare >= before) & (firsts >= before)
    return held


def _cut_between_speeches(speeches: Ints) -> Iterator[slice]:
    """Slices of `speeches` (rising) in which those of one speech are together."""
    start = 0
    while start < len(speeches):
        last = speeches[min(start + _AT_ONCE, len(speeches)) - 1]
        end = int(np.searchsorted(speeches, last, side="right"))
        yield slice(start, end)
        start = end


def _most_frequent(
    engine: Engine, chosen: _Chosen, limit: int, least: int, *, stop_words: bool
) -> tuple[int, list[tuple[str, int]]]:
    """How many n-grams are there, and which are the `limit` most frequent ones?"""
    every = _counted(chosen, None)
    if every is not None:
        return int(every.times.sum()), _named(engine, chosen, every, limit, least, stop_words=stop_words)
    size = 1 << _BUCKET_BITS
    buckets = np.zeros(size, np.int64)
    for grams in chosen:
        buckets += np.bincount(chosen.buckets(grams), minlength=size)
    place = max(0, size - _CANDIDATES * limit)
    bound = max(least, int(np.partition(buckets, place)[place]))
    while True:
        counts = _counted(chosen, buckets >= bound)
        assert counts is not None
        listed = _named(engine, chosen, counts, limit, least, stop_words=stop_words)
        # What was not counted is rarer than the bound: it cannot be among these.
        if bound <= least or (len(listed) == limit and listed[-1][1] >= bound):
            return int(buckets.sum()), listed
        bound = max(least, min(listed[-1][1] if len(listed) == limit else bound, bound // 2))


def _counted(chosen: _Chosen, wanted: Mask | None) -> GramCounts | None:
    """How often does each n-gram of the buckets `wanted` occur?  None: of all, unless too many are different."""
    parts: list[GramCounts] = [GramCounts(chosen.packed([]), integers([]))]
    different = 0
    for grams in chosen:
        if wanted is not None:
            kept = np.flatnonzero(wanted.take(chosen.buckets(grams)))
            grams = [codes.take(kept) for codes in grams]
        parts.append(GramCounts.of(chosen.packed(grams)))
        different += parts[-1].keys.size
        if different > _DIFFERENT:
            parts = [GramCounts.together(parts)]
            different = parts[0].keys.size
            if wanted is None and different > _DIFFERENT // 2:
                return None
    return GramCounts.together(parts)


def _named(
    engine: Engine, chosen: _Chosen, counts: GramCounts, limit: int, least: int, *, stop_words: bool
) -> list[tuple[str, int]]:
    """The most frequent of `counts` in words."""
    places = np.flatnonzero(counts.times >= least)
    most = _CANDIDATES * limit
    listed: list[tuple[str, int]] = []
    while True:
        times = counts.times.take(places)
        bound = int(np.partition(times, len(times) - most)[len(times) - most]) if len(times) > most else 0
        top = places[times >= bound]
        top = top[np.lexsort((*counts.keys.take(top, axis=0).T[::-1], -counts.times.take(top)))]
        for place in top.tolist():
            if len(listed) == limit:
                return listed
            forms = engine.forms(chosen.unpacked(counts.keys[place]))
            if stop_words or not (is_stop_word(engine, forms[0]) or is_stop_word(engine, forms[-1])):
                listed.append((" ".join(forms), int(counts.times[place])))
        if len(top) == len(places):
            return listed
        places = places[times < bound]


def _holding(engine: Engine, form: str, numbers: Ints) -> int:
    """How many of the speeches `numbers` hold the words in a row?"""
    holders = engine.matching(Request(nodes.Phrase("text", form.split(" "))))
    return int(np.count_nonzero(members(engine, numbers)[holders]))
