"""Which marks open and close a phrase: "…", “…”, „…“, «…», and the mixtures that editors and keyboards make.

A phrase ends at the mark that closes its own; a mark of another kind opens an inner quotation where it stands like
an opening mark (a blank before it, a letter behind), else it closes too: "a b” is a phrase.
"""

from __future__ import annotations

import re

__all__ = ["closing_mark", "opens"]

_CLOSERS = {
    '"': '"',
    "\uff02": "\uff02",  # full width
    "\u201c": "\u201d",  # “English”
    "\u201d": "\u201d",  # ”Swedish”
    "\u201e": "\u201c\u201d",  # „German“ and „Polish”
    "\u201f": "\u201d",
    "\u00ab": "\u00bb",  # «French»
    "\u00bb": "\u00ab",  # »Danish«
    "\u300c": "\u300d",  # 「Japanese」
    "\u300e": "\u300f",
}
_MARKS = frozenset(_CLOSERS) | frozenset("".join(_CLOSERS.values()))
_MARK = re.compile(f"[{''.join(sorted(_MARKS))}]")
_HEBREW_LETTER = re.compile(r"[\u05d0-\u05ea]")


def opens(text: str, start: int) -> bool:
    """Is text[start] a quotation mark?  The one inside a Hebrew abbreviation is not."""
    return text[start] in _MARKS and not _is_gershayim(text, start)


def closing_mark(text: str, start: int) -> int | None:
    """Where does the phrase end that the mark text[start] opens?  None if nowhere."""
    straight = text[start] == '"'
    open_marks = [text[start]]
    for match in _MARK.finditer(text, start + 1):
        at, mark = match.start(), match.group()
        if _is_gershayim(text, at):
            continue
        if straight and mark == '"':
            return at
        if mark not in _CLOSERS.get(open_marks[-1], "") and mark in _CLOSERS and _stands_like_opening(text, at):
            open_marks.append(mark)
        else:
            open_marks.pop()
        if not open_marks:
            return at
    return None


def _stands_like_opening(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    return (before.isspace() or before in "([" or before in _MARKS) and after.isalnum()


def _is_gershayim(text: str, at: int) -> bool:
    return (
        text[at] == '"'
        and _HEBREW_LETTER.match(text[at - 1 : at]) is not None
        and _HEBREW_LETTER.match(text, at + 1) is not None
    )
