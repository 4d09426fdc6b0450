"""The people whom a text names, with their offices: who can be meant by a surname, a pronoun or "the minister"?

A name is the end of a run of capitalised words, behind offices, parties and nations: "Italian Prime Minister Matteo
Renzi" names Matteo Renzi.  A run that ends with a word of an institution names nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from searchkit.analysis import fold
from searchkit.extraction.cues import DESCRIPTIONS, NATIONS, ORGANISATION_WORDS, PREFIXES
from searchkit.extraction.first_names import FIRST_NAMES, HERS, HIS
from searchkit.extraction.gazetteer import CITIES, COUNTRIES
from searchkit.extraction.people import HONORIFICS, OFFICE, PARTICLES, UPPER, spelled_out

__all__ = ["HE", "SHE", "Mention", "People"]

HE, SHE = "he", "she"

_ABBREVIATED = r"(?:Sen|Gov|Rep|Gen|Lt|Col|Dr|Mr|Mrs|Ms|Jr|Sr|St|Del|Sgt|Capt|Prof|Rev|Adm|Maj|Brig|Assoc|Atty|Hon)\."
_WORD = rf"(?:{_ABBREVIATED}|{UPPER}\.(?:-?{UPPER}\.)*|{UPPER}[\w’'-]*\w|{UPPER}(?![\w.]))"
_BETWEEN = rf"[ \u00a0](?:(?:{'|'.join(re.escape(particle) for particle in sorted(PARTICLES))})[ \u00a0]){{0,2}}"
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:{_BETWEEN}{_WORD}){{0,11}}")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\Z")
_JUNIOR = re.compile(r",? (?:Jr|Sr)\b\.?")
_LONGEST_NAME = 4
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_HIS_TITLES = frozenset("mr sir lord king prince father".split())
_HER_TITLES = frozenset("mrs ms miss mdm madam lady dame queen princess puan".split())
_HEADLINE = re.compile(r"[^\n.!?]{3,200}[.!?]?[\"”’]?\n")
"""A first line of one sentence."""
_APPOSITION = re.compile(
    r"(?: \([^()\n]{1,40}\))?,\s(?:an?\s|the\s|who\b|whose\b|one of\b|\d{1,2},|(?:D|R|I)-[A-Z]"
    r"|[\w’'-]+(?:\s[\w’'-]+){0,3}\s(?:of|at|for)\s)|\s\((?:[DRI]-|\d\d\))"
)
_OFFICE_WORDS = "|".join(sorted(DESCRIPTIONS, key=len, reverse=True))
_OFFICE_BEHIND = re.compile(
    rf",\s(?:the\s|an?\s)?(?P<office>(?:[\w’'-]+\s){{0,5}}?(?:{_OFFICE_WORDS})\b"
    r"(?:\sof\s(?:the\s)?[\w’' -]{2,40}?)?)(?=[,.;]|\sand\b|\swho\b)",
    re.IGNORECASE,
)
_OFFICE_BEFORE = re.compile(
    rf"\b(?P<office>{_OFFICE_WORDS}|strategist|adviser|advisor|analyst|professor|economist|aide|manager|lawyer|attorney|"
    r"correspondent|reporter|columnist|author|founder|officer|widow|director|researcher|scientist|historian|actor|"
    r"actress|singer|candidate|nominee|lawmaker|official|activist)\s\Z"
)
_OFFICE = re.compile(OFFICE)
_NO_NAMES = frozenset(word for office in DESCRIPTIONS for word in office.split()) | frozenset(
    "commissioner sen rep gov gen adm maj brig atty lt col del capt sgt leader lead deputy former first chief vice "
    "majority minority attorney nominee candidate ceo chair treasurer whip developer coach dl professor officer "
    "detective lieutenant captain sergeant colonel admiral principal".split()
)
_SENTENCE_STARTS = frozenset(
    "the a an in on at but and or if as for when while after before this that these his her i we you he she it they my "
    "our your their there here what who why how yes no not now then so also still yet even both since during despite "
    "according although because though once with by from to of asked said says added wrote speaking like unlike".split()
)


_NO_NAME_WORDS = frozenset().union(_SENTENCE_STARTS, _NO_NAMES, HONORIFICS, ORGANISATION_WORDS, NATIONS, PREFIXES)
_PLACES = COUNTRIES | CITIES
_MOST_NAME_WORDS = 5
_MOST_CACHED = 1 << 14


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named."""

    start: int
    end: int
    name: str
    """As it stands there, without office and honorific."""
    office: str | None
    is_sure: bool
    """Does an office, an honorific or a description beside the name show that it is a person's?"""
    pronoun: str | None
    """Which pronoun fits, by an honorific or the first name?"""
    possessive: bool
    head: int
    """Where the whole run of words begins, office and nation included."""


class People:
    """Everybody named in a text outside of quotations."""

    def __init__(self, masked: str, principal: str | None = None) -> None:
        """`masked` is a text with its quotations blanked out: what is quoted names others."""
        self.mentions = list(_mentions(masked))
        self._starts = [mention.start for mention in self.mentions]
        self._by_key: dict[str, set[str]] = {}
        for mention in self.mentions:
            self._by_key.setdefault(_key(mention.name), set()).add(mention.name)
        self._names: dict[str, Counter[str]] = {}
        self._sure: set[str] = set()
        self._offices: dict[str, set[str]] = {}
        self._pronouns: dict[str, set[str]] = {}
        self._called_so_first: set[str] = set()
        headline = _HEADLINE.match(masked)
        headline_end = headline.end() if headline else 0
        if principal and " " in principal:
            self._names.setdefault(_key(principal), Counter())[principal] = 1
            self._sure.add(_key(principal))
        for mention in self.mentions:
            key = _key(mention.name)
            if " " in mention.name:
                self._names.setdefault(key, Counter())[mention.name] += 1
            elif mention.start >= headline_end and key not in self._names:
                # A headline may call people by their surnames; a text that does so first may mean somebody else.
                self._called_so_first.add(key)
            if mention.is_sure:
                self._sure.add(key)
            if mention.pronoun:
                self._pronouns.setdefault(key, set()).add(mention.pronoun)
            if mention.office:
                self._offices.setdefault(key, set()).update(fold(mention.office).split())
        self._full_names: dict[str, str] = {}
        self._holders: dict[str, tuple[str | None, int, int | None]] = {}

    def full_name(self, name: str) -> str:
        """By which fullest name does the text know the person called `name`?  `name` itself if two could be meant."""
        if name not in self._full_names:
            self._full_names[name] = self._fullest(name)
        return self._full_names[name]

    def _fullest(self, name: str) -> str:
        known = [other for other in self._names.get(_key(name), ()) if other != name]
        if " " in name:
            return max((other for other in known if _agree(other, name)), key=len, default=name)
        if _key(name) in self._called_so_first:
            return name
        first_names = {_first_name(other) for other in known}
        return max(known, key=len) if len(first_names) == 1 else name

    def is_person(self, mention: Mention) -> bool:
        """Is a person named there, as far as the whole text tells?"""
        key = _key(mention.name)
        if mention.is_sure or key in self._sure or _first_name(mention.name) in FIRST_NAMES:
            return True
        # "Sheldon Richardson" who is "Richardson" later, "Richardson" who is "Sheldon Richardson" elsewhere.
        return len(self._by_key[key]) > 1

    def fits(self, name: str, pronoun: str) -> bool:
        """May `name` be called by `pronoun`, as far as honorifics and first names tell?"""
        known = self._known_pronouns(name)
        return len(known) != 1 or pronoun in known

    def is_called(self, name: str, pronoun: str) -> bool:
        """Do honorifics or the first name say that `pronoun` is right for `name`?"""
        return self._known_pronouns(name) == {pronoun}

    def _known_pronouns(self, name: str) -> set[str]:
        known = self._pronouns.get(_key(name), set())
        first = _first_name(name)
        if " " in name and (first in HIS or first in HERS):
            known = {HE if first in HIS else SHE}
        return known

    def before(self, position: int, since: int = 0) -> list[Mention]:
        """Who is named between `since` and `position`?"""
        return self.mentions[bisect_left(self._starts, since) : bisect_left(self._starts, position)]

    def in_office(self, description: str, position: int) -> str | None:
        """Who holds the office that `description` names?  None unless the text, up to `position`, knows just one."""
        if description not in self._holders:
            self._holders[description] = self._only_holder(description)
        name, since, until = self._holders[description]
        return name if since < position and (until is None or position <= until) else None

    def _only_holder(self, description: str) -> tuple[str | None, int, int | None]:
        """Who is the first in that office, named from where on, and where does the text name a second?"""
        words = set(DESCRIPTIONS.get(description, ()))
        first: tuple[str, int] | None = None
        for mention in self.mentions:
            if not words & self._offices.get(_key(mention.name), set()):
                continue
            name = self.full_name(mention.name)
            if first is None:
                first = name, mention.start
            elif name != first[0] and _key(name) != _key(first[0]):
                return (*first, mention.start)
        return (*first, None) if first else (None, 0, 0)


def _mentions(text: str) -> Iterator[Mention]:
    headline = _HEADLINE.match(text)
    for run in _RUN.finditer(text):
        if headline and run.end() <= headline.end() and run.group().count(" ") > _LONGEST_NAME:
            yield from _in_headline(run)
            continue
        mention = _mention(text, run.start(), run.end())
        if mention is not None:
            yield mention


def _mention(text: str, start: int, end: int) -> Mention | None:
    """The name at the end of the run of capitalised words between `start` and `end`."""
    words = text[start:end].replace("\u00a0", " ").split(" ")
    possessive = _POSSESSIVE.search(words[-1])
    if possessive:
        end -= possessive.end() - possessive.start()
        words[-1] = words[-1][: possessive.start()]
    last = len(words) - 1 if len(words) > 1 and _precedes_surname(words[-2]) else len(words)
    cut = last
    while cut and not _is_no_name(words[cut - 1]):
        cut -= 1
    while cut < len(words) and words[cut] in PARTICLES:
        cut += 1
    if cut == len(words) or len(words) - cut > _MOST_NAME_WORDS:
        return None
    titles = {_folded(word) for word in words[:cut]}
    if cut == len(words) - 1 and _folded(words[cut]) in _PLACES and not titles & HONORIFICS:
        return None
    if len(words) - cut > 1 and all(word.isupper() for word in words[cut:]):
        return None
    name_start = start + sum(len(word) + 1 for word in words[:cut])
    said = _office_beside(text, start, name_start, end)
    pronoun = HE if titles & _HIS_TITLES else SHE if titles & _HER_TITLES else None
    sure = bool(said or titles & HONORIFICS) or (
        len(words) - cut > 1 and text[end : end + 1] in (",", " ") and _APPOSITION.match(text, end) is not None
    )
    name = text[name_start:end].replace("\u00a0", " ")
    return Mention(
        name_start, end, name, spelled_out(said) if said else None, sure, pronoun, possessive is not None, start
    )


def _office_beside(text: str, start: int, name_start: int, end: int) -> str | None:
    """Which office stands before the name or behind it?"""
    office = _OFFICE.search(text, start, name_start) if name_start > start else None
    if office:
        return office.group()
    if text[end : end + 1] == ",":
        junior = _JUNIOR.match(text, end)
        behind = _OFFICE_BEHIND.match(text, junior.end() if junior else end)
        if behind:
            return behind["office"]
    if text[start - 2 : start - 1].islower():
        before = _OFFICE_BEFORE.search(text, max(0, start - 24), start)
        return before["office"] if before else None
    return None


def _in_headline(run: re.Match[str]) -> Iterator[Mention]:
    """The names in a headline whose every word is capitalised, as far as first names are known."""
    for match in re.finditer(rf"({UPPER}[\w’'-]+) (?:{UPPER}\. )?({UPPER}[\w-]+)", run.group()):
        if fold(match[1]) in FIRST_NAMES:
            start = run.start() + match.start()
            yield Mention(start, start + len(match[0]), match[0], None, True, None, False, start)


@lru_cache(_MOST_CACHED)
def _folded(word: str) -> str:
    return fold(word).strip(".")


@lru_cache(_MOST_CACHED)
def _precedes_surname(word: str) -> bool:
    """Is the word behind `word` a surname, though it be King, Dean or Pope: behind a first name or an honorific?"""
    return _folded(word) in FIRST_NAMES or _folded(word) in HONORIFICS


@lru_cache(_MOST_CACHED)
def _is_no_name(word: str) -> bool:
    """Does `word` stand before a name or instead of one: On, NYPD, Commissioner, Italian, Department, Scott's?"""
    return _folded(word) in _NO_NAME_WORDS or _POSSESSIVE.search(word) is not None or (len(word) > 2 and word.isupper())


@lru_cache(_MOST_CACHED)
def _key(name: str) -> str:
    words = [word for word in fold(name).replace(",", " ").split() if word.strip(".") not in _SUFFIXES]
    return words[-1].replace("’", "'") if words else ""


def _first_name(name: str) -> str:
    return fold(name.split()[0])


def _agree(fuller: str, name: str) -> bool:
    """Can `fuller` be the person `name`, with a middle name more: Donald J. Trump, Donald Trump?"""
    return _key(fuller) == _key(name) and _first_name(fuller) == _first_name(name) and len(fuller) >= len(name)
