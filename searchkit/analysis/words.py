"""Where the words of a text are: spans of code points, before any folding.

A word is a run of letters, digits and marks; apostrophes and invisible joiners stay inside it; everything else
separates.  Scripts that write no spaces give one word a character.
"""

from __future__ import annotations

import re

from searchkit.analysis.marks import MARKS

__all__ = ["APOSTROPHES", "INVISIBLE", "WORD", "is_unspaced"]

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

WORD = re.compile(
    # \w leaves out the punctuation and the free-standing marks within those blocks
    rf"[{_UNSPACED}](?<=\w){_INNER}*"
    rf"|{_LETTER}(?:{_LETTER}|{_INNER}|[{APOSTROPHES}](?={_LETTER}))*"
)
"""Matches one word."""

_UNSPACED_WORD = re.compile(rf"[{_UNSPACED}]")


def is_unspaced(word: str) -> bool:
    """Is `word` a character of a script that writes no spaces between words?"""
    return _UNSPACED_WORD.match(word) is not None
