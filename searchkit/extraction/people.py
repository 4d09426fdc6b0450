"""Names, titles and offices: the tables and patterns by which a person is recognised in a text or on a label."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "HONORIFICS",
    "NAME",
    "OFFICE",
    "OFFICE_AND_NAME",
    "PARTICLES",
    "PERSON",
    "UPPER",
    "Person",
    "proper_case",
    "spelled_out",
    "surname",
    "without_honorifics",
]

_HONORIFICS = (
    "Mr", "Mrs", "Ms", "Miss", "Mdm", "Madam", "Messrs", "Dr", "Prof", "Professor", "Sir", "Dame", "Lord", "Lady",
    "Hon", "Honourable", "Honorable", "Rev", "Father", "Er", "Assoc", "Encik", "Inche", "Puan", "Tuan", "Tun", "Datuk",
    "BG", "RAdm", "Col", "Lt-Gen", "Maj-Gen", "Brig-Gen",
)  # fmt: skip
"""Come off a name: "Mr Lee", "Prof. Tommy Koh", "Encik Yusof", "RAdm Teo Chee Hean"."""
HONORIFICS = frozenset(honorific.lower() for honorific in _HONORIFICS)
"""The words that come off a name, in small letters."""

_OFFICES = (
    # the longer before the shorter: an alternative is tried in this order
    "Vice President", "Vice-President", "President",
    "Deputy Prime Minister", "Prime Minister", "Minister Mentor", "Senior Minister",
    "Deputy Foreign Minister", "Foreign Minister", "Defense Minister", "Defence Minister", "Finance Minister",
    "Interior Minister", "Justice Minister", "Economy Minister", "Energy Minister", "Health Minister",
    "Foreign Secretary", "Home Secretary", "Secretary of State", "Defense Secretary", "Secretary-General",
    "Secretary General", "Minister", "Chancellor", "Speaker", "Governor", "Senator", "Congressman", "Congresswoman",
    "Representative", "Ambassador", "Chairman", "Chairwoman", "Chairperson", "Chair", "Commissioner", "Mayor", "King",
    "Queen", "Prince", "Pope", "General", "Admiral", "Attorney General", "Press Secretary", "Spokesman", "Spokeswoman",
    "Spokesperson", "Director General", "Director", "Rector", "Leader",
    "Secretary", "Sen", "Gov", "Rep", "Gen",
    "Vizepräsidentin", "Vizepräsident", "Präsidentin", "Präsident", "Bundeskanzlerin", "Bundeskanzler",
    "Bundesministerin", "Bundesminister", "Außenministerin", "Außenminister", "Staatssekretärin", "Staatssekretär",
    "Staatsministerin", "Staatsminister", "Ministerpräsidentin", "Ministerpräsident",
)  # fmt: skip
"""Offices that stand before a name: "President Ilham Aliyev", "Sen. Warren"."""

_SPELLED_OUT = {"Sen": "Senator", "Gov": "Governor", "Rep": "Representative", "Gen": "General"}

UPPER = f"[{''.join(filter(str.isupper, map(chr, range(0x530))))}]"
"""One capital letter, Latin, Greek or Cyrillic; `re` has no class for them."""
PARTICLES = frozenset("al bin binte binti b. s/o d/o de del der di dos du la le ter van von zu el ibn".split())
"""Small words inside a name: Encik Othman bin Haron Eusofe."""
_PARTICLE = r"(?:al|bin|binti|de|del|der|di|dos|du|la|le|ter|van|von|zu|el|ibn)"
_PART = rf"(?:{UPPER}\.|{UPPER}[\w’'\-]*\w)"
NAME = rf"{_PART}(?:(?:\s+{_PARTICLE}){{0,2}}\s+{_PART}|-{_PART}){{0,3}}"
"""Matches one to four capitalised words, with initials and particles: Ilham Aliyev, J. M. Jumabhoy, Ursula von der
Leyen."""

_RANKS = ("Deputy", "First", "Second", "Acting", "Special", "Permanent", "Chief", "Assistant", "Former", "Under")
"""They stand before an office and belong to it: "Deputy Minister", "Special Representative"."""
OFFICE = rf"(?:(?:{'|'.join(_RANKS)})[\s-])*(?:{'|'.join(map(re.escape, _OFFICES))})"
"""Matches an office with its rank: Prime Minister, Deputy Speaker, Acting Chief Secretary."""
_PORTFOLIO = (
    "Affairs|Development|Security|Defen[cs]e|Finance|Education|Culture|Transport|Health|Justice|Economy|Energy|Trade|"
    "Industry|Agriculture|Interior|Labou?r|Environment|Tourism|Science|Communications?|Technolog(?:y|ies)|States|Nations|"
    "Kingdom|Republic|Union|Ministers|Planning|Works|Housing|Sports?|Youth|Commerce|Reform|Territories|Emirates|Region|Province|District|Oblast"
)
_OF = (
    rf"(?:\s+(?:of|for)\s+(?:the\s+)?(?:(?:{UPPER}\w+,?\s+(?:and\s+|of\s+)?){{0,5}}?(?:{_PORTFOLIO})\b|{UPPER}\w+),?)?"
)
"""What an office is of: a portfolio or a long name of a state, whose last words are known, else one word, a country."""
_TITLES = "|".join(_HONORIFICS)
_TITLED_NAME = rf"(?:(?:{_TITLES})\b\.?\s+)*(?!(?:{_TITLES})\b)(?P<name>{NAME})"
OFFICE_AND_NAME = rf"(?P<office>{OFFICE}\b\.?{_OF})\s+{_TITLED_NAME}"
"""Matches an office and the name behind it, an honorific between them left out."""
PERSON = rf"(?:(?P<office>{OFFICE}\b\.?{_OF})\s+)?{_TITLED_NAME}"
"""Matches a name, with the office before it if there is one."""

_SMALL_WORDS = frozenset("of for the and to in".split())
_HONORIFIC = re.compile(rf"(?:\b(?:{_TITLES})\b\.?\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as far as a page tells: a name, an office, or both."""

    name: str | None
    role: str | None = None


def surname(name: str) -> str:
    """By which last word is the person `name` called later in a text?"""
    return name.split()[-1]


def proper_case(name: str) -> str:
    """How is a name written that stands in capitals: DONALD TRUMP, MCCAIN, O'BRIEN, DE LA CRUZ?"""
    if not name.isupper() or len(name.replace(".", "")) <= 2:
        return name
    words = []
    for place, word in enumerate(name.split()):
        lowered = word.lower()
        if place and (re.fullmatch(_PARTICLE, lowered) or lowered in _SMALL_WORDS):
            words.append(lowered)
            continue
        parts = [part[:1].upper() + part[1:] for part in re.split(r"(?<=[-'’.])", lowered)]
        cased = "".join(parts)
        words.append("Mc" + cased[2].upper() + cased[3:] if re.match(r"Mc\w{3}", cased) else cased)
    return " ".join(words)


def spelled_out(office: str) -> str:
    """Which office is meant by "Sen.", "Gov."?"""
    office = office.strip(" .,")
    return _SPELLED_OUT.get(office, office)


def without_honorifics(name: str) -> str:
    """What is left of "The Honourable Mr Lee", "Assoc. Prof. Ho Peng Kee"?  Their own text if they begin with none."""
    opened = re.sub(r"\Athe\s+(?=hon)", "", name.strip(), count=1, flags=re.IGNORECASE)
    found = _HONORIFIC.match(opened)
    return opened[found.end() :] if found else name
