"""Where the words of a text are: spans of code points, before any folding.

A word is a run of letters, digits and marks; apostrophes and invisible joiners stay inside it; everything else
separates.  Scripts that write no spaces give one word a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from searchkit.analysis.marks import MARKS

__all__ = ["APOSTROPHES", "INVISIBLE", "first_words", "is_unspaced", "plain_words", "word_pattern", "words_in"]

APOSTROPHES = "'\u2019\u02bc\uff07"
"""Typewriter, typographic, modifier letter, full width."""

INVISIBLE = "\u00ad\u200c\u200d\u2060"
"""Soft hyphen, zero-width non-joiner and joiner, word joiner: part of a word's spelling, not of the word."""

_UNSPACED = (
    "\u0e00-\u0e7f"  # Thai
    "\u0e80-\u0eff"  # Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Hiragana, Katakana
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_INNER = rf"[{MARKS}{INVISIBLE}]"

_ASCII_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|'(?=[A-Za-z0-9]))*")
"""The same in a text of ASCII alone: three times as fast, and ready at once."""
_SHORT = 12
"""Characters a word: in a text with fewer for each word asked for, it does no harm to find a few too many."""


@cache
def word_pattern() -> re.Pattern[str]:
    """Which pattern matches one word?  Compiling its classes takes 10 ms, so that is left until a text needs it."""
    return re.compile(
        # \w leaves out the punctuation and the free-standing marks within those blocks
        rf"[{_UNSPACED}](?<=\w){_INNER}*"
        rf"|{_LETTER}(?:{_LETTER}|{_INNER}|[{APOSTROPHES}](?={_LETTER}))*"
    )


def plain_words() -> re.Pattern[str]:
    """Which pattern matches one word in a text of ASCII alone?"""
    return _ASCII_WORD


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Which words stand in `text`?"""
    return (_ASCII_WORD if text.isascii() else word_pattern()).finditer(text)


def first_words(text: str, most: int) -> list[str]:
    """Which are the first words of `text`, `most` of them?"""
    if text.isascii() and len(text) <= most * _SHORT:
        return _ASCII_WORD.findall(text)[:most]  # all at once, which is three times as fast as one after the other
    return [match.group() for match in islice(words_in(text), most)]


@cache
def _unspaced_pattern() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED}]")


def is_unspaced(word: str) -> bool:
    """Is `word` a character of a script that writes no spaces between words?"""
    return not word.isascii() and _unspaced_pattern().match(word) is not None
