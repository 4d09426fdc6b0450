"""Titles, ranks, offices and other words that stand around a name and are no part of it.  Data, and how to strip it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "GENERATIONS_SHOWN",
    "PARTICLES",
    "Stripped",
    "begins_with_title",
    "is_no_name",
    "without_suffixes",
    "without_titles",
]

_MEN = ("mr", "mister", "sir", "lord", "encik", "inche", "tuan", "tun", "dato", "datuk", "father", "fr", "monsieur",
        "herr", "senor", "cenab", "shri", "brother", "prince", "king", "congressman")  # fmt: skip
_WOMEN = ("mrs", "ms", "miss", "mdm", "madam", "mme", "dame", "lady", "puan", "cik", "madame", "mademoiselle", "frau",
          "senora", "sister", "princess", "queen", "baroness", "congresswoman")  # fmt: skip
_HONORIFICS = (
    "dr", "doctor", "prof", "professor", "assoc", "associate", "asst", "assistant", "er", "rev", "reverend", "hon",
    "honourable", "honorable", "rt", "right", "hj", "haji", "hajah", "tan sri", "puan sri", "datin", "excellency",
    "his excellency", "her excellency", "h e", "his holiness", "his majesty", "her majesty", "ustaz", "imam", "rabbi",
    "bishop", "archbishop", "cardinal", "the", "esteemed", "adj", "adjunct", "emeritus",
)  # fmt: skip
_RANKS = (
    "gen", "general", "lt", "lieutenant", "brig", "brigadier", "bg", "mg", "lg", "maj", "major", "col", "colonel",
    "capt", "captain", "cdr", "commander", "cdre", "commodore", "radm", "adm", "admiral", "rear", "vice",
    "sgt", "sergeant", "cpl", "pte", "marshal", "field", "air", "chief", "staff", "ret", "retd", "rtd",
)  # fmt: skip
_OFFICES = (
    "president", "vice president", "prime minister", "deputy prime minister", "foreign minister",
    "defence minister", "defense minister", "finance minister", "interior minister", "justice minister",
    "health minister", "economy minister", "energy minister", "education minister", "minister", "premier", "chancellor",
    "secretary of state", "secretary general", "special envoy", "envoy", "special representative",
    "permanent representative", "foreign secretary", "home secretary", "secretary",
    "senator", "sen", "representative", "rep", "governor", "gov", "lt gov", "mayor", "ambassador", "pope", "emperor",
    "chairman", "chairwoman", "chair", "judge", "justice", "delegate", "deputy", "commissioner", "speaker",
    "first lady", "former", "acting", "first", "second", "pm", "mp", "us", "u s", "uk", "state",
    "press secretary", "spokesman", "spokeswoman", "spokesperson", "attorney general", "director",
    "leader", "candidate", "elect",
)  # fmt: skip
"""They come off the front of a name; alone they name nobody."""

_FRONT: dict[str, str | None] = {
    **dict.fromkeys((*_HONORIFICS, *_RANKS, *_OFFICES)),
    **dict.fromkeys(_MEN, "m"),
    **dict.fromkeys(_WOMEN, "f"),
}
_LONGEST = max(title.count(" ") + 1 for title in _FRONT)
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
GENERATIONS_SHOWN = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_BEHIND = frozenset(
    ("mp", "mps", "mep", "mla", "msp", "td", "qc", "kc", "phd", "md", "mba", "esq", "cbe", "obe", "mbe", "kbe", "jp",
     "bbm", "pbm", "bey", "hanim", "muellim")
)  # fmt: skip
"""They come off the end of a name."""

PARTICLES = frozenset(
    ("bin", "binti", "binte", "bte", "bt", "ibn", "s/o", "d/o", "haji", "hj", "hajah", "oglu", "oğlu", "qizi",
     "qızı", "kyzy", "oghlu")
)  # fmt: skip
"""Words inside a name that some write and others leave out: Othman bin Haron Eusofe."""

_NO_NAME = frozenset(
    # offices and bodies
    "minister ministers ministry secretary parliamentary speaker chairman chairwoman chairperson president premier "
    "leader member members deputy government opposition parliament committee commission council department office "
    "board amendment debate question questions answer answers statement motion petition clerk spokesman spokeswoman "
    "spokesperson governor mayor ambassador senator congressman congresswoman attorney director officials official "
    "sources source constituency nominated mp "
    # voices
    "audience crowd moderator narrator unidentified unknown anonymous voice voices reporter reporters journalist "
    "announcer interviewer operator translator interpreter several everyone participants multiple unison applause "
    "laughter "
    # words that no name has, in capitals either
    "of for the and with from which whose their".split()
)  # fmt: skip
_SMALL_WORDS = frozenset(
    "to in on at by that who a an or is are was were be this these i we you they it not no as".split()
)
"""They are words of names as well (Raymond To, An Wang), but never in small letters."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A name without the titles before it, and what they told."""

    rest: str
    title: str | None = None
    """The title before the name, folded; of several the last."""
    last: str | None = None
    """The same as it stands."""
    gender: str | None = None


_FIRST_WORD = re.compile(r"\s*[^\s.,-]+(?:[.,]|(?=[\s-])|\Z)[\s-]*|\s*[^\s]+\Z")


def without_titles(text: str) -> Stripped:
    """Which name stands behind the titles of `text`?  A name that is a title itself ("King") stays."""
    rest, title, last, gender = text, None, None, None
    while True:
        found = _title(rest)
        if found is None:
            return Stripped(rest, title, last, gender)
        stands, folded = found
        rest = rest[len(stands) :]
        if folded != "the":
            title, last = folded, stands.strip(" .,-")
        gender = _FRONT[folded] or gender


def _title(text: str) -> tuple[str, str] | None:
    """The title that `text` begins with, as it stands and folded; None if it begins with none, or is nothing else."""
    words = [match.group() for match in re.finditer(r"[^\s.-]+[\s.-]*", text)]
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        stands = "".join(words[:count])
        folded = " ".join(word.strip(" .,-").casefold() for word in words[:count])
        # "Er Lee Bee Wah" has a title; "ER LEE" may; "er" in the middle of a hyphenated name has none.
        if folded in _FRONT and not stands.endswith("-") and text[len(stands) :].strip():
            return stands, folded
    return None


def begins_with_title(text: str) -> bool:
    """Does `text` begin with a title that only stands before a person's name?"""
    found = _title(text)
    return found is not None and found[1] not in _OFFICES and found[1] != "the"


def without_suffixes(text: str) -> tuple[str, str | None]:
    """Which name stands before the degrees and orders behind it, and which generation is told there: jr, iii?"""
    generation = None
    words = text.split()
    while len(words) > 1:
        last = words[-1].strip(".,").casefold()
        if last in _GENERATIONS:
            generation = _GENERATIONS[last]
        elif last not in _BEHIND:
            break
        words.pop()
    return " ".join(words), generation


def is_no_name(text: str) -> bool:
    """Is there a word in `text` that no name of a person has: an office, a body, a function word?"""
    words = [word.strip(".,:;’'") for word in re.split(r"[\s-]+", text)]
    folded = [word.casefold() for word in words]
    is_title_of_law = len(words) > 2 and folded[-1] in ("bill", "act")
    return (
        not any(words)
        or is_title_of_law
        or any(word in _NO_NAME or stands in _SMALL_WORDS for word, stands in zip(folded, words, strict=True))
    )
