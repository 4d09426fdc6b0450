"""The names of people and places in Latin letters without marks: Şuşa and Шуша are Shusha.

Each letter has the romanisations that newspapers use, the usual one first (ICAO Doc 9303, BGN/PCGN 1947 and their
kin, as they stand in the names beside the entries).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from searchkit.analysis.folding import fold
from searchkit.analysis.words import words_in

__all__ = ["foreign_names", "is_beyond_latin", "names_among", "romanised"]

_BEYOND = re.compile("[^\x00-\xbf\u2000-\u2bff]")
"""A letter beyond plain Latin, rather than a typographic quotation mark or a dash."""
_SHORTEST_NAME = 4
"""Letters: Баку is a name, Он at the beginning of a sentence is not."""
_MOST_READINGS = 16
"""Of one name.  Longer products are of words that nobody romanises letter by letter."""

_LATIN = {
    "ş": ("sh",),  # Şuşa, Shusha
    "ș": ("sh",),  # Ploiești, with the comma below
    "ç": ("ch",),  # Çavuşoğlu, Chavushoghlu
    "ğ": ("gh", "g"),  # Qarabağ, Garabagh
    "ı": ("i", "y"),  # Xocalı, Khojaly
    "ə": ("a", "e"),  # Əliyev, Aliyev
    "ö": ("o", "oe"),  # Köln, Koeln
    "ü": ("u", "ue"),  # Müller, Mueller
    "ä": ("a", "ae"),  # Händel, Haendel
    "å": ("a", "aa"),  # Ålborg, Aalborg
    "ø": ("o", "oe"),  # Jørgensen, Joergensen
    "š": ("sh", "s"),  # Miloš, Milosh
    "č": ("ch", "c"),  # Vučić, Vuchich
    "ć": ("ch", "c"),
    "ž": ("zh", "z"),  # Žižek, Zhizhek
    "đ": ("dj", "d"),  # Đinđić, Djindjic
}
_AZERBAIJANI = {"c": ("j", "c"), "x": ("kh", "x"), "q": ("g", "q")}  # Xocalı, Khojaly; beside one of the letters below
_SIGNS_OF_AZERBAIJANI = frozenset("əışğç")
_CYRILLIC = {
    "а": ("a",), "б": ("b",), "в": ("v",), "г": ("g", "h"), "д": ("d",), "е": ("e", "ye"), "ё": ("e", "yo"),
    "ж": ("zh",), "з": ("z",), "и": ("i",), "й": ("y", "i"), "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",),
    "о": ("o",), "п": ("p",), "р": ("r",), "с": ("s",), "т": ("t",), "у": ("u",), "ф": ("f",), "х": ("kh", "h"),
    "ц": ("ts",), "ч": ("ch",), "ш": ("sh",), "щ": ("shch",), "ъ": ("",), "ы": ("y",), "ь": ("",), "э": ("e",),
    "ю": ("yu", "iu"), "я": ("ya", "ia"), "і": ("i",), "ї": ("yi", "i"), "є": ("ye", "ie"), "ґ": ("g",),
    "ј": ("j",), "љ": ("lj",), "њ": ("nj",), "ћ": ("c", "ch"), "ђ": ("dj",), "џ": ("dz",), "ә": ("a",), "ө": ("o",),
    "ү": ("u",), "ғ": ("gh",), "һ": ("h",), "қ": ("q", "k"), "ҹ": ("j",), "ң": ("ng", "n"), "ұ": ("u",),
}  # fmt: skip
_ARMENIAN = {
    "ու": ("u",), "ա": ("a",), "բ": ("b",), "գ": ("g",), "դ": ("d",), "ե": ("e", "ye"), "զ": ("z",), "է": ("e",),
    "ը": ("y",), "թ": ("t",), "ժ": ("zh",), "ի": ("i",), "լ": ("l",), "խ": ("kh",), "ծ": ("ts",), "կ": ("k",),
    "հ": ("h",), "ձ": ("dz",), "ղ": ("gh",), "ճ": ("ch",), "մ": ("m",), "յ": ("y", "h"), "ն": ("n",), "շ": ("sh",),
    "ո": ("o", "vo"), "չ": ("ch",), "պ": ("p",), "ջ": ("j",), "ռ": ("r",), "ս": ("s",), "վ": ("v",), "տ": ("t",),
    "ր": ("r",), "ց": ("ts",), "փ": ("p",), "ք": ("k",), "օ": ("o",), "ֆ": ("f",), "և": ("ev",),
}  # fmt: skip
_LETTERS = _LATIN | _CYRILLIC | _ARMENIAN
_ENDINGS = {
    "ский": ("sky", "skiy", "skyy", "ski"),  # Зеленский, Zelensky
    "ський": ("sky", "skyi", "skyy"),  # Зеленський, Zelenskyy
    "ий": ("y", "iy", "i"),  # Дмитрий, Dmitry
    "ый": ("y", "yy"),
}


def foreign_names(text: str) -> tuple[str, ...]:
    """Which words of `text` may be names in other letters than plain Latin ones?  As they are written, each once.

    They begin with a capital and have letters enough to be no other word by chance.
    """
    if text.isascii() or not is_beyond_latin(text):
        return ()
    return names_among({match.group() for match in words_in(text)})


def is_beyond_latin(text: str) -> bool:
    """Does `text` hold a letter beyond plain Latin?"""
    return _BEYOND.search(text) is not None


def names_among(words: Iterable[str]) -> tuple[str, ...]:
    """Which of `words` may be names in other letters than plain Latin ones?"""
    names = (word for word in words if len(word) >= _SHORTEST_NAME and not word.isascii() and word[0].isupper())
    return tuple(sorted(filter(romanised, names)))


@lru_cache(maxsize=1 << 14)
def romanised(word: str) -> tuple[str, ...]:
    """How is the name `word` written in plain Latin letters?  Folded, the usual way first.

    Empty where no letter of it has a romanisation of its own: Erdogan, and Orbán, whose marks are folded anyway.
    """
    small = unicodedata.normalize("NFC", word.replace("İ", "i").lower())
    if small.isascii() or not any(letter in _LETTERS for letter in small):
        return ()
    stem = small
    ending: tuple[str, ...] = ("",)
    for written, read in _ENDINGS.items():
        if small.endswith(written):
            stem, ending = small.removesuffix(written), read
            break
    letters = _LETTERS | _AZERBAIJANI if _SIGNS_OF_AZERBAIJANI & set(small) else _LETTERS
    readings = [letters.get(letter, (letter,)) for letter in _letters(stem)]
    spelled = ("".join(parts) for parts in itertools.product(*readings, ending))
    found = dict.fromkeys(fold(one) for one in itertools.islice(spelled, _MOST_READINGS))
    return tuple(one for one in found if one.isascii() and one and one != fold(word))


def _letters(word: str) -> list[str]:
    """The letters of `word`; two that are read as one count as one."""
    letters: list[str] = []
    for letter in word:
        if letters and letters[-1] + letter in _LETTERS:
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters
