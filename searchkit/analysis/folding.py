"""The form under which a word is compared: without case, without diacritics, without a final 's.

Erdoğan = Erdogan, Şuşa = Susa, Əliyev = Aliyev, Straße = strasse, Biden's = Biden.  Only Latin and Greek letters
lose their marks: й is a letter of its own, not an и with an ornament.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from searchkit.analysis.words import APOSTROPHES, INVISIBLE

__all__ = ["fold", "unmarked"]

_LETTERS = str.maketrans(
    {
        # letters that Unicode does not decompose, each with a name that needs it
        "ə": "a",  # Əliyev
        "ǝ": "a",  # Ǝliyev, the look-alike some keyboards give
        "ı": "i",  # Yıldırım
        "ł": "l",  # Wałęsa
        "ø": "o",  # Jørgensen
        "đ": "d",  # Đinđić
        "ð": "d",  # Guðni
        "þ": "th",  # Þór
        "æ": "ae",  # Ærø
        "œ": "oe",  # Cœur
        "ħ": "h",  # Ħaż-Żebbuġ
        "ŧ": "t",  # Máŧŧá
        "ŋ": "n",  # Baŋki
        "ß": "ss",  # Straße
    }
)
_LETTERS_OF_BOTH_SIZES = _LETTERS | {
    ord(chr(small).upper()): latin.upper() for small, latin in _LETTERS.items() if len(chr(small).upper()) == 1
}
_DROPPED = dict.fromkeys(map(ord, INVISIBLE))
_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES), "'")

_S_IS_A_WORD = frozenset(
    ("it's", "that's", "he's", "she's", "what's", "there's", "let's", "here's", "who's"),
)
"""Where 's is "is" or "us", not a possessive."""


@lru_cache(maxsize=4096)
def _loses_marks(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN ", "GREEK "))


def _without_marks(text: str) -> str:
    kept: list[str] = []
    base_loses = False
    for char in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(char):
            base_loses = _loses_marks(char)
            kept.append(char)
        elif not base_loses:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Under which form is `word` (one word, as `words_in` finds it) compared?

    Fold is idempotent: fold(fold(w)) == fold(w), so a folded form typed as a query finds itself.
    """
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFKC", word.translate(_DROPPED)).casefold()
        folded = _without_marks(folded).translate(_LETTERS).translate(_APOSTROPHES)
    folded = folded.strip("'")
    if folded.endswith("'s") and folded not in _S_IS_A_WORD:
        folded = folded[:-2].rstrip("'")
    return folded


def unmarked(word: str) -> str:
    """Under which form is `word` compared if its capitals are kept, and whatever it ends with?"""
    if word.isascii():
        return word
    form = unicodedata.normalize("NFKC", word.translate(_DROPPED))
    return _without_marks(form).translate(_LETTERS_OF_BOTH_SIZES).translate(_APOSTROPHES)
