"""How the same word of a name is spelled in several scripts and languages: Aliyev, Əliyev, Алиев; Erdoğan, Erdogan.

A word has one `plain` form, without case and marks, and `readings`: the forms that others may give it.  Only letters
that are foreign to plain Latin have several readings; two words in plain Latin letters are never one because they sound
alike (Andersen and Anderson are two people).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

from searchkit.analysis import fold_value

__all__ = ["plain", "readings"]

_READ = {
    # letter -> how it is written in plain Latin; the most usual first.  Each line with a name that needs it
    "ə": ("a", "e"),  # Əliyev, Heydər
    "ş": ("s", "sh"),  # Şahin, Şuşa
    "ç": ("c", "ch"),  # Çavuşoğlu
    "ğ": ("g", "gh"),  # Erdoğan, Ağayev
    "ö": ("o", "oe"),  # Schröder
    "ü": ("u", "ue"),  # Müller
    "ä": ("a", "ae"),  # Mäkinen
    "å": ("a", "aa"),  # Håkansson
    "ø": ("o", "oe"),  # Jørgensen
    "š": ("s", "sh"),  # Šefčovič
    "č": ("c", "ch"),  # Plenković, Šefčovič
    "ć": ("c", "ch"),  # Vučić
    "ž": ("z", "zh"),  # Žukov
    "đ": ("d", "dj"),  # Đinđić
    "а": ("a",), "б": ("b",), "в": ("v",), "г": ("g", "h"), "ґ": ("g",), "д": ("d",), "е": ("e", "ye"),
    "ё": ("e", "yo"),  # Горбачёв
    "є": ("ye", "e", "ie"), "ж": ("zh", "j"), "з": ("z",), "и": ("i", "y"), "і": ("i", "y"), "ї": ("yi", "i"),
    "й": ("y", "i", ""),  # Сергей, Зеленский
    "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "о": ("o",), "п": ("p",), "р": ("r",), "с": ("s",),
    "т": ("t",), "у": ("u",), "ф": ("f",),
    "х": ("kh", "h"),  # Ильхам, Хрущёв
    "ц": ("ts", "c"), "ч": ("ch",), "ш": ("sh",), "щ": ("shch", "sch"), "ъ": ("",), "ы": ("y", "i"), "ь": ("",),
    "э": ("e",),  # Эрдоган
    "ю": ("yu", "iu"), "я": ("ya", "ia"),  # Пашинян
    "дж": ("j", "dzh"),  # Джейхун
    "кс": ("x", "ks"),  # Александр
    "α": ("a",), "β": ("v",), "γ": ("g",), "δ": ("d",), "ε": ("e",), "ζ": ("z",), "η": ("i",), "θ": ("th",),
    "ι": ("i",), "κ": ("k",), "λ": ("l",), "μ": ("m",), "ν": ("n",), "ξ": ("x",), "ο": ("o",), "π": ("p",),
    "ρ": ("r",), "σ": ("s",), "ς": ("s",), "τ": ("t",), "υ": ("y", "i"), "φ": ("f", "ph"), "χ": ("ch", "h"),
    "ψ": ("ps",), "ω": ("o",),
    "ου": ("ou",), "μπ": ("b", "mp"), "τσ": ("ts",), "ει": ("ei",), "αι": ("ai",),  # Τσίπρας
}  # fmt: skip
_MOST_READINGS = 64
_LETTER = re.compile("|".join(sorted(map(re.escape, _READ), key=len, reverse=True)) + "|.", re.DOTALL)

_ENDINGS = (
    # endings of surnames that are written in several ways in Latin letters too -> one of them
    (re.compile(r"(?<=[a-z]{2})(?:iye|iie|ie|ye)v(a?)$"), r"ev\1"),  # Aliyev, Aliev
    (re.compile(r"(?<=[a-z]{2})sk(?:iy|ii|yy|yi|ij|y|i)$"), "ski"),  # Zelensky, Zelenskyy, Zelenskiy
    (re.compile(r"(?<=[a-z]{2}n)(?:ia|ya)n$"), "yan"),  # Pashinyan, Pashinian
)
_NAMES = {
    # given names of one origin -> one of their spellings, where the forms are a matter of language alone
    **dict.fromkeys(("muhammad", "mohammad", "mohammed", "muhamad", "mohamad", "muhammed", "mohd", "muhd"), "mohamed"),
    **dict.fromkeys(("sergey", "serhiy", "serhii", "sergej"), "sergei"),
    **dict.fromkeys(("aleksandr", "alexandr", "oleksandr", "aliaksandr"), "alexander"),
    **dict.fromkeys(("aleksey", "alexey", "aleksei", "oleksiy", "oleksii"), "alexei"),
    **dict.fromkeys(("dmitri", "dmitriy", "dmitrii", "dmytro"), "dmitry"),
    **dict.fromkeys(("yuriy", "yurii", "iuri"), "yuri"),
    **dict.fromkeys(("nikolay", "nikolaj", "mykola"), "nikolai"),
    **dict.fromkeys(("volodymyr", "wladimir", "uladzimir"), "vladimir"),
    **dict.fromkeys(("andriy", "andrii", "andrej", "andrey"), "andrei"),
    **dict.fromkeys(("ilkham", "ilxam"), "ilham"),
    **dict.fromkeys(("geydar", "haydar", "gejdar"), "heydar"),
    **dict.fromkeys(("ceyhun", "dzheyhun", "dzheikhun"), "jeyhun"),
    **dict.fromkeys(("mikhailo", "mykhailo", "mihail", "mikhael"), "mikhail"),
}


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Under which one form is `word` of a name compared: without case, marks, and other scripts?"""
    return _readings(word)[0]


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> frozenset[str]:
    """Which forms may `word` of a name have in plain Latin letters?  Always more than none, `plain` among them."""
    return frozenset(_readings(word))


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> tuple[str, ...]:
    letters = _LETTER.findall(unicodedata.normalize("NFC", word.casefold().replace("i̇", "i")))
    choices: list[tuple[str, ...]] = [_READ.get(letter) or _READ.get(_bare(letter), (letter,)) for letter in letters]
    found: dict[str, None] = {}
    for spelled in itertools.islice(itertools.product(*choices), _MOST_READINGS):
        found.setdefault(_usual(fold_value("".join(spelled)).replace(" ", "")))
    return tuple(found)


def _bare(letter: str) -> str:
    """The letter without its accent: ί is ι."""
    return unicodedata.normalize("NFD", letter)[0]


def _usual(word: str) -> str:
    for pattern, ending in _ENDINGS:
        word, times = pattern.subn(ending, word)
        if times:
            break
    return _NAMES.get(word, word)
