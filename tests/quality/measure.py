"""How near is a found body to the marked one?  The measure of scrapinghub's article-extraction-benchmark.

Multisets of groups of four words; precision and recall averaged over the pages, and the F1 of the two averages. "exact"
is the share of pages whose words are found to the last one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["mean_scores", "scores"]

GROUP = 4


def groups(words: list[str]) -> Counter[tuple[str, ...]]:
    if len(words) < GROUP:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[offset:] for offset in range(GROUP)), strict=False))


def scores(gold: str, found: str) -> tuple[float, float, bool]:
    """Precision, recall, and whether every word is right."""
    gold_words, found_words = re.findall(r"\w+", gold), re.findall(r"\w+", found)
    body, text = groups(gold_words), groups(found_words)
    common = (body & text).total()
    precision = common / text.total() if text else 0.0
    return precision, common / body.total() if body else 0.0, gold_words == found_words


def mean_scores(results: Iterable[tuple[float, float, bool]]) -> dict[str, float]:
    """The averages over pages."""
    columns = list(zip(*results, strict=True))
    precision, recall, exact = (sum(column) / len(column) for column in columns)
    return {
        "F1": 2 * precision * recall / (precision + recall),
        "precision": precision,
        "recall": recall,
        "exact": exact,
    }
