"""Labels of turns: which piece before a colon names a speaker, in which form, and whom does it name?

"DONALD TRUMP", "Mr Lee (Farrer Park)", "The Minister for Law (Prof. S. Jayakumar) (for the Prime Minister)",
"WOLF BLITZER, CNN ANCHOR", "President Biden", "Q". A label is judged by its words alone; whether a text with such
labels is a transcript is asked in transcripts.py.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from searchkit.analysis import fold
from searchkit.extraction.people import (
    HONORIFICS,
    OFFICE,
    OFFICE_AND_NAME,
    PARTICLES,
    Person,
    proper_case,
    spelled_out,
    without_honorifics,
)

__all__ = ["Form", "form_of", "is_voice", "person_of_label", "without_brackets"]

_MOST_CACHED = 4096
_MOST_WORDS = 18
_MOST_NAME_WORDS = 8


class Form(Enum):
    """How a label is written.  All but NAME and WORD are written so in transcripts only."""

    TITLED = "Mr Lee Siew-Choh"
    OFFICE = "The Minister for Finance"
    OFFICER = "President Biden"
    CAPITALS = "DONALD TRUMP"
    VOICE = "An hon. Member"
    NAME = "Donald Trump"
    WORD = "Trump"

    @property
    def is_strict(self) -> bool:
        """Do only transcripts write so?"""
        return self not in (Form.NAME, Form.WORD)


_NO_LABELS = frozenset(
    "note notes source sources photo photos video update updates related correction editor contact tel fax email phone "
    "date time place venue subject present absent attendance sitting parliament session volume re from to cc read "
    "more tags also watch warning summary background column".split()
)
"""Words that stand before a colon at the beginning of a line and are nobody's name."""

_VOICES = frozenset(
    "unidentified unknown audience crowd moderator narrator question answer q a voice voices speaker male female man "
    "woman reporter reporters journalist announcer interviewer host operator translator interpreter several some all "
    "an any hon honourable members member participants multiple the senators senator staff".split()
)
"""Labels of these words alone name nobody: UNIDENTIFIED MALE, AUDIENCE MEMBER, Q, Several hon. Members."""

_OFFICE_HEADS = frozenset(
    "minister president speaker chair chairman chairwoman chairperson chancellor secretary attorney governor mayor "
    "clerk leader solicitor moderator commissioner premier".split()
)
_SINGLE_OFFICES = frozenset(
    "president speaker chairman chairwoman chairperson chair spokesperson spokesman spokeswoman minister secretary "
    "governor premier chancellor mayor präsident präsidentin vizepräsident vizepräsidentin".split()
)
"""Offices that alone are a label: Spokesperson."""
_OFFICE_STARTS = frozenset("the acting deputy first second senior madam mr mrs ms mdm vice".split())
_BETWEEN_OFFICE_WORDS = frozenset("of for the to and in on at without de & -".split())
_BRACKETS = re.compile(r"\s*[(\[](?:[^()\[\]]|\([^()]*\))*[)\]]")
_ENDING_BRACKET = re.compile(r"\s*[(\[](?P<inside>(?:[^()\[\]]|\([^()]*\))*)[)\]]\s*\Z")
_ASIDE = re.compile(r"(?:in|for|on behalf of|from)\s", re.IGNORECASE)
"""How a bracket begins that tells no name: (In Mandarin), (for the Minister for Law)."""
_ARTICLES = re.compile(r"\A(?:(?:the|hon|mr|mrs|ms|madam|mdm)\b\.?\s+)+", re.IGNORECASE)


_PARTY = re.compile(r",\s[A-Z][\w.]{0,5}\Z")
"""Minister of Fisheries, Lib."""
_JUNIOR = re.compile(r",\s+((?:Jr|Sr|JR|SR)\b\.?|I{2,3}\b)")


def without_brackets(label: str) -> str:
    """What is `label` without constituency, party and language: Mr Lee (Farrer Park) (In Mandarin)?"""
    return " ".join(_BRACKETS.sub(" ", label).split())


@lru_cache(_MOST_CACHED)
def form_of(label: str) -> Form | None:
    """In which form does `label` name a speaker?  None if its words are those of no label."""
    base = without_brackets(label)
    words = base.split()
    folded = [fold(word).strip(".,") for word in words]
    if not 0 < len(words) <= _MOST_WORDS or folded[0] in _NO_LABELS or not folded[0]:
        return None
    if is_voice(base):
        return Form.VOICE if base[0].isupper() else None
    if _is_office(words, folded):
        return Form.OFFICE if len(words) > 1 or not base.isupper() else Form.CAPITALS
    if base.isupper():
        return Form.CAPITALS if len(words) <= _MOST_NAME_WORDS + 4 and base[0].isalpha() else None
    if folded[0] in HONORIFICS:
        return Form.TITLED if _is_name(words[1:], may_be_inverted=True) else None
    if re.fullmatch(OFFICE_AND_NAME, base):
        return Form.OFFICER
    if not _is_name(words):
        return None
    if len(words) == 1:
        return Form.WORD
    # Ruth Abernathy (The Islands); not Palm Bay (1-0).
    return Form.NAME if base == label or re.search(r"\d", label) else Form.TITLED


def _is_office(words: list[str], folded: list[str]) -> bool:
    """The Minister for Local Government, Lands and Housing; Mr Deputy Speaker; THE PRESIDENT; Madam Chair."""
    if len(words) == 1:
        return words[0].lower() in _SINGLE_OFFICES and words[0][0].isupper()
    if folded[0] not in _OFFICE_STARTS or not words[0][0].isupper():
        return False
    if not _OFFICE_HEADS & {part for word in folded for part in word.split("-")}:
        return False
    if folded[0] != "the" and "," in "".join(words[:3]):
        return False  # "Mr. President, Mr. Speaker, my fellow citizens:" greets
    capital = all(word[0].isupper() or word.lower() in _BETWEEN_OFFICE_WORDS for word in words)
    # "Madam President Aliyeva" has a name behind the office.
    return capital and (folded[0] in ("the", "acting") or folded[-1] in _OFFICE_HEADS)


def _is_name(words: list[str], *, may_be_inverted: bool = False) -> bool:
    """Are these the words of a name?  "Lim Chun Leng, Michael" is inverted."""
    while words and fold(words[0]).strip(".") in HONORIFICS:
        words = words[1:]
    if not 0 < len(words) <= _MOST_NAME_WORDS:
        return False
    commas = sum(word.endswith(",") for word in words)
    if commas > (1 if may_be_inverted and len(words) > 1 else 0):
        return False
    return words[0][0].isupper() and all(
        word.lower() in PARTICLES or (word[0].isupper() and (word[-1].isalnum() or word[-1] in ".,’'"))
        for word in words
    )


def is_voice(label: str) -> bool:
    """Is `label` one for voices without a name: AUDIENCE, UNIDENTIFIED MALE, Several hon. Members?"""
    words = re.findall(r"[^\W\d_]+", label.casefold())
    if words in (["mr", "speaker"], ["the", "speaker"]):
        return False
    return bool(words) and words != ["the"] and all(word in _VOICES for word in words)


@lru_cache(_MOST_CACHED)
def person_of_label(label: str) -> Person:
    """Who is meant by the label of a turn: "DONALD TRUMP", "Mr X (Minister for Y)", "The Minister for Finance (Dr Z)"?

    An office without a name stays an office; a label such as AUDIENCE names nobody.
    """
    before, inside = _parts(" ".join(label.split()))
    if is_voice(before):
        return Person(None)
    before, title = _without_title(without_brackets(before))
    with_office = re.fullmatch(OFFICE_AND_NAME, _cased(before))
    if with_office:
        return Person(_name(with_office["name"]), spelled_out(with_office["office"]))
    words = before.split()
    if _is_office(words, [fold(word).strip(".,") for word in words]):
        role: str = proper_case(_ARTICLES.sub("", before).strip(" ."))
        return Person(_name(inside) if inside and _is_named(inside) else None, role)
    names_office = inside is not None and re.match(rf"(?:the\s+)?{OFFICE}\b", inside)
    title_role = proper_case(title) if re.search(OFFICE, title, re.IGNORECASE) else None
    return Person(_name(before), _PARTY.sub("", inside) if inside and names_office else title_role)


def _parts(label: str) -> tuple[str, str | None]:
    """`label` before its brackets, and what the first of them says that is no aside."""
    inside = None
    while bracket := _ENDING_BRACKET.search(label):
        if not _ASIDE.match(bracket["inside"]) or inside is None:
            inside = None if _ASIDE.match(bracket["inside"]) else bracket["inside"].strip()
        label = label[: bracket.start()]
    return label, inside


def _without_title(label: str) -> tuple[str, str]:
    """WOLF BLITZER, CNN ANCHOR is a name and a title; DONALD TRUMP, JR. is a name."""
    label = _JUNIOR.sub(r" \1", label)
    if not label.isupper():
        return label, ""
    before, _, title = label.partition(",")
    return before, title.strip()


def _is_named(inside: str) -> bool:
    """Does the bracket behind an office hold a name: (Dr Richard Hu), (John Mammen)?"""
    bare = without_honorifics(inside)
    return bare != inside or _is_name(without_brackets(bare).split(",")[0].split())


def _cased(text: str) -> str:
    return proper_case(text) if text.isupper() else text


def _name(text: str) -> str | None:
    name = without_brackets(without_honorifics(text)).strip(" .,")
    if re.fullmatch(r"[^,]+, [^,]+", name) and not name.isupper():
        name = _first_name_last(name)
    name = proper_case(name.split(",")[0])  # Sir George Oehlers, O.B.E.
    return name if name and name[0].isalpha() and not is_voice(name) else None


def _first_name_last(name: str) -> str:
    """ "Hu Tsu Tau, Richard" without its comma; letters of an order behind a name stay apart."""
    surname, _, first = name.partition(", ")
    return name if "." in first or first.isupper() else f"{first} {surname}"
