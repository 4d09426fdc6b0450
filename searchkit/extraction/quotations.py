"""Direct speech by its marks alone: which intervals of a text stand between quotation marks?

“ ” „ “ « » and the straight mark, which says nothing of its direction: its neighbours do. Only the outermost
quotation counts, so that a nested one breaks nothing; an odd mark costs its own paragraph at most. Who is quoted, and
whether it is speech at all, is asked by attribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Quotation", "paragraphs_of", "quotations"]

_MARKS = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb]|\u2018(?=\\S)|(?<=[.,!?\u2026])\u2019(?!\\w)')
_ANY_MARK = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018]')
_CLOSER_OF = {"\u201c": "\u201d", "\u201f": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u00bb": "\u00ab"}
_OPENS_AFTER = "([{\u2014\u2013-/\u201c\u00ab\u201e\u2018\"'"
_CLOSES_BEFORE = ".,;:!?)]}\u2026\u2014\u2013-/\u201d\u00bb\"'"
_MOST_RETRIES = 4
"""Marks without a partner that one paragraph may have before the rest of it is left unread."""
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Quotation:
    """An interval between quotation marks, without them."""

    start: int
    end: int
    before: int
    """Where the text before the opening mark ends."""
    behind: int
    """Where the text behind the closing mark begins."""
    paragraph: int
    """The number of the paragraph it stands in."""
    continues: bool = False
    """Does it take up the quotation that the paragraph before left open?"""
    open: bool = False
    """Is it left open at the end of its paragraph, to be taken up in the next?"""


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Where are the paragraphs of `text`?  Parted by blank lines, or by line ends if there is no blank line."""
    separator = _BLANK_LINE if _BLANK_LINE.search(text) else re.compile(r"\n+")
    intervals = []
    start = 0
    for gap in separator.finditer(text):
        intervals.append((start, gap.start()))
        start = gap.end()
    intervals.append((start, len(text)))
    return [(start, end) for start, end in intervals if end > start and not text[start:end].isspace()]


def quotations(text: str) -> tuple[Quotation, ...]:
    """Which intervals of `text` stand between quotation marks?  Outermost ones only, in order."""
    marks = list(_MARKS.finditer(text)) if _ANY_MARK.search(text) else []
    if not marks:
        return ()
    found: list[Quotation] = []
    paragraphs = paragraphs_of(text)
    reopened = False
    first = 0
    for number, (start, end) in enumerate(paragraphs):
        last = first
        while last < len(marks) and marks[last].start() < end:
            last += 1
        inside, first = marks[first:last], last
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        may_stay_open = following is not None and _opens_at(text, following[0])
        left_open = False
        for inner_start, inner_end, is_open in _pairs(text, start, end, inside, may_stay_open):
            trimmed = _trimmed(text, inner_start, inner_end)
            if trimmed is not None:
                continues = reopened and inner_start == start + 1
                found.append(
                    Quotation(*trimmed, inner_start - 1, inner_end + (not is_open), number, continues, is_open)
                )
            left_open = is_open
        reopened = left_open
    return tuple(found)


def _pairs(
    text: str, start: int, end: int, marks: list[re.Match[str]], may_stay_open: bool
) -> Iterator[tuple[int, int, bool]]:
    """The outermost quotations of one paragraph, and whether they stay open at its end."""
    for _ in range(_MOST_RETRIES):
        closed, unclosed = _match(text, start, end, marks)
        if unclosed is None:
            yield from ((opened, closing, False) for opened, closing in closed)
            return
        if may_stay_open and _is_last_open(text, unclosed, marks):
            yield from ((opened, closing, False) for opened, closing in closed if closing <= unclosed)
            yield unclosed + 1, end, True
            return
        # A mark without a partner is dropped, and the paragraph read again without it.
        marks = [mark for mark in marks if mark.start() != unclosed]


def _match(text: str, start: int, end: int, marks: list[re.Match[str]]) -> tuple[list[tuple[int, int]], int | None]:
    """Outermost pairs, and the outermost mark that nothing closes."""
    closed: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for mark in marks:
        sign, place = mark.group(), mark.start()
        if stack and sign == "\u2018":
            continue  # inside another quotation it is as often an apostrophe
        if stack and _closes(text, sign, place, start, end, stack[-1][0]):
            _, opened = stack.pop()
            if not stack:
                closed.append((opened + 1, place))
        elif _can_open(text, sign, place, start, end):
            stack.append((sign, place))
    return closed, stack[0][1] if stack else None


def _closes(text: str, sign: str, place: int, start: int, end: int, opener: str) -> bool:
    if sign == '"' or opener == '"':
        if sign != opener:
            return False
        before = text[place - 1] if place > start else " "
        after = text[place + 1] if place + 1 < end else " "
        if after.isspace() or after in _CLOSES_BEFORE:
            return not before.isspace() or after in _CLOSES_BEFORE
        # Glued on both sides (said."The): it ends what is open. After a space (the "capital): it opens.
        return not before.isspace() and before not in _OPENS_AFTER
    if opener == "\u2018":
        return sign == "\u2019"
    return sign in _CLOSER_OF.get(opener, "")


def _can_open(text: str, sign: str, place: int, start: int, end: int) -> bool:
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if sign in "\u201d\u2019":
        return False
    if after.isspace():
        # French sets a space inside its marks.
        return sign == "\u00ab" and (before.isspace() or before in _OPENS_AFTER)
    if sign in '"\u00bb':
        return before.isspace() or before in _OPENS_AFTER or (sign == '"' and not after.isspace())
    if sign == "\u2018":
        return before.isspace() or before in _OPENS_AFTER
    return True


def _is_last_open(text: str, unclosed: int, marks: list[re.Match[str]]) -> bool:
    """Is nothing but nested quotations opened behind the mark that stays open?"""
    sign = text[unclosed]
    return all(mark.group() != sign or mark.start() <= unclosed for mark in marks) or sign in "\u201c\u00ab\u201e"


def _opens_at(text: str, start: int) -> bool:
    return text[start] in '"\u201c\u00ab\u201e\u2018'


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(map(str.isalnum, text[start:end])) else None
