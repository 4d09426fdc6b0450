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
        numbers = np.arange(*vocabulary.starting_with(_encoded(literal_of(query.text))))
    else:
        numbers = _candidates(query.text, vocabulary)
    held = [term.decode("utf-8", "surrogatepass") for term in vocabulary.chosen(numbers)]
    kept = set(matches(query, held))
    chosen: Array = numbers[np.fromiter((term in kept for term in held), bool, len(held))]
    return chosen


def _candidates(word: str, vocabulary: Vocabulary) -> Array:
    """Terms that share one half of `word`, of a fitting length: an edit leaves the other half as it is.

    Those that share the second half are looked for among the terms with the same first letter; where the edit is made
    to the first letter itself, there are a few words to look up.  No more than those of one letter are looked through.
    """
    half = len(word) // 2
    tail = _encoded(word[half:])
    encoded = _encoded(word)
    alike = vocabulary.a_letter_apart(*vocabulary.starting_with(_encoded(word[:half])), encoded)
    initial = vocabulary.starting_with(_encoded(word[:1]))
    ending = vocabulary.ending_with(tail, vocabulary.a_letter_apart(*initial, encoded))
    rest = _encoded(word[1:])
    dropped = vocabulary.find(rest)
    found = [alike, ending, *(vocabulary.behind_a_letter(part) for part in (rest, encoded))]
    return np.unique(np.concatenate([*found, [dropped] if dropped >= 0 else np.empty(0, np.int64)]))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
