"""Who is the subject of a cue?  A name beside it, a pronoun, or the office that somebody in the text holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from searchkit.extraction.antecedents import Antecedents
from searchkit.extraction.cues import CUES, DESCRIPTIONS
from searchkit.extraction.mentions import Mention, People
from searchkit.extraction.narration import QUOTED, Narration

__all__ = ["ADVERBS", "CUE", "NAME_REACH", "WHO", "Attribution", "Subjects"]

CUE = rf"(?:{'|'.join(CUES)})"
"""Matches a word that says that somebody speaks."""
_ADVERB = r"(?:\w+ly|also|then|later|once|again|however|has|had|have|a|is|was|'s|did|does|would|could|even)"
ADVERBS = rf"(?:{_ADVERB}\s){{0,3}}"
"""Matches what may stand between a subject and its cue: he has repeatedly said."""
_DESCRIPTION = "|".join(sorted(DESCRIPTIONS, key=len, reverse=True))
WHO = (
    rf"(?P<pronoun>(?:[Hh]e|[Ss]he|I)\b)(?:['’]s|['’]d)?"
    rf"|(?:[Tt]he|[Tt]hat)\s(?:[\w’'-]+[ -]){{0,3}}?(?P<description>{_DESCRIPTION})\b"
)
"""Matches a pronoun, or an office with its article: he, the former president."""
_BETWEEN_NAME_AND_CUE = re.compile(
    rf"(?:,? (?:Jr|Sr)\b\.?,?)?(?:\s\([^()\n]{{1,60}}\))?(?:,[^\n;:{QUOTED}]{{1,200}},|,\s\d{{1,2}},"
    rf"|\s(?:of|at|from|with)\s[^,.;:\n{QUOTED}]{{2,50}})?\s?{ADVERBS}\Z"
)
"""An age, a party, an office or a club between a name and its cue: Lind, the mayor of Baku, said."""
_DIRECTLY = re.compile(rf"\s?(?:\([^()\n]{{1,60}}\)\s)?{ADVERBS}")
_BEFORE_OBJECT = re.compile(
    r"\b(?:of|for|to|by|with|from|against|about|than|like|at|in|on|into|over|between|behind|under|and|or|&)"
    r"\s(?:the\s)?\Z"
)
"""Behind these words a name is no subject: a lawyer for Trump said."""
_DESCRIBING = re.compile(r"(?:(?:the|an?)\s)?(?:(?!of\b|for\b|to\b|by\b|that\b)[\w’'/-]+,?\s){0,5}")
"""Words before a name that say what the person is: said 9/11 widow Terry Strada."""
NAME_REACH = 30
"""How far behind a cue its subject begins: said Republican presidential nominee …"""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the text says of one quotation: somebody speaks, and whom does it name?"""

    speaker: str | None
    position: int
    """Where it says so."""


class Subjects:
    """Finds the subjects of the cues in one text."""

    def __init__(self, narration: Narration, principal: str | None, *, own_words: bool) -> None:
        """`principal` is whose speech the text reports; with `own_words` it is that speech: "I" is the principal."""
        self._masked = narration.masked
        self._narration = narration
        self._principal = principal
        self._self = principal if own_words else None

    @cached_property
    def people(self) -> People:
        """Everybody whom the text names; not looked for until a cue asks."""
        return People(self._masked, self._principal)

    @cached_property
    def antecedents(self) -> Antecedents:
        """The subjects of the sentences before."""
        return Antecedents(self._narration, self.people)

    def resolved(self, match: re.Match[str], base: int) -> Attribution:
        """Whom do the pronoun or the office mean that WHO found in a piece of the text that begins at `base`?"""
        position = base + match.start()
        groups = match.groupdict()
        if groups.get("description"):
            return Attribution(self.people.in_office(groups["description"].lower(), position), position)
        pronoun = groups["pronoun"].lower()
        if pronoun == "i":
            return Attribution(self._self, position)
        start = base + match.start("pronoun")
        return Attribution(self.antecedents.of(pronoun, start), position)

    def named_at(self, position: int, reach: int) -> Attribution:
        """Who is named at `position` or at most `reach` code points behind it?"""
        for mention in self.people.before(position + reach + 40, position):
            between = self._masked[position : mention.head]
            if mention.head - position > reach or mention.possessive or not _DESCRIBING.fullmatch(between):
                break
            if mention.head - position > 1 and not self.people.is_person(mention):
                break
            return Attribution(self.name_of(mention), position)
        return Attribution(None, position)

    def before(self, start: int, cue: int, *, at_start: bool = False) -> Attribution:
        """Who is named between `start` and the cue, as its subject?"""
        mentions = self.people.before(cue, start)
        direct = mentions[-1] if mentions else None
        if direct is None:
            return Attribution(None, cue)
        between = self._masked[direct.end : cue]
        if not between.strip() or _DIRECTLY.fullmatch(between):
            is_object = _BEFORE_OBJECT.search(self._masked, max(start, direct.head - 20), direct.head)
            if direct.possessive or (is_object and is_object.start() > start):
                return Attribution(None, cue)
            return Attribution(self.name_of(direct), cue)
        for mention in mentions:
            fits = _BETWEEN_NAME_AND_CUE.fullmatch(self._masked, mention.end, cue)
            if fits and not mention.possessive and (not at_start or mention.head - start <= NAME_REACH):
                return Attribution(self.name_of(mention), cue)
        return Attribution(None, cue)

    def name_of(self, mention: Mention) -> str | None:
        """The fullest name of whoever is mentioned; None if it may be no person."""
        full = self.people.full_name(mention.name)
        return full if self.people.is_person(mention) or " " in full else None
