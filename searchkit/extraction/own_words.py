"""Does a text hold somebody's own words, an address or a statement, or does it report about others?"""

from __future__ import annotations

import re

from searchkit.extraction.quotations import quotations

__all__ = ["ADDRESS", "FIRST_PERSON", "first_person_share", "greets", "in_first_person"]

_FIRST_PERSON = {
    "en": "i we my our me us mine ours myself ourselves",
    "de": "ich wir uns unser unsere unserer unserem unseren mein meine mir mich",
    "fr": "je nous notre nos mon ma mes moi j",
    "es": "yo nosotros nuestro nuestra nuestros nuestras mi mis me nos",
    "it": "io noi nostro nostra nostri nostre mio mia mi ci",
    "pt": "eu nos nosso nossa nossos nossas meu minha me",
    "ru": "я мы наш наша наше наши нас нам мне меня мой моя",
    "uk": "я ми наш наша наше наші нас нам мені мене",
    "tr": "ben biz bizim benim bize bizi bana",
    "az": "mən biz bizim mənim bizə bizi mənə",
}
FIRST_PERSON = 0.02
"""Of the words: 1,296 addresses of governors have 0.04 and more, news reports without their quotes under 0.01."""
ADDRESS = 0.035
"""The same, throughout: the text speaks to somebody."""
_SAMPLE = 8_000
_FORMS = {
    language: re.compile(rf"\b(?:{'|'.join(forms.split())})\b", re.IGNORECASE)
    for language, forms in _FIRST_PERSON.items()
}
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


def first_person_share(text: str, language: str | None) -> float:
    """How many of the words that `text` says itself, not in quotations, are I and we?  English ones if in doubt."""
    sample = text[:_SAMPLE]
    own, position = [], 0
    for quotation in quotations(sample):
        own.append(sample[position : quotation.start])
        position = quotation.end
    own.append(sample[position:])
    words = " ".join(own)
    spoken = _FORMS.get(language or "en", _FORMS["en"]).findall(words)
    return sum(form not in _STATES for form in spoken) / max(1, len(words.split()))


def in_first_person(text: str, language: str | None) -> bool:
    """Does the text say I and we in its own words?"""
    return first_person_share(text, language) > FIRST_PERSON


def greets(text: str) -> bool:
    """Does the text address an audience where it begins?"""
    return _GREETING.search(text[:_GREETS_WITHIN]) is not None
