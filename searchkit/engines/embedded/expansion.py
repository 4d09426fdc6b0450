"""Which terms of a vocabulary does a prefix, a pattern or a word with one edit stand for?  As ranges and numbers."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.vocabulary import Vocabulary
from searchkit.query import nodes, one_edit_apart

__all__ = ["expanded", "literal_of", "matches"]


_WIDEST = 4
"""Bytes of a letter in UTF-8, at most."""


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
