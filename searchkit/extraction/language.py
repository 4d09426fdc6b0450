"""In which language is a text?  English by its little words, every other language by py3langid, in doubt as declared.

Most pages are English and known as such in microseconds; the detector is loaded when the first other text comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from searchkit import config
from searchkit.analysis import identify_language
from searchkit.extraction.english import ENGLISH_SHARE, are_plainly_english, is_plainly_english

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["language_of", "languages_of"]

_FAST = frozenset(("en", "ja", "ko", "zh", "th", "el", "he", "ka", "hy"))
"""Languages that their little words or their script settle: of 47 languages' sentences none else is taken for one."""
_ENGLISH = re.compile(r"\b(?:the|of|and|to|that|this|with|for|was|were)\b")
_SAMPLE = 2_000
"""Characters looked at: 1 ms; longer texts are known no better."""
_LEAST_LETTERS = 20
"""Of shorter texts ("Zagreb 2024") a detector only guesses."""
_LEAST_SURE = 0.8
"""Less than that are neighbours, Croatian and Bosnian, Malay and Indonesian, in a single sentence."""
_CODE = re.compile(r"[A-Za-z]{2}(?=[-_]|\Z)")


def language_of(text: str, declared: str | None = None) -> str | None:
    """In which language (ISO 639-1) is `text`?  What its words show, else `declared`, a tag such as "en-GB"."""
    sample = text[:_SAMPLE]
    return "en" if is_plainly_english(sample) else _language_of(sample, declared)


def languages_of(texts: Iterable[str]) -> list[str | None]:
    """The same of each of several, of which nothing is declared."""
    samples = [text[:_SAMPLE] for text in texts]
    plain = are_plainly_english(samples)
    return ["en" if english else _language_of(sample, None) for sample, english in zip(samples, plain, strict=True)]


def _language_of(sample: str, declared: str | None) -> str | None:
    """What is said of a sample that is not plainly English?"""
    found = identify_language(sample)
    if found != "en" and len(_ENGLISH.findall(sample)) > ENGLISH_SHARE * sample.count(" "):
        return "en"
    if found in _FAST:
        return found
    detected = _detected(sample) if sum(map(str.isalpha, sample)) >= _LEAST_LETTERS else None
    code = _CODE.match(declared or "")
    return detected or found or (code[0].lower() if code else None)


@lru_cache(256)
def _detected(sample: str) -> str | None:
    """What the detector says, if it is sure."""
    language, probability = _identifier().classify(sample)
    return language if probability >= _LEAST_SURE else None


@cache
def _identifier() -> LanguageIdentifier:
    from searchkit.extraction.detector import detector

    return detector(config.cache_folder())
