"""The stem behind a word form, by the Snowball stemmer of the speech's language.

A stem is kept with its language ("en:declar"): the French stem of "notes" is "not", and must not find the
English word "not".  A language without a Snowball stemmer is searched by its literal forms.
Algorithms: M. F. Porter, Snowball, https://snowballstem.org (through PyStemmer).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

__all__ = ["DEFAULT_LANGUAGE", "stem_language", "stem_term", "stem_terms"]

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_SAME_STEMMER = {"nb": "no", "nn": "no"}

DEFAULT_LANGUAGE = "en"
"""The stemmer for a text whose language nobody knows: a heading of four words, a list of names."""


class _Stemmer(Protocol):
    def stemWords(self, words: Sequence[str]) -> list[str]: ...  # noqa: N802 - PyStemmer's name


# A PyStemmer object keeps state between calls, and searchers run in several threads.
_lock = threading.Lock()
_stemmers: dict[str, _Stemmer] = {}


def stem_language(language: str | None) -> str:
    """Which stemmer serves a speech in `language` (ISO 639-1)?  "" if there is none: literal forms serve."""
    if language is None:
        return DEFAULT_LANGUAGE
    language = _SAME_STEMMER.get(language, language)
    return language if language in _ALGORITHMS else ""


@lru_cache(maxsize=1 << 17)
def stem_term(form: str, language: str | None) -> str:
    """Under which term do the `stems` of an index hold the folded word `form` of a speech in `language`?"""
    return stem_terms((form,), stem_language(language))[0]


def stem_terms(forms: Sequence[str], stemmer_language: str) -> list[str]:
    """The same for many words at once; `stemmer_language` is what `stem_language` says."""
    if not stemmer_language:
        return list(forms)
    with _lock:
        stemmer = _stemmers.get(stemmer_language)
        if stemmer is None:
            import Stemmer

            stemmer = _stemmers[stemmer_language] = Stemmer.Stemmer(_ALGORITHMS[stemmer_language])
        stems = stemmer.stemWords(forms)
    return [f"{stemmer_language}:{stem}" for stem in stems]
