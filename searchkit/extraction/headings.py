"""What stands between the turns of a transcript and is said by nobody: headings, decisions, who takes the chair."""

from __future__ import annotations

import re

__all__ = ["heading_of", "narration_start"]

_PARAGRAPH = re.compile(r"[^\n]+")
_LONGEST_HEADING = 200
_BRACKETED = re.compile(r"[(\[][^\n]{2,200}[)\]]\.?\Z")
"""(Right to elect a Member); [Mr Deputy Speaker in the Chair]."""
_CLOCK = re.compile(r"\d{1,2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\.?|noon|midnight)?\Z", re.IGNORECASE)
_NARRATED = re.compile(
    r"(?:Question (?:again )?(?:put|proposed)|Resolved\b|Order (?:read|for)|Bill (?:accordingly )?(?:read|reported|"
    r"considered|immediately|recommitted)|Amendment,? (?:by leave|put|proposed|agreed|negatived)|"
    r"Motion (?:made|put|by leave)|Considered in|Clauses? \d|The Clauses?\b|"
    r"Sitting (?:accordingly )?(?:suspended|resumed)|Adjourned accordingly|"
    r"The (?:House|Assembly|Committee) (?:divided|adjourned|resumed|accordingly)|Debate (?:resumed|interrupted)|"
    r"presented by\b|Read (?:a|the) |Head \w{1,4} ?[-–]|The sum of\b|Thereupon|[\"“]That \b|Half past|"
    r"\[[^\[\]]* in the Chair)"
)
"""How the record of a house tells what was done: Question put, and agreed to."""
_STAGE = re.compile(r"[(\[](?:applause|laughter|interruption|cheers|crosstalk|inaudible)\W", re.IGNORECASE)


def narration_start(text: str, start: int, end: int) -> int:
    """From where on, between `start` and `end`, is nothing but headings and narration?  `end` if the turn lasts."""
    lines = list(_PARAGRAPH.finditer(text, start, end))
    since = end
    for line in reversed(lines[1:]):
        words = line.group().strip()
        if _is_capital(words) or _CLOCK.match(words) or _NARRATED.match(words):
            since = line.start()
        elif not _BRACKETED.match(words):
            break  # A bracket is a note of the turn, unless it stands below a heading.
    return since


def heading_of(text: str, start: int, end: int) -> str | None:
    """Which heading stands last between `start` and `end`?  Its lines joined, the bracketed line below it included."""
    found: list[str] = []
    for line in reversed(list(_PARAGRAPH.finditer(text, start, end))):
        words = line.group().strip()
        if _is_capital(words) or (words.startswith("(") and _BRACKETED.match(words) and not _STAGE.match(words)):
            found.append(words)
        elif any(map(_is_capital, found)):
            break
        else:
            found.clear()
    return " ".join(reversed(found)) if any(map(_is_capital, found)) else None


def _is_capital(line: str) -> bool:
    """Is it a heading in capitals, small words between them allowed: MESSAGES FROM THE GOVERNOR?"""
    if len(line) > _LONGEST_HEADING or line.endswith(("!", "?", ".")) or line.startswith(("(", '"', "“")):
        return False
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)
