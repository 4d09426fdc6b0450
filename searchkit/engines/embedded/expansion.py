"""Which terms of a vocabulary does a prefix, a pattern or a word with one edit stand for?  As ranges and numbers."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.vocabulary import Vocabulary
from searchkit.query import MAX_EXPANSION, nodes, one_edit_apart, too_many_words

__all__ = ["Terms", "all_terms", "chosen_terms", "expanded", "in_words", "literal_of", "matches", "speeches_with"]


_WIDEST = 4
"""Bytes of a letter in UTF-8, at most."""

_FEW = 16
"""Terms, in all segments together."""


def literal_of(pattern: str) -> str:
    """With which letters does everything begin that matches `pattern`?"""
    return re.split(r"[*?\[]", pattern, maxsplit=1)[0]


def matches(query: Any, terms: Iterable[str]) -> list[str]:
    """Which of `terms` does `query` (Prefix, Wildcard or Fuzzy) stand for?"""
    if isinstance(query, nodes.Wildcard):
        pattern = re.compile(fnmatch.translate(query.text))
        return [term for term in terms if pattern.match(term)]
    if isinstance(query, nodes.Prefix):
        return [term for term in terms if term.startswith(query.text)]
    return [term for term in terms if one_edit_apart(query.text, term)]


@dataclass(frozen=True, slots=True)
class Terms:
    """Some terms of one field of one segment, by their numbers, rising."""

    reader: FieldReader
    base: int
    """The number of the first speech of the segment."""
    numbers: Array


def chosen_terms(query: Any, postings: PostingsReader) -> list[Terms]:
    """Which terms of each segment does `query` stand for?  Raises QueryError where they are too many."""
    found = [
        Terms(reader, base, expanded(query, reader.vocabulary)) for reader, base in postings.based(query.fieldname)
    ]
    if sum(len(terms.numbers) for terms in found) > MAX_EXPANSION and len(in_words(found)) > MAX_EXPANSION:
        raise too_many_words(query)
    return found


def all_terms(field: str, postings: PostingsReader) -> list[Terms]:
    """Which terms has `field` in each segment?"""
    return [Terms(reader, base, np.arange(len(reader.vocabulary))) for reader, base in postings.based(field)]


def in_words(found: Sequence[Terms]) -> set[str]:
    """Which terms are these?"""
    held = (terms.reader.vocabulary.chosen(terms.numbers) for terms in found)
    return {term.decode("utf-8", "surrogatepass") for terms in held for term in terms}


def speeches_with(field: str, found: Sequence[Terms], postings: PostingsReader, speeches: int) -> Array:
    """Which of all `speeches` of the index have any of the terms?  As a mask, in which deleted ones may be set.

    A few lists are read as those of words that are asked for, and kept like them.
    """
    mask = np.zeros(speeches, bool)
    if sum(len(terms.numbers) for terms in found) <= _FEW:
        for word in in_words(found):
            mask[postings.read(field, word).speeches] = True
        return mask
    for terms in found:
        terms.reader.mark(terms.numbers, mask[terms.base : terms.base + terms.reader.speeches_in_segment])
    return mask


def expanded(query: Any, vocabulary: Vocabulary) -> Array:
    """Which terms, by their numbers, does `query` stand for?  Rising."""
    if isinstance(query, nodes.Prefix):
        return np.arange(*vocabulary.starting_with(_encoded(query.text)))
    if isinstance(query, nodes.Wildcard):
        first, last = vocabulary.starting_with(_encoded(literal_of(query.text)))
        held = dict(enumerate(vocabulary.terms(first, last), first))
    else:
        held = _candidates(query.text, vocabulary)
    terms = {number: term.decode("utf-8", "surrogatepass") for number, term in held.items()}
    kept = set(matches(query, terms.values()))
    return np.array(sorted(number for number, term in terms.items() if term in kept), np.int64)


def _candidates(word: str, vocabulary: Vocabulary) -> dict[int, bytes]:
    """Terms among which are all that are one edit from `word`: it touches one third of the word and leaves the others.

    An edit between two thirds touches either.
    """
    encoded, third = _encoded(word), len(word) // 3
    first, last = (len(_encoded(part)) for part in (word[:third], word[len(word) - third :]))
    lengths = range(max(0, len(encoded) - (1 if word.isascii() else _WIDEST)), len(encoded) + _WIDEST + 1)
    return vocabulary.alike(encoded, first, last, lengths)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
