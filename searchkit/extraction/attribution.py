"""Who is quoted?  Quotations become quotes with the person whom the text itself names for them, or with nobody.

The cue ("said", "according to") stands behind the quotation, before it, or between two parts of it; its subject is a
name, a pronoun or an office.  What the text does not settle stays None: a quote is never given to a likely person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from searchkit.extraction.cues import CUES, DESCRIPTIONS, LONGEST_TITLE_CUE, PRONOUNS, TITLE_CUES
from searchkit.extraction.mentions import People
from searchkit.extraction.quotations import Quotation, paragraphs_of, quotations
from searchkit.models import Quote

__all__ = ["quotes_of"]

_CUE = rf"(?:{'|'.join(CUES)})"
_ADVERB = r"(?:\w+ly|also|then|later|once|again|however|has|had|have|a|is|was|'s|recently|previously|repeatedly)"
_PRONOUN = "|".join(sorted({form for word in PRONOUNS for form in (word, word.title())}))
_DESCRIPTION = "|".join(sorted(DESCRIPTIONS, key=len, reverse=True))
_WHO = rf"(?P<pronoun>(?:{_PRONOUN})\b)|(?:[Tt]he|[Tt]hat)\s(?:\w+[ -]){{0,2}}?(?P<description>{_DESCRIPTION})\b"
_BEHIND_PRONOUN = re.compile(rf"[\s,—–-]*(?:{_WHO})\s(?:{_ADVERB}\s){{0,3}}{_CUE}\b")
_BEHIND_CUE_FIRST = re.compile(rf"[\s,—–-]*(?P<cue>{_CUE})\s(?:{_WHO})?")
_ACCORDING = re.compile(r"[\s,—–-]*(?:according to|in the words of)\s(?:the\s)?", re.IGNORECASE)
_CUE_WORD = re.compile(rf"(?<!\w){_CUE}(?!\w)")
_PRONOUN_CUE = re.compile(rf"\b(?:{_WHO})\s(?:{_ADVERB}\s){{0,3}}{_CUE}\b")
_BETWEEN_NAME_AND_CUE = re.compile(
    rf"(?:'s|’s)?(?:\s\([^()]{{1,40}}\))?(?:,[^,\n]{{1,120}},|,\s\d{{1,2}},)?\s?(?:{_ADVERB}\s){{0,3}}\Z"
)
_ENDS_SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!Prof)"
    r"[.!?…][\"”»’)]*\s+(?=[\"“«„(]?\w)|\n"
)
_BEGINS_SENTENCE = re.compile(r"(?:\A|[.!?][\"”»]?\s+|\n)\Z")
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{2,40}:\s")
"""A quoted transcript names its speakers itself: "WALLACE: Let's start"."""
_LONGEST_TITLE = 8
_TERMINAL = (".", "!", "?", "…", ",", "—")
_REACH = 260
"""How far from a quotation its cue may stand."""
_LEAST_WORDS = 5
"""Words of a quotation that is direct speech though no cue stands beside it."""
_LEAST_WORDS_WITH_CUE = 2


@dataclass(frozen=True, slots=True)
class _Attribution:
    """What the text says of one quotation: is there a cue, and whom does it name?"""

    has_cue: bool
    speaker: str | None = None


def quotes_of(text: str, principal: str | None = None) -> tuple[Quote, ...]:
    """Which words of `text` are direct speech, and whose?  Scare quotes and titles are left out.

    `principal` is the person whose speech the text reports, by the fullest name, if that is known.
    """
    found = quotations(text)
    if not found:
        return ()
    people = People(text, [(quotation.start, quotation.end) for quotation in found], principal)
    return tuple(_Reader(text, found, people).quotes())


class _Reader:
    """Goes through the quotations of a text in order and keeps in mind who spoke last."""

    def __init__(self, text: str, found: tuple[Quotation, ...], people: People) -> None:
        self._text = text
        self._found = found
        self._people = people
        self._paragraphs = paragraphs_of(text)
        self._last: str | None = None
        """Who was quoted last."""
        self._last_paragraph = -1
        self._last_end = 0
        self._called: dict[str, str] = {}
        """By which pronoun the text called whom."""

    def quotes(self) -> list[Quote]:
        """All quotes, in order."""
        quotes: list[Quote] = []
        parts: list[Quotation] = []
        for place, quotation in enumerate(self._found):
            attribution = self._attribution(place)
            if not (attribution.has_cue or self._is_speech(place) or parts):
                continue
            speaker = attribution.speaker if attribution.has_cue else self._continued(quotation)
            if _LABEL.match(self._text, quotation.start):
                quotes += self._quotes(parts, None)
                speaker, parts = None, []
            if attribution.has_cue:
                self._last = speaker
            self._last_paragraph, self._last_end = quotation.paragraph, quotation.end
            parts.append(quotation)
            if not quotation.open:
                quotes += self._quotes(parts, speaker)
                parts = []
        return quotes + self._quotes(parts, None)

    def _quotes(self, parts: list[Quotation], speaker: str | None) -> list[Quote]:
        """The paragraphs of one quotation, all by `speaker`."""
        return [Quote(speaker, self._text[part.start : part.end], part.start, part.end) for part in parts]

    def _attribution(self, place: int) -> _Attribution:
        quotation = self._found[place]
        before, behind = self._around(place)
        if self._is_title(quotation, before):
            return _Attribution(False)
        words = len(re.findall(r"\w+", self._text[quotation.start : quotation.end]))
        if words < _LEAST_WORDS_WITH_CUE:
            return _Attribution(False)
        return self._behind(quotation, behind) or self._before(quotation, before) or _Attribution(False)

    def _around(self, place: int) -> tuple[str, str]:
        """The sentence before the quotation, and the one behind it, up to the neighbouring quotations."""
        text, quotation = self._text, self._found[place]
        start, end = self._paragraphs[quotation.paragraph]
        if place and self._found[place - 1].end >= start:
            start = self._found[place - 1].end + 1
        if place + 1 < len(self._found):
            end = min(end, self._found[place + 1].start - 1)
        before = text[max(start, quotation.start - 1 - _REACH) : quotation.start - 1]
        behind = text[quotation.end + 1 : min(end, quotation.end + 1 + _REACH)]
        sentences = list(_ENDS_SENTENCE.finditer(before))
        if sentences:
            before = before[sentences[-1].end() :]
        next_sentence = _ENDS_SENTENCE.search(behind)
        return before, behind[: next_sentence.start() + 1] if next_sentence else behind

    def _is_title(self, quotation: Quotation, before: str) -> bool:
        """Is it a title or a term: the conference themed "…", on "Meet the Press"?"""
        cue = re.findall(r"[\w-]+", before[-LONGEST_TITLE_CUE:].lower())
        if cue and cue[-1] in TITLE_CUES and not before.rstrip().endswith((",", ":")):
            return True
        words = re.findall(r"[\w’']+", self._text[quotation.start : quotation.end])
        long_words = [word for word in words if len(word) > 3]
        return 1 < len(words) <= _LONGEST_TITLE and bool(long_words) and all(word[0].isupper() for word in long_words)

    # -- cues ----------------------------------------------------------------------------------------------------------

    def _behind(self, quotation: Quotation, behind: str) -> _Attribution | None:
        """`…," X said`, `…," said X`, `…," he said`, `…", according to X`."""
        base = quotation.end + 1
        if self._text[quotation.end - 1] == "." and behind.lstrip()[:1].isupper():
            return None  # another sentence: "the question is the timing." Governor McCrory said it would be wrong
        according = _ACCORDING.match(behind)
        if according:
            return _Attribution(True, self._name_at(base + according.end(), reach=4))
        pronoun = _BEHIND_PRONOUN.match(behind)
        if pronoun:
            return _Attribution(True, self._resolved(pronoun, base))
        cue_first = _BEHIND_CUE_FIRST.match(behind)
        if cue_first:
            if cue_first["pronoun"] or cue_first["description"]:
                return _Attribution(True, self._resolved(cue_first, base))
            return _Attribution(True, self._name_at(base + cue_first.end(), reach=30))
        cue = _CUE_WORD.search(behind)
        lead = re.match(r"[\s,—–-]*(?:the\s)?", behind)
        assert lead is not None
        if cue and (self._text[quotation.end - 1] in _TERMINAL or behind.startswith(",")):
            named = self._named_before_cue(base + lead.end(), base + cue.start())
            return _Attribution(True, named)
        return None

    def _before(self, quotation: Quotation, before: str) -> _Attribution | None:
        """`X said: "…`, `X told reporters that "…`, `According to X, "…`, `he called it "…`."""
        if not before.strip():
            return None
        base = quotation.start - 1 - len(before)
        cues = list(_CUE_WORD.finditer(before))
        if not cues:
            according = re.search(r"\baccording to\s(?:the\s)?", before, re.IGNORECASE)
            return _Attribution(True, self._name_at(base + according.end(), reach=4)) if according else None
        cue = cues[-1]
        pronouns = [match for match in _PRONOUN_CUE.finditer(before) if match.end() == cue.end()]
        if pronouns:
            return _Attribution(True, self._resolved(pronouns[-1], base))
        return _Attribution(True, self._named_before_cue(base, base + cue.start()))

    def _resolved(self, match: re.Match[str], base: int) -> str | None:
        position = base + match.start()
        if match["description"]:
            return self._people.in_office(match["description"].lower(), position)
        person, pronoun = self._pronoun(position), match["pronoun"].lower()
        if person is not None and self._called.setdefault(person, pronoun) != pronoun:
            return None
        return person

    def _pronoun(self, position: int) -> str | None:
        """Whom does "he" or "she" mean?  Whoever spoke last, if nobody was named since; else the only one named."""
        paragraph = bisect_right(self._paragraphs, position, key=lambda paragraph: paragraph[0]) - 1
        since = self._paragraphs[max(0, paragraph - 1)][0]
        if self._last is not None and self._last_paragraph >= paragraph - 1:
            return self._last if self._named(self._last_end, position) <= {self._last, None} else None
        return self._only_name(since, position)

    def _named(self, start: int, end: int) -> set[str | None]:
        """Which people are named between `start` and `end`, by their fullest names?"""
        mentions = self._people.before(end, start)
        return {self._people.full_name(mention.name) for mention in mentions if self._people.is_person(mention)}

    def _only_name(self, start: int, end: int) -> str | None:
        """Who is the only person named there?  Where no title shows one, the subject of a sentence may be."""
        named = self._named(start, end)
        if not named:
            mentions = [mention for mention in self._people.before(end, start) if " " in mention.name]
            named = {mention.name for mention in mentions}
            if mentions and not _BEGINS_SENTENCE.search(self._text[max(0, mentions[0].start - 4) : mentions[0].start]):
                return None
        return named.pop() if len(named) == 1 else None

    def _name_at(self, position: int, reach: int) -> str | None:
        """Who is named at `position` or at most `reach` code points behind it?"""
        for mention in self._people.before(position + reach + 1, position):
            if mention.office is None and mention.start - position > 4:
                return None
            return self._full_name(mention.name)
        return None

    def _named_before_cue(self, start: int, cue: int) -> str | None:
        """Who is named between `start` and the cue, as its subject?"""
        for mention in reversed(self._people.before(cue, start)):
            between = self._text[mention.end : cue]
            if _BETWEEN_NAME_AND_CUE.fullmatch(between) or not between.strip():
                return self._full_name(mention.name)
        return None

    def _full_name(self, name: str) -> str | None:
        full = self._people.full_name(name)
        return full if full and " " in full else None

    # -- quotations without a cue --------------------------------------------------------------------------------------

    def _is_speech(self, place: int) -> bool:
        """Is the quotation a sentence that somebody says, though nobody is named beside it?"""
        quotation = self._found[place]
        before, _ = self._around(place)
        if self._is_title(quotation, before):
            return False
        words = self._text[quotation.start : quotation.end]
        return (
            len(re.findall(r"\w+", words)) >= _LEAST_WORDS
            and words[0].isupper()
            and (words.endswith(_TERMINAL) or quotation.open)
            and not before.strip()
        )

    def _goes_on(self, quotation: Quotation) -> bool:
        """Does the sentence go on behind the quotation, or with the name of whoever said it?"""
        behind = quotation.end + 1
        rest = re.match(r"[\s,—–-]*", self._text[behind : behind + 8])
        assert rest is not None
        start = behind + rest.end()
        following = self._text[start : start + 1]
        if following.islower() or self._text[quotation.end - 1] == ",":
            return True
        return any(mention.start <= start + 12 for mention in self._people.before(start + 13, behind))

    def _continued(self, quotation: Quotation) -> str | None:
        """Who goes on speaking here?  Whoever spoke last, not above a paragraph ago, if nobody was named between."""
        if self._last is None or quotation.paragraph - self._last_paragraph > 1:
            return None
        if _LABEL.match(self._text, quotation.start) or self._goes_on(quotation):
            return None
        return self._last if self._named(self._last_end, quotation.start) <= {self._last} else None
