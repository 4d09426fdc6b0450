"""Does a text hold somebody's own words, an address or a statement, or does it report about others?"""

from __future__ import annotations

import re

from searchkit.analysis import fold
from searchkit.extraction.quotations import quotations

__all__ = ["greets", "in_first_person", "is_address"]

_FIRST_PERSON = {
    # folded, as they stand alone
    "en": "i we my our me us mine ours myself ourselves",
    "de": "ich wir uns unser unsere unserer unserem unseren mein meine mir mich",
    "fr": "je nous notre nos mon ma mes moi j",
    "es": "yo nosotros nuestro nuestra nuestros nuestras mi mis me nos",
    "it": "io noi nostro nostra nostri nostre mio mia mi ci",
    "pt": "eu nos nosso nossa nossos nossas meu minha me",
    "ru": "я мы наш наша наше наши нас нам мне меня мой моя",
    "uk": "я ми наш наша наше наші нас нам мені мене",
    "tr": "ben biz bizim benim bize bizi bana",
    "az": "men biz bizim menim bize bizi mene",
}
_SHARE = 0.02
"""Of the words: 1,296 addresses of governors have 0.04 and more, news reports without their quotes under 0.01."""
_ADDRESS_SHARE = 0.035
_SAMPLE = 8_000
_STATES = frozenset(("US", "UK"))
"""Not us."""
_GREETING = re.compile(
    r"\b(?:ladies and gentlemen|thank you|dear (?:friends|colleagues|compatriots|guests|participants|citizens)|"
    r"(?:my )?fellow (?:citizens|countrymen|americans|members)|excellenc(?:y|ies)|your (?:majesty|highness|honou?r)|"
    r"(?:mr|madam|mister)\.? (?:speaker|president|chair\w*|secretary|prime|vice)|distinguished|"
    r"good (?:morning|afternoon|evening)|meine damen und herren|sehr geehrte|liebe|mesdames|messieurs|chers|"
    r"señoras|señores|queridos|signore|signori|дорогие|уважаемые|друзья|saygıdeğer|değerli|hörmətli|əziz)\b",
    re.IGNORECASE,
)
_GREETS_WITHIN = 800


def in_first_person(text: str, language: str | None) -> bool:
    """Does the text say I and we in its own words, not only in quotations?  English words if `language` is unknown."""
    return _share(text[:_SAMPLE], language) > _SHARE


def is_address(text: str, language: str | None) -> bool:
    """Does the text speak to an audience: by its greeting, or by saying I and we throughout?"""
    return greets(text) or _share(text[:_SAMPLE], language) > _ADDRESS_SHARE


def _share(sample: str, language: str | None) -> float:
    own, position = [], 0
    for quotation in quotations(sample):
        own.append(sample[position : quotation.start])
        position = quotation.end
    own.append(sample[position:])
    forms = frozenset(_FIRST_PERSON.get(language or "en", _FIRST_PERSON["en"]).split())
    words = [word for word in re.findall(r"[^\W\d_]+", " ".join(own)) if word not in _STATES]
    return sum(fold(word) in forms for word in words) / max(1, len(words))


def greets(text: str) -> bool:
    """Does the text address an audience where it begins?"""
    return _GREETING.search(text[:_GREETS_WITHIN]) is not None
