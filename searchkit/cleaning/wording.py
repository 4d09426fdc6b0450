"""Signs of content and chrome in the words of a block alone: how long, how linked, how it ends, what it speaks of."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.shape import sign_words

__all__ = ["WORDING", "wording_of", "words_of"]

WORDING = (
    "words", "characters", "link", "linked", "strong", "ends", "sentences", "lines", "colon", "commas", "capitals",
    "shouting", "digits", "short", "word length", "marks", "quotes", "time", "chrome words", "self", "lower",
    "ellipsis", "question", "title", "of title",
)  # fmt: skip
"""The signs, in the order in which they are returned."""

_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\u061f\u0964]['\"\u201d\u2019\u00bb\u201c)\]]*(?:\s|\Z)")
_MARK = re.compile(r"[|»›•©→►▶/@#]")
_QUOTE = re.compile('["“”«»]')


@dataclass(frozen=True, slots=True)
class _Patterns:
    chrome: frozenset[str]
    self: re.Pattern[str]
    time: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words = sign_words()["words"]
    months = words["month"]
    moment = (
        rf"\b(?:{months})\w*\b.{{0,9}}\d|\d\.? (?:{months})"
        r"|\d{1,2}[:.]\d\d|\d{4}-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\bago\b|\d+\s*(?:min|hours?|days?)"
    )
    return _Patterns(
        frozenset(str(words["chrome"]).split()),
        re.compile(rf"\b(?:{words['self']})", re.IGNORECASE),
        re.compile(moment, re.IGNORECASE),
    )


_LOOKED_AT = 600
"""Characters of a block whose words are looked at: enough to know it, and no page is slow for one long line."""
_REMARK = 300
"""Longer blocks are no chrome by their words: in 91 news pages one of a hundred lines of chrome has more characters."""


def words_of(text: str) -> list[str]:
    """Which words does `text` have?  In scripts without spaces, characters."""
    return _WORD.findall(text)


def wording_of(block: Block, title: frozenset[str]) -> list[float]:
    """Which signs do the words of `block` show, on a page whose title has the words `title`?"""
    text = block.text[:_LOOKED_AT]
    words = _WORD.findall(text)
    number = len(words) or 1
    folded = [word.casefold() for word in words]
    of_title = [word for word in folded if word in title] if title else []
    return [
        math.log1p(len(words)),
        math.log1p(len(block.text)),
        min(1.0, block.link_share),
        math.log1p(block.linked),
        min(1.0, block.strong / len(block.text)),
        _SENTENCE_END.search(block.text, max(0, len(block.text) - 4)) is not None,
        len(_SENTENCE_END.findall(text)),
        text.count("\n"),
        text.endswith(":"),
        text.count(",") / number,
        len([word for word in words if word[0].isupper()]) / number,
        len([word for word in words if word.isupper() and len(word) > 1]) / number,
        len([word for word in words if word[0].isdigit()]) / number,
        len([word for word in words if len(word) <= 3]) / number,
        len(text) / number,
        len(_MARK.findall(text)) / number,
        _QUOTE.search(text) is not None,
        *(_of_remark(text, folded) if len(block.text) <= _REMARK else (0.0, 0.0, 0.0)),
        text[:1].islower(),
        text.endswith(("...", "…")),
        text.endswith("?"),
        len(set(of_title)) / max(1, len(title)),
        len(of_title) / number,
    ]


def _of_remark(text: str, words: list[str]) -> tuple[float, float, float]:
    """Does a short block say when, how much of it are words of chrome, does the page speak of itself?"""
    patterns = _patterns()
    return (
        patterns.time.search(text) is not None,
        len([word for word in words if word in patterns.chrome]) / (len(words) or 1),
        patterns.self.search(text) is not None,
    )
