"""Whom do "he" and "she" mean?  The subject of the sentences before, if that is clear; else nobody."""

from __future__ import annotations

import re
from bisect import bisect_right

from searchkit.extraction.mentions import Mention, People
from searchkit.extraction.narration import QUOTED, Narration

__all__ = ["Antecedents"]

_PARAGRAPHS_BACK = 2
"""A pronoun means somebody of its own paragraph or of the two before it."""
_WITHIN = 90
"""How far from the beginning of its sentence a subject stands at most."""
_BEFORE_SUBJECT = re.compile(rf"(?:[^.,;:{QUOTED}]*,\s(?:and\s|but\s)?|[^.,;:{QUOTED}]{{0,40}})?\Z")
"""In an interview on Monday, Lind …; Yet Lind …: a clause with its comma, or a few words."""
_NO_SUBJECT = re.compile(
    r"\b(?:of|for|to|by|with|from|against|about|than|like|at|in|on|into|over|under|between|behind|after|before|and|called|"
    r"told|said|that|the)\s\Z"
)
"""Behind these words stands the object of something."""
_OTHER_SUBJECT = re.compile(
    r"(?:The|A|An|His|Her|Their|This|That|These|Those|Many|Some|Several|Most|One|Two|It|They|There|I|We|You)\b"
)


class Antecedents:
    """The subjects of a text, sentence by sentence, as far as quotations before have not settled who speaks."""

    def __init__(self, narration: Narration, people: People) -> None:
        self._narration = narration
        self._people = people
        self._spoken: list[tuple[int, str | None]] = []
        """Who was quoted, at which places, in order."""

    def spoke(self, position: int, name: str | None) -> None:
        """`name` was found to speak at `position`; None if somebody did whom the text does not name."""
        self._spoken.append((position, name))

    def of(self, pronoun: str, position: int) -> str | None:
        """Whom does `pronoun` at `position` mean?"""
        narration = self._narration
        paragraph = narration.paragraph_at(position)
        since = narration.paragraphs[max(0, paragraph - _PARAGRAPHS_BACK)][0]
        start, end = narration.sentence_at(position)
        end = position
        while end > since:
            found, name = self._subject(start, end)
            if found:
                if name is None:
                    return None
                if self._people.fits(name, pronoun):
                    return name if self._is_clear(name, pronoun, start, position) else None
            end = start
            start, _ = narration.sentence_at(start - 1) if start > since else (since, 0)
        return self._only_one(pronoun, since, position)

    def _is_clear(self, name: str, pronoun: str, start: int, position: int) -> bool:
        """Is nobody else named since whom the pronoun fits, or was `name` speaking already?"""
        spoken = [speaker for place, speaker in self._spoken if place < position]
        if spoken and spoken[-1] == name:
            return True
        others = {
            self._people.full_name(mention.name)
            for mention in self._people.before(position, start)
            if not mention.possessive and self._people.is_person(mention)
        }
        return not any(self._people.fits(other, pronoun) for other in others - {name})

    def _subject(self, start: int, end: int) -> tuple[bool, str | None]:
        """Does the sentence between `start` and `end` have a person for its subject, and which?"""
        place = bisect_right(self._spoken, end - 1, key=lambda spoken: spoken[0]) - 1
        if place >= 0 and start <= self._spoken[place][0]:
            return True, self._spoken[place][1]
        for mention in self._people.before(min(end, start + _WITHIN), start):
            if self._is_subject(mention, start):
                return True, self._people.full_name(mention.name)
        return False, None

    def _is_subject(self, mention: Mention, start: int) -> bool:
        before = self._narration.masked[start : mention.head]
        if mention.possessive or not self._people.is_person(mention):
            return False
        if _NO_SUBJECT.search(before) or _OTHER_SUBJECT.match(before):
            return bool(re.match(r"The \w+(?: \w+)? \Z", before)) and mention.is_sure
        return _BEFORE_SUBJECT.match(before) is not None

    def _only_one(self, pronoun: str, since: int, position: int) -> str | None:
        """Who is the only person named there whom the pronoun fits?"""
        mentions = [mention for mention in self._people.before(position, since) if self._people.is_person(mention)]
        names = {self._people.full_name(mention.name) for mention in mentions}
        fitting = {name for name in names if self._people.fits(name, pronoun)}
        sure = {name for name in fitting if self._people.is_called(name, pronoun)}
        return fitting.pop() if len(fitting) == 1 and (sure or len(names) == 1) else None
