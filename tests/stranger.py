"""A brute force that shares no code with searchkit: it reads records and answers questions by looking at each.

Where DESIGN's rules call for judgement (is this full stop the end of a sentence? is this bracket a stage note? does the
split form of a compound count?) the stranger does not judge: its answer for that record is None, in doubt, and nobody
is held to it.  Everything else must agree.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

__all__ = ["Verdict", "all_of", "but_not", "near", "phrase", "pattern", "read", "whole_date", "words"]

Verdict = bool | None
"""True, False, or None: in doubt."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_KEPT_S = {"it", "that", "he", "she", "what", "there", "let", "here", "who"}
_OPEN, _DOUBTFUL, _SHUT = range(3)
_FAR = 50
"""No phrase or NEAR asked for is longer."""


@dataclass(frozen=True)
class Read:
    """One record, cut into words."""

    record: dict[str, Any]
    words: list[str]
    gaps: list[int]
    """Before each word: _OPEN within a sentence, _SHUT beyond a paragraph, else _DOUBTFUL."""
    bracketed: list[bool]
    joins: frozenset[str]
    """Neighbouring words, two or three, written as one."""


def fold(word: str) -> str:
    word = word.replace("’", "'").casefold()
    if word.endswith("'s") and word[:-2] not in _KEPT_S:
        word = word[:-2]
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.translate(str.maketrans({"ə": "a", "ı": "i", "ł": "l", "ø": "o", "ß": "ss", "đ": "d"}))


def words(text: str) -> list[str]:
    """Which words stand in `text`?"""
    return [fold(word) for word in _WORD.findall(text)]


def read(record: dict[str, Any]) -> Read:
    """Cut `record` into words."""
    text = record["text"]
    words, gaps, bracketed, end = [], [], [], 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        if re.search(r"\n\s*\n", between):
            # A blank line before a small letter is a line broken by a scanner, perhaps.
            gaps.append(_DOUBTFUL if match.group()[0].islower() else _SHUT)
        else:
            gaps.append(_DOUBTFUL if re.search(r"[.!?…。]|\n", between) else _OPEN)
        words.append(fold(match.group()))
        before = text[max(0, match.start() - 90) : match.start()]
        bracketed.append(max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]")))
        end = match.end()
    joins = {"".join(words[at : at + parts]) for at in range(len(words) - 1) for parts in (2, 3)}
    return Read(record, words, gaps, bracketed, frozenset(joins))


def _best(verdicts: list[Verdict]) -> Verdict:
    return True if True in verdicts else None if None in verdicts else False


def _run(page: Read, start: int, words: list[str]) -> Verdict:
    """Do `words` stand in a row from `start`?"""
    stop = start + len(words)
    if page.words[start:stop] != words:
        return False
    inner = page.gaps[start + 1 : stop]
    if _SHUT in inner:
        return False
    return None if _DOUBTFUL in inner or any(page.bracketed[start:stop]) else True


def phrase(page: Read, text: str) -> Verdict:
    """Does the record hold these words in a row within a sentence?"""
    words = text.split(" ")
    found = _best([_run(page, start, words) for start, word in enumerate(page.words) if word == words[0]])
    if found:
        return True
    # Joined into one word, or one word taken apart at a hyphen: it depends on the corpus whether that counts.
    joined = {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 2, min(a + 4, len(words) + 1))}
    return None if joined.intersection(page.words) or page.joins.intersection(words) else found


def pattern(page: Read, glob: str) -> Verdict:
    """Does the record hold a word of this pattern?"""
    matched = re.compile(fnmatch.translate(glob)).match
    return _best([None if page.bracketed[at] else True for at, word in enumerate(page.words) if matched(word)])


def near(page: Read, one: str, other: str, most: int) -> Verdict:
    """Do two words stand at most `most` words apart, in either order?  A sentence end counts as a word."""
    ones = [at for at, word in enumerate(page.words) if word == one]
    others = [at for at, word in enumerate(page.words) if word == other]
    verdicts: list[Verdict] = []
    for a, b in ((min(a, b), max(a, b)) for a in ones for b in others if a != b and abs(a - b) <= _FAR):
        gaps = page.gaps[a + 1 : b + 1]
        if _SHUT in gaps or b - a > most:
            verdicts.append(None if any(page.bracketed[a : b + 1]) else False)
        else:
            doubt = _DOUBTFUL in gaps or any(page.bracketed[a : b + 1])
            verdicts.append(None if doubt else True)
    found = _best(verdicts)
    return (
        found if found else _best([found, None if phrase(page, one) is None or phrase(page, other) is None else False])
    )


def all_of(*verdicts: Verdict) -> Verdict:
    """Do all hold?"""
    return False if False in verdicts else None if None in verdicts else True


def but_not(wanted: Verdict, unwanted: Verdict) -> Verdict:
    """Does the one hold and the other not?"""
    return all_of(wanted, None if unwanted is None else not unwanted)


def whole_date(page: Read, first: str, last: str) -> Verdict:
    """Does the whole date lie in these years?"""
    date = page.record.get("date") or ""
    return first <= date[:4] <= last if date else False
