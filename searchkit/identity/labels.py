"""What a speaker's label says: a person's name and title, an office, or neither.  Each label is read by itself.

"Assoc. Prof. Dr Yaacob Ibrahim (Kolam Ayer)" is a name with titles and a constituency; "The Minister for Finance (Dr
Richard Hu Tsu Tau)" is an office whose holder stands in brackets; "[Mr Speaker in the Chair]" is an office;
"MP_NAME:" is nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from searchkit.analysis import fold_value
from searchkit.identity import titles
from searchkit.identity.spelling import plain, readings

__all__ = ["Label", "Word", "read_label"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name."""

    plain: str
    readings: frozenset[str]
    initial: bool
    """Is it one letter that stands for a name?"""

    def same(self, other: Word) -> bool:
        """Can both be the same word, written out?"""
        return not self.initial and not other.initial and not self.readings.isdisjoint(other.readings)

    def fits(self, other: Word) -> bool:
        """Can both be the same word, one of them perhaps as an initial?"""
        if self.initial or other.initial:
            return not {form[:1] for form in self.readings}.isdisjoint(form[:1] for form in other.readings)
        return not self.readings.isdisjoint(other.readings)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it was read."""

    shown: str
    """The name without titles and brackets, or, where there is none, what the label says; "" for nothing at all."""
    words: tuple[Word, ...] = ()
    """The words of the name, particles such as `bin` left out; () where the label names no person."""
    gender: str | None = None
    """m or f, where the title tells."""
    title: str | None = None
    """The title as one word, folded: mr, dr."""
    suffix: str | None = None
    """jr, sr, ii, iii: another person than the one without."""
    folded: str = ""
    """The label without what machines and printers put around it, folded: equal labels have equal ones."""

    @property
    def whole(self) -> bool:
        """Is it a name by which one can be told from others of the same surname?"""
        return len(self.words) > 1 and not all(word.initial for word in self.words[:-1]) and bool(self._full() > 1)

    @property
    def partial(self) -> bool:
        """Is it a surname with initials: J. B. Jeyaretnam?"""
        return len(self.words) > 1 and self._full() == 1

    def _full(self) -> int:
        return sum(not word.initial for word in self.words)


_MACHINE_KEY = re.compile(r"(?P<key>[A-Z]+(?:_[A-Z]+)+)\s*:+\s*|NAME\s*:+\s*")
"""What a scraper left before a name: MP_NAME:."""
_NO_PERSON_KEY = re.compile(r"TITLE|SECTION|HEADING|COL\b")
_BRACKET = re.compile(r"[\(\[\{<]([^()\[\]{}<>]*)[\)\]\}>]?")
_EDGES = " \t\r\n-–—―:;,.·•|/\\*_=+\"'“”‘’«»()[]{}<>#"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'ʼ](?=[^\W\d_]))*\.?")
_DIGIT = re.compile(r"\d")
_LONGEST_NAME = 7
"""Words: Mr Muhamad Faisal Bin Abdul Manap has five; a heading has more."""
_SEVERAL_INITIALS = re.compile(r"[A-Z]{2,3}\Z")
_SURNAME_PARTICLES = frozenset("al da de del der di dos du el la le van von zu".split())
_VOWEL = re.compile("[AEIOUY]")


@lru_cache(maxsize=1 << 16)
def read_label(text: str) -> Label:
    """What does the label `text` say?"""
    text = " ".join(text.split())
    key = _MACHINE_KEY.match(text)
    if key:
        text = text[key.end() :]
        if key["key"] and _NO_PERSON_KEY.search(key["key"]):
            return Label("")
    bare = text.strip(_EDGES)
    folded = fold_value(text)
    if not _WORD.search(bare):
        return Label("")
    insides = [inside.strip() for inside in _BRACKET.findall(text)]
    outside = _BRACKET.sub(" ", text)
    for candidate in (outside, *filter(titles.begins_with_title, insides)):
        name = _name(" ".join(candidate.split()).strip(_EDGES), folded)
        if name is not None:
            return name
    return Label(bare, folded=folded)


def _name(text: str, folded: str) -> Label | None:
    """The person's name in `text`, which has no brackets; None if it is none."""
    text = _in_order(text)
    stripped = titles.without_titles(text)
    rest, suffix = titles.without_suffixes(stripped.rest)
    rest = rest.strip(_EDGES)
    if titles.is_no_name(rest) or _DIGIT.search(rest):
        return None
    found = _WORD.findall(rest)
    if not 0 < len(found) <= _LONGEST_NAME or _WORD.sub("", rest).strip(" -–’'.‐‑"):
        return None
    capitals = all(word.isupper() for word in found if len(word) > 2)
    words = _words(found, split=not capitals)
    if not words or all(word.initial for word in words):
        return None
    if len(words) == 1 and stripped.title is None and rest != text:
        return None  # The Economist is no person called Economist
    shown = _cased(rest) if rest.isupper() and len(rest.replace(".", "")) > 3 else rest
    if suffix:
        shown += f" {titles.GENERATIONS_SHOWN[suffix]}"
    if len(words) == 1:
        # By a surname alone nobody is told from others: the title is all there is to tell them apart.
        title = _cased(stripped.last) if stripped.last and rest.isupper() else stripped.last
        shown = f"{title} {shown}" if title else shown
    return Label(shown, words, stripped.gender, stripped.title, suffix, folded)


def _words(found: list[str], *, split: bool) -> tuple[Word, ...]:
    words: list[Word] = []
    for place, text in enumerate(found):
        bare = text.rstrip(".")
        if bare.lower() in titles.PARTICLES and 0 < place < len(found) - 1:
            continue
        if split and _SEVERAL_INITIALS.match(bare) and not _VOWEL.search(bare) and bare not in ("NG", "MC"):
            words += (Word(letter.lower(), frozenset((letter.lower(),)), initial=True) for letter in bare)
            continue
        words.append(Word(plain(bare), readings(bare), initial=len(bare) == 1))
    return tuple(words)


def _in_order(text: str) -> str:
    """The given name first: "Aliyev, Ilham" is Ilham Aliyev; what else stands behind a comma is no part of a name."""
    before, comma, behind = text.partition(",")
    if not comma:
        return text
    behind = behind.strip()
    is_given = behind and not titles.is_no_name(titles.without_titles(behind).rest) and len(behind.split()) <= 3
    # "Amy Goodman, Host" is no Host Amy Goodman: what stands before is one word, a surname, or one with a particle.
    *particles, _ = before.split() or [""]
    if is_given and all(word.casefold() in _SURNAME_PARTICLES for word in particles):
        return f"{behind} {before}"
    return before


def _cased(text: str) -> str:
    """A name that stands in capitals, as it is usually written: DONALD TRUMP, MCCAIN, O'BRIEN."""
    words = []
    for word in text.lower().split(" "):
        parts = re.split(r"(?<=[-'’.])", word)
        cased = "".join(part[:1].upper() + part[1:] for part in parts)
        words.append("Mc" + cased[2].upper() + cased[3:] if re.match(r"Mc\w{3}", cased) else cased)
    return " ".join(words)
