"""The people whom a text names, with their offices: who can be meant by a surname, a pronoun or "the minister"?"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from searchkit.analysis import fold
from searchkit.extraction.cues import DESCRIPTIONS, ORGANISATION_WORDS
from searchkit.extraction.people import PERSON, spelled_out, surname

__all__ = ["Mention", "People"]

_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mdm|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Judge|Justice)\.?\s\Z")
_PERSON = re.compile(rf"(?<![\w'’-]){PERSON}")
_HEADLINE = re.compile(r"[^\n.!?]{3,200}[.!?]?[\"”’]?\n")
"""A first line of one sentence."""
_APPOSITION = re.compile(r",\s(?:an?\s|the\s|who\b|whose\b|\d{1,2},|[\w-]+(?:\s[\w-]+){0,3}\s(?:of|at|for)\s)")
_OFFICE = "|".join(sorted(DESCRIPTIONS, key=len, reverse=True))
_OFFICE_BEHIND = re.compile(
    rf",\s(?:the\s|an?\s)?(?P<office>(?:[\w’'-]+\s){{0,5}}?(?:{_OFFICE})\b"
    r"(?:\sof\s(?:the\s)?[\w’' -]{2,40}?)?)(?=[,.;]|\sand\b|\swho\b)",
    re.IGNORECASE,
)
_OFFICE_WORDS = frozenset(word for office in DESCRIPTIONS for word in office.split()) | {"commissioner", "sen", "rep"}
_STARTS_SENTENCE = frozenset(
    "the a an in on at but and or if as for when while after before this that these his her".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named."""

    start: int
    end: int
    name: str
    """As it stands there, without office and honorific."""
    office: str | None
    is_sure: bool
    """Does an office, an honorific or a description behind the name show that it is a person's?"""


class People:
    """Everybody named in a text outside of quotations."""

    def __init__(self, text: str, silent: Iterable[tuple[int, int]], principal: str | None = None) -> None:
        """`silent` are intervals in which names are not looked for: what is quoted names others."""
        self.mentions = list(_mentions(text, list(silent)))
        self._starts = [mention.start for mention in self.mentions]
        self._names: dict[str, dict[str, int]] = {}
        self._sure: set[str] = set()
        self._offices: dict[str, set[str]] = {}
        self._alone: dict[str, int] = {}
        self._full_names: dict[str, str | None] = {}
        self._holders: dict[str, tuple[str | None, int, float]] = {}
        headline = _HEADLINE.match(text)
        headline_end = headline.end() if headline else 0
        if principal and " " in principal:
            self._names.setdefault(_key(principal), {})[principal] = 0
            self._sure.add(_key(principal))
        for mention in self.mentions:
            if " " in mention.name:
                self._names.setdefault(_key(mention.name), {}).setdefault(mention.name, mention.start)
            elif mention.start >= headline_end:
                # A headline may call people by their surnames; a text that does so first means somebody it never names.
                self._alone.setdefault(_key(mention.name), mention.start)
            if mention.is_sure:
                self._sure.add(_key(mention.name))
            if mention.office:
                self._offices.setdefault(_key(mention.name), set()).update(fold(mention.office).split())

    def full_name(self, name: str) -> str | None:
        """By which fullest name does the text know the person called `name`?  None if two could be meant, or nobody."""
        if name not in self._full_names:
            self._full_names[name] = self._fullest(name)
        return self._full_names[name]

    def _fullest(self, name: str) -> str | None:
        known = self._names.get(_key(name), {})
        if " " in name:
            return max((other for other in known if _agree(other, name)), key=len, default=name)
        if known and min(known.values()) > self._alone.get(_key(name), math.inf):
            return None
        first_names = {_first_name(other) for other in known}
        return max(known, key=len) if len(first_names) == 1 else None

    def is_person(self, mention: Mention) -> bool:
        """Is a person named there, as far as the whole text tells?"""
        return mention.is_sure or _key(mention.name) in self._sure

    def before(self, position: int, since: int = 0) -> list[Mention]:
        """Who is named between `since` and `position`?"""
        return self.mentions[bisect_left(self._starts, since) : bisect_left(self._starts, position)]

    def in_office(self, description: str, position: int) -> str | None:
        """Who holds the office that `description` names?  None unless the text, up to `position`, knows just one."""
        if description not in self._holders:
            self._holders[description] = self._only_holder(description)
        name, since, until = self._holders[description]
        return name if since < position <= until else None

    def _only_holder(self, description: str) -> tuple[str | None, int, float]:
        """Who is the first in that office, named from where on, and where does the text name a second?"""
        words = set(DESCRIPTIONS.get(description, ()))
        first: tuple[str | None, int] | None = None
        for mention in self.mentions:
            if not words & self._offices.get(_key(mention.name), set()):
                continue
            name = self.full_name(mention.name)
            if first is None:
                first = name, mention.start
            elif name != first[0]:
                return (*first, mention.start)
        return (*first, math.inf) if first else (None, 0, 0)


def _mentions(text: str, silent: list[tuple[int, int]]) -> Iterable[Mention]:
    starts = [start for start, _ in silent]
    for match in _PERSON.finditer(text):
        place = bisect_left(starts, match.end()) - 1
        if place >= 0 and silent[place][1] > match.start():
            continue
        name = re.sub(r"[’']s\Z", "", match["name"])
        start = match.start("name")
        words = name.split()
        while words and _is_no_name(words[0]):
            start += len(words.pop(0)) + 1
        folded = {fold(word).strip(".") for word in words}
        if not words or folded & ORGANISATION_WORDS or (len(words) > 1 and all(map(str.isupper, words))):
            continue
        behind = text[match.end() : match.end() + 120]
        honorific = _HONORIFIC.search(text, max(0, start - 12), start)
        office_behind = _OFFICE_BEHIND.match(behind)
        office = match["office"] or (office_behind["office"] if office_behind else None)
        definite = re.search(r"\b(?:the|a|an)\s\Z", text[max(0, match.start() - 5) : match.start()], re.IGNORECASE)
        sure = bool(office or honorific) or (len(words) > 1 and not definite and bool(_APPOSITION.match(behind)))
        yield Mention(
            start,
            match.start("name") + len(match["name"]),
            " ".join(words),
            spelled_out(office) if office else None,
            sure,
        )


def _is_no_name(word: str) -> bool:
    """Does `word`, at the head of a run of capitalised words, belong to none: On Monday …, NYPD Commissioner …?"""
    return fold(word) in _STARTS_SENTENCE or (len(word) > 2 and word.isupper()) or fold(word) in _OFFICE_WORDS


def _key(name: str) -> str:
    return fold(surname(name))


def _first_name(name: str) -> str:
    return fold(name.split()[0])


def _agree(fuller: str, name: str) -> bool:
    """Can `fuller` be the person `name`, with a middle name more: Donald J. Trump, Donald Trump?"""
    return _key(fuller) == _key(name) and _first_name(fuller) == _first_name(name) and len(fuller) >= len(name)
