"""Who is quoted?  Quotations become quotes with the person whom the text itself names for them, or with nobody.

The cue ("said", "according to") stands behind the quotation, before it, or at the end of its sentence; its subject is a
name, a pronoun or an office. Without a cue of its own a quotation goes on with the one before it. What the text does
not settle stays None: a quote is never given to a likely person.
"""

from __future__ import annotations

import re

from searchkit.extraction.cues import LONGEST_TITLE_CUE, PARTICIPLES, TITLE_CUES
from searchkit.extraction.narration import QUOTED, Narration
from searchkit.extraction.quotations import Quotation
from searchkit.extraction.subjects import ADVERBS, CUE, NAME_REACH, WHO, Attribution, Subjects
from searchkit.models import Quote

__all__ = ["quotes_of"]

_PARTICIPLE = rf"(?:{'|'.join(PARTICIPLES)})"
_LEAD = r"[\s,—–-]*(?:but\s|and\s)?"
_WHO_CUE = re.compile(rf"(?:{WHO})\s{ADVERBS}{CUE}\b")
_WHO_BEHIND = re.compile(rf"{_LEAD}(?:{WHO})\s{ADVERBS}{CUE}\b")
_CUE_FIRST = re.compile(rf"{_LEAD}(?:(?:a|ha|hat|har)\s)?{CUE}\s(?:{WHO})?")
_ACCORDING = re.compile(r"\b(?:according to|in the words of)\s(?:the\s)?", re.IGNORECASE)
_CUE_WORD = re.compile(rf"(?<!\w){CUE}(?!\w)")
_PARTICIPLE_WORD = re.compile(rf"(?<!\w){_PARTICIPLE}(?!\w)")
_CUE_AND_NAME = re.compile(
    r"(?:\A|[.!?…]\s)(?:Said|Says|Added|Adds|Wrote|Asked|Declared|Tweeted)\s(?=[^\n:]{3,80}:\s*\Z)"
)
"""Said Ellis: "…"."""
_AT_SENTENCE_END = re.compile(
    rf",\s(?P<clause>[^,.;:{QUOTED}\"“”]{{2,80}}\s{CUE}|{CUE}\s[^,.;:{QUOTED}\"“”]{{2,60}})(?=[,.]|\Z)"
)
"""A cashier who "…" is held accountable, Warren said."""
_CREDIT = re.compile(r"\s*[—–―-]{1,2}\s*(?=[^\n.;:]{3,60}\.?(?:\n|\Z))")
"""A name behind a dash that ends the line: "…" — Carla Sanchez."""
_ENDS_SPEECH = tuple(",!?…—.-")
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{2,40}:\s")
"""A quoted transcript names its speakers itself: "WALLACE: Let's start"."""
_LONGEST_TITLE = 8
_LEAST_WORDS = 5
"""Words of a quotation that is direct speech though no cue stands beside it."""
_LEAST_WORDS_WITH_CUE = 2


def quotes_of(text: str, principal: str | None = None, *, own_words: bool = False) -> tuple[Quote, ...]:
    """Which words of `text` are direct speech, and whose?  Scare quotes and titles are left out.

    `principal` is the person whose speech the text reports, by the fullest name, if that is known. Where the text
    itself is speech (`own_words`), "I said" means the principal, and quotations without a cue are the speaker's own.
    """
    narration = Narration(text)
    if not narration.quotations:
        return ()
    return tuple(_Reader(narration, principal, own_words=own_words).quotes())


class _Reader:
    """Goes through the quotations of a text in order and keeps in mind who spoke last."""

    def __init__(self, narration: Narration, principal: str | None, *, own_words: bool) -> None:
        self._narration = narration
        self._text, self._masked = narration.text, narration.masked
        self._found = narration.quotations
        self._subjects = Subjects(narration, principal, own_words=own_words)
        self._own_words = own_words
        self._last: tuple[Quotation, str | None] | None = None
        """The quote before, and who said it."""

    def quotes(self) -> list[Quote]:
        """All quotes, in order."""
        quotes: list[Quote] = []
        parts: list[Quotation] = []
        for place, quotation in enumerate(self._found):
            attribution = None if self._is_title(quotation) else self._attribution(place)
            if attribution is None and not parts and not self._is_speech(quotation):
                continue
            speaker = attribution.speaker if attribution else self._continued(place)
            if _LABEL.match(self._text, quotation.start):
                quotes += self._quotes(parts, None)
                speaker, parts, attribution = None, [], None
            if attribution:
                self._subjects.antecedents.spoke(attribution.position, speaker)
            self._last = quotation, speaker
            parts.append(quotation)
            if not quotation.open:
                quotes += self._quotes(parts, speaker)
                parts = []
        return quotes + self._quotes(parts, None)

    def _quotes(self, parts: list[Quotation], speaker: str | None) -> list[Quote]:
        """The paragraphs of one quotation, all by `speaker`."""
        return [Quote(speaker, self._text[part.start : part.end], part.start, part.end) for part in parts]

    # -- is it speech? -------------------------------------------------------------------------------------------------

    def _is_title(self, quotation: Quotation) -> bool:
        """Is it a title or a term: the conference themed "…", on "Meet the Press"?"""
        before = self._masked[max(0, quotation.before - LONGEST_TITLE_CUE) : quotation.before]
        cue = re.findall(r"[\w-]+", before.lower())
        if cue and cue[-1] in TITLE_CUES and not before.rstrip().endswith((",", ":", ".", ";")):
            return True
        words = re.findall(r"[\w’']+", self._text[quotation.start : quotation.end])
        if len(words) < _LEAST_WORDS_WITH_CUE:
            return True
        long_words = [word for word in words if len(word) > 3]
        return len(words) <= _LONGEST_TITLE and bool(long_words) and all(word[0].isupper() for word in long_words)

    def _is_speech(self, quotation: Quotation) -> bool:
        """Is the quotation something that somebody says, though nobody is named beside it?"""
        if self._is_title(quotation):
            return False
        words = self._text[quotation.start : quotation.end]
        long_enough = len(re.findall(r"\w+", words)) >= _LEAST_WORDS
        if not self._own_words:
            return long_enough
        start, _ = self._narration.sentence_at(quotation.before)
        return long_enough and words[0].isupper() and not self._masked[start : quotation.before].strip()

    # -- cues ----------------------------------------------------------------------------------------------------------

    def _attribution(self, place: int) -> Attribution | None:
        """What do the words around the quotation say, up to the neighbouring ones and the ends of its sentence?"""
        quotation = self._found[place]
        start, _ = self._narration.sentence_at(quotation.before)
        _, end = self._narration.sentence_at(quotation.end)
        previous = self._found[place - 1] if place and self._found[place - 1].end >= start else None
        following = self._found[place + 1] if place + 1 < len(self._found) else None
        since = previous.behind if previous else start
        until = min(end, following.before) if following else end
        return (
            self._behind(quotation, until)
            or self._before(quotation, since, start)
            or self._same_sentence(previous, quotation)
            or self._at_sentence_end(quotation.behind, end)
            or self._indirect(quotation)
        )

    def _behind(self, quotation: Quotation, until: int) -> Attribution | None:
        """`…," X said`, `…," said X`, `…," he said`, `…", according to X`."""
        base = quotation.behind
        behind = self._masked[base:until]
        lead = re.match(_LEAD, behind)
        assert lead is not None
        according = _ACCORDING.match(behind, lead.end())
        if according:
            return self._subjects.named_at(base + according.end(), 4)
        who = _WHO_BEHIND.match(behind)
        if who:
            return self._subjects.resolved(who, base)
        cue_first = _CUE_FIRST.match(behind)
        if cue_first:
            if cue_first["pronoun"] or cue_first["description"]:
                return self._subjects.resolved(cue_first, base)
            return self._subjects.named_at(base + cue_first.end(), NAME_REACH)
        credit = _CREDIT.match(behind)
        if credit:
            return self._subjects.named_at(base + credit.end(), 2)
        last = self._text[quotation.start : quotation.end].rstrip("'’\"” ")[-1:]
        if last not in _ENDS_SPEECH and behind.lstrip()[:1] not in (",", "—", "–"):
            return None
        found = None
        for cue in _CUE_WORD.finditer(behind):
            found = self._subjects.before(base + lead.end(), base + cue.start(), at_start=True)
            if found.speaker:
                break
        return found

    def _before(self, quotation: Quotation, since: int, start: int) -> Attribution | None:
        """`X said: "…`, `X told reporters that he was "…`, `X attacked her, saying, "…`, `According to X, "…`."""
        before = self._masked[since : quotation.before]
        if not before.strip():
            return self._announced(quotation, start)
        said = _CUE_AND_NAME.search(before)
        if said:
            return self._subjects.named_at(since + said.end(), 2)
        cues = [*_CUE_WORD.finditer(before)]
        for cue in reversed(cues):
            who = next((match for match in _WHO_CUE.finditer(before) if match.end() == cue.end()), None)
            if who:
                return self._subjects.resolved(who, since)
            subject = self._subjects.before(since, since + cue.start())
            if subject.speaker or cue is cues[0]:
                return self._of_participle(before, since, start) or subject
        according = list(_ACCORDING.finditer(before))
        if according:
            return self._subjects.named_at(since + according[-1].end(), 4)
        return self._of_participle(before, since, start)

    def _of_participle(self, before: str, since: int, start: int) -> Attribution | None:
        """`X attacked her for it, saying, "…`: the subject of the sentence, or whoever spoke in it before."""
        participles = list(_PARTICIPLE_WORD.finditer(before))
        if not participles:
            return None
        position = since + participles[-1].start()
        if since > start and self._last:
            return Attribution(self._last[1], position)
        first = self._subjects.people.before(position, start)[:1]
        pronoun = re.match(r"\W*(?P<pronoun>He|She)\b", self._masked[start:position])
        if pronoun:
            return self._subjects.resolved(pronoun, start)
        lead = self._masked[start : first[0].head] if first else ""
        is_first = bool(first) and re.fullmatch(r"\W*|[^,]{3,60},\s", lead) is not None
        return Attribution(self._subjects.name_of(first[0]) if is_first else None, position)

    def _announced(self, quotation: Quotation, start: int) -> Attribution | None:
        """The paragraph before ends with a colon: `Lind told reporters:`."""
        head = self._masked[:start].rstrip()
        if start != self._narration.paragraphs[quotation.paragraph][0] or not head.endswith(":"):
            return None
        since, _ = self._narration.sentence_at(len(head) - 1)
        announced = _point(len(head), quotation.paragraph)
        return self._before(announced, since, since) if head[since:].strip(" :") else None

    def _same_sentence(self, previous: Quotation | None, quotation: Quotation) -> Attribution | None:
        """`X called it "…" and "…`: the second is by whoever said the first."""
        if previous is None or self._last is None or self._last[0] is not previous:
            return None
        start, _ = self._narration.sentence_at(quotation.before)
        between = self._masked[previous.behind : quotation.before]
        if start > previous.end or re.search(r"\w", between) is None:
            return None
        return Attribution(self._last[1], quotation.start)

    def _at_sentence_end(self, start: int, end: int) -> Attribution | None:
        """`A cashier who "…" is held accountable, Warren said.`"""
        clause = _AT_SENTENCE_END.search(self._masked, start, end)
        if clause is None:
            return None
        base = clause.start("clause")
        who = re.match(rf"(?:{WHO})\s{ADVERBS}{CUE}\b", clause["clause"])
        if who:
            return self._subjects.resolved(who, base)
        cue = _CUE_WORD.search(clause["clause"])
        assert cue is not None
        if cue.start() == 0:
            return self._subjects.named_at(base + cue.end(), 2)
        return self._subjects.before(base, base + cue.start())

    # -- quotations without a cue --------------------------------------------------------------------------------------

    def _continued(self, place: int) -> str | None:
        """Who goes on speaking here?  Whoever spoke last, if only that was said between, or nobody else was named."""
        quotation = self._found[place]
        if self._goes_on(quotation):
            return None
        if self._last is None or quotation.paragraph - self._last[0].paragraph > 1:
            return None
        last, speaker = self._last
        if _CREDIT.match(self._masked, last.behind) or _LABEL.match(self._text, quotation.start):
            return None
        start, _ = self._narration.sentence_at(quotation.before)
        _, end = self._narration.sentence_at(last.end)
        if end >= start and quotation.paragraph == last.paragraph:
            return speaker  # "…," said X, a professor at Y. "…"
        named = {
            self._subjects.people.full_name(mention.name)
            for mention in self._subjects.people.before(quotation.start, last.end)
            if self._subjects.people.is_person(mention)
        }
        return speaker if named <= {speaker} else None

    def _indirect(self, quotation: Quotation) -> Attribution | None:
        """Who is said to speak in the sentence before, of the same paragraph: `He was late, Lind said. "…`?"""
        start, _ = self._narration.sentence_at(quotation.before)
        paragraph = self._narration.paragraphs[quotation.paragraph][0]
        if self._masked[start : quotation.before].strip() or start <= paragraph or self._goes_on(quotation):
            return None
        since, _ = self._narration.sentence_at(start - 1)
        if since < paragraph or QUOTED in self._masked[since:start]:
            return None
        end = len(self._masked[:start].rstrip())
        said = self._at_sentence_end(since, end) or self._before(_point(end, quotation.paragraph), since, since)
        return said if said and said.speaker else None

    def _goes_on(self, quotation: Quotation) -> bool:
        """Does the sentence go on behind the quotation, or with the name of whoever said it?"""
        behind = quotation.behind
        rest = re.match(r"[\s,—–-]*", self._text[behind : behind + 8])
        assert rest is not None
        start = behind + rest.end()
        following = self._text[start : start + 1]
        if self._text[quotation.end - 1] == ".":
            return False
        return following.islower() or self._text[quotation.end - 1] == ","


def _point(position: int, paragraph: int) -> Quotation:
    """A quotation without words at `position`, to ask what the text before it says."""
    return Quotation(position, position, position, position, paragraph)
