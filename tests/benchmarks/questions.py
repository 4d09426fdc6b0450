"""What is asked of every engine: classes of questions, fifty of each, drawn from the corpus itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import read_records

__all__ = ["KINDS", "Question", "questions"]

_WORD = re.compile(r"[a-z]+")
_SAMPLE = 4_000
"""Records that questions are drawn from."""

KINDS = (
    "rare term", "frequent term", "AND of 2", "AND of 3", "OR of 3", "OR of 8", "phrase of 2", "phrase of 3",
    "phrase of 4", "phrase of stop words", "NEAR/5", "prefix", "fuzzy", "date range", "facet speaker + year",
    "sort by date", "deep page", "snippets",
)  # fmt: skip

_STOP_PHRASES = (
    "as a matter of fact", "at the end of the", "it is not the", "in the case of", "on the other hand", "of the",
    "to be or not to be", "that is to say", "by the way", "one of the", "as well as the", "in order to be",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question in no engine's language."""

    kind: str
    words: tuple[str, ...]
    """Plain lower-case words of ASCII letters; of a prefix or a fuzzy word, the one."""
    period: tuple[int, int] | None = None
    """First and last year."""


def questions(corpus: Path, each: int, seed: int = 2) -> dict[str, list[Question]]:
    """Which questions, `each` of a kind, does the corpus suggest?"""
    chance = random.Random(seed)
    texts = [record["text"] for _, record in zip(range(_SAMPLE), read_records(corpus), strict=False)]
    held: Counter[str] = Counter()
    for text in texts:
        held.update(set(_WORD.findall(text.lower())))
    size = len(texts)
    content = [word for word, count in held.items() if len(word) > 3 and count >= 3]
    rare = sorted(word for word in content if held[word] <= max(6, 0.002 * size))
    middling = sorted(word for word in content if count_in(held, word, size, 0.01, 0.05))
    frequent = sorted(word for word in content if len(word) > 5 and count_in(held, word, size, 0.15, 0.8))
    asked: dict[str, list[Question]] = {}
    for kind in KINDS:
        draw = _Draw(kind, chance, rare, middling, frequent, texts)
        asked[kind] = [draw.one() for _ in range(each)]
    return asked


def count_in(held: Counter[str], word: str, size: int, least: float, most: float) -> bool:
    """Is `word` held by a share of the sample between `least` and `most`?"""
    return least * size <= held[word] <= most * size


@dataclass
class _Draw:
    kind: str
    chance: random.Random
    rare: list[str]
    middling: list[str]
    frequent: list[str]
    texts: list[str]

    def one(self) -> Question:
        kind, pick = self.kind, self.chance.choice
        if kind == "rare term":
            return Question(kind, (pick(self.rare),))
        if kind in ("frequent term", "facet speaker + year", "sort by date", "deep page", "snippets"):
            return Question(kind, (pick(self.frequent),))
        if kind.startswith(("AND", "OR")):
            count = int(kind.rsplit(" ", 1)[1])
            mixed = [pick(self.frequent), *self.chance.sample(self.middling, count - 1)]
            return Question(kind, tuple(mixed))
        if kind == "phrase of stop words":
            return Question(kind, tuple(pick(_STOP_PHRASES).split()))
        if kind.startswith("phrase"):
            return Question(kind, self._phrase(int(kind.rsplit(" ", 1)[1])))
        if kind == "NEAR/5":
            first, _, _, last = self._phrase(4)
            return Question(kind, (first, last))
        if kind == "prefix":
            return Question(kind, (pick(self.middling)[:5],))
        if kind == "fuzzy":
            return Question(kind, (pick(self.middling),))
        if kind == "date range":
            first = self.chance.randrange(1956, 2015)
            return Question(kind, (pick(self.frequent),), (first, first + self.chance.randrange(1, 9)))
        raise ValueError(kind)

    def _phrase(self, count: int) -> tuple[str, ...]:
        """Words in a row, as they stand in some speech; two letters at least begin and end it."""
        while True:
            run = self.chance.choice(list(self._runs(self.chance.choice(self.texts), count)) or [()])
            if run and len(run[0]) > 3 and len(run[-1]) > 3 and run[0] != run[-1]:
                return tuple(run)

    def _runs(self, text: str, count: int) -> Iterator[Any]:
        for match in re.finditer(rf"(?<![\w'’-])(?:[a-z]+ ){{{count - 1}}}[a-z]+(?![\w'’-])", text):
            yield match.group().split(" ")
