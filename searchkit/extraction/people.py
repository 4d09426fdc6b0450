"""Names, titles and offices: the tables and patterns by which a person is recognised in a text or on a label."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "NAME",
    "OFFICE_AND_NAME",
    "PERSON",
    "UPPER",
    "Person",
    "names_nobody",
    "person_of_label",
    "proper_case",
    "spelled_out",
    "surname",
]

_HONORIFICS = (
    "Mr", "Mrs", "Ms", "Miss", "Mdm", "Madam", "Messrs", "Dr", "Prof", "Professor", "Sir", "Dame", "Lord", "Lady",
    "Hon", "Rev", "Father", "Er", "Assoc", "Encik", "Inche", "Puan", "Tuan",
)  # fmt: skip
"""Come off a name: "Mr Lee", "Prof. Tommy Koh", "Encik Yusof"."""

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
    "Sen", "Gov", "Rep", "Gen",
)  # fmt: skip
"""Offices that stand before a name: "President Ilham Aliyev", "Sen. Warren"."""

_SPELLED_OUT = {"Sen": "Senator", "Gov": "Governor", "Rep": "Representative", "Gen": "General"}

UPPER = f"[{''.join(filter(str.isupper, map(chr, range(0x530))))}]"
"""One capital letter, Latin, Greek or Cyrillic; `re` has no class for them."""
_PARTICLE = r"(?:al|bin|binti|de|del|der|di|dos|du|la|le|ter|van|von|zu|el|ibn)"
_PART = rf"(?:{UPPER}\.|{UPPER}[\w’'\-]*\w)"
NAME = rf"{_PART}(?:(?:\s+{_PARTICLE}){{0,2}}\s+{_PART}|-{_PART}){{0,3}}"
"""Matches one to four capitalised words, with initials and particles: Ilham Aliyev, J. M. Jumabhoy, Ursula von der
Leyen."""

_RANKS = ("Deputy", "First", "Second", "Acting", "Special", "Permanent", "Chief", "Assistant", "Former", "Under")
"""They stand before an office and belong to it: "Deputy Minister", "Special Representative"."""
_OFFICE = rf"(?:(?:{'|'.join(_RANKS)})[\s-])*(?:{'|'.join(map(re.escape, _OFFICES))})"
_PORTFOLIO = (
    "Affairs|Development|Security|Defen[cs]e|Finance|Education|Culture|Transport|Health|Justice|Economy|Energy|Trade|"
    "Industry|Agriculture|Interior|Labou?r|Environment|Tourism|Science|Communications?|Technolog(?:y|ies)|States|Nations|"
    "Kingdom|Republic|Union|Ministers|Planning|Works|Housing|Sports?|Youth|Commerce|Reform|Territories|Emirates"
)
_OF = (
    rf"(?:\s+(?:of|for)\s+(?:the\s+)?(?:(?:{UPPER}\w+,?\s+(?:and\s+|of\s+)?){{0,5}}?(?:{_PORTFOLIO})\b|{UPPER}\w+),?)?"
)
"""What an office is of: a portfolio or a long name of a state, whose last words are known, else one word, a country."""
_TITLES = "|".join(_HONORIFICS)
_TITLED_NAME = rf"(?:(?:{_TITLES})\b\.?\s+)*(?!(?:{_TITLES})\b)(?P<name>{NAME})"
OFFICE_AND_NAME = rf"(?P<office>{_OFFICE}\b\.?{_OF})\s+{_TITLED_NAME}"
"""Matches an office and the name behind it, an honorific between them left out."""
PERSON = rf"(?:(?P<office>{_OFFICE}\b\.?{_OF})\s+)?{_TITLED_NAME}"
"""Matches a name, with the office before it if there is one."""

_LABEL_OFFICE = re.compile(rf"(?:(?:the|an?|mr\.?|madam|mdm)\s+)*(?P<office>{_OFFICE}\b.*)\Z", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[\(\[](?P<inside>[^()\[\]]{1,160})[\)\]]\s*\Z")
_HONORIFIC = re.compile(rf"(?:(?:{_TITLES})\b\.?\s+)+", re.IGNORECASE)
_NOBODY = frozenset(
    "unidentified unknown audience crowd moderator narrator question answer q a voice voices speaker male female man "
    "woman reporter reporters journalist announcer interviewer host operator translator interpreter several some all "
    "members member hon participants multiple".split()
)
"""Labels that name nobody: UNIDENTIFIED MALE, AUDIENCE MEMBER, Q, Several hon. Members."""


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
        if place and re.fullmatch(_PARTICLE, lowered):
            words.append(lowered)
            continue
        parts = [part[:1].upper() + part[1:] for part in re.split(r"(?<=[-'’.])", lowered)]
        cased = "".join(parts)
        words.append("Mc" + cased[2].upper() + cased[3:] if re.match(r"Mc\w{3}", cased) else cased)
    return " ".join(words)


def person_of_label(label: str) -> Person:
    """Who is meant by the label of a turn: "DONALD TRUMP", "Mr X (Minister for Y)", "The Minister for Finance (Dr Z)"?

    An office without a name stays an office; a label such as AUDIENCE names nobody.
    """
    label = " ".join(label.split())
    bracket = _BRACKET.search(label)
    before, inside = (label[: bracket.start()], bracket["inside"]) if bracket else (label, None)
    office = _LABEL_OFFICE.match(before)
    if office and not re.fullmatch(OFFICE_AND_NAME, _cased(before)):
        role = proper_case(office["office"].strip(" ."))
        return Person(_name(inside) if inside and _HONORIFIC.match(inside) else None, role)
    with_office = re.fullmatch(OFFICE_AND_NAME, _cased(before))
    if with_office:
        return Person(_name(with_office["name"]), spelled_out(with_office["office"]))
    names_office = inside is not None and re.match(rf"(?:the\s+)?{_OFFICE}\b", inside)
    return Person(_name(before), inside if names_office else None)


def names_nobody(label: str) -> bool:
    """Is `label` one for voices without a name: AUDIENCE, UNIDENTIFIED MALE?"""
    words = re.findall(r"[^\W\d_]+", label.casefold())
    return bool(words) and all(word in _NOBODY for word in words)


def spelled_out(office: str) -> str:
    """Which office is meant by "Sen.", "Gov."?"""
    office = office.strip(" .,")
    return _SPELLED_OUT.get(office, office)


def _cased(text: str) -> str:
    return proper_case(text) if text.isupper() else text


def _name(text: str) -> str | None:
    name = proper_case(_HONORIFIC.sub("", text, count=1).strip(" .,"))
    words = [word.lower().strip(".") for word in name.split()]
    if not words or not name[0].isalpha() or words[0] in _NOBODY or words[-1] in _NOBODY:
        return None
    return name
