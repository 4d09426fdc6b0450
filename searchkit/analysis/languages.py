"""In which language is a text written?  Told by its script, then by its commonest little words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from searchkit.analysis.folding import fold
from searchkit.analysis.stemming import DEFAULT_LANGUAGE
from searchkit.analysis.words import first_words

__all__ = [
    "has_own_script",
    "identify_language",
    "is_function_word",
    "languages_of_word",
]

_MOST_WORDS = 400
"""Words looked at: function words are a third of any text, so that a few hundred settle it."""
_LEAST_LEAD = 1.3
"""How many times the little words of the second language the first must have; less is no answer."""
_LEAST_LITTLE = 0.04
"""Of the words looked at, how many must be little words of the language."""

_SCRIPTS = (
    # A letter that only this language, among those that write speeches by the thousand, uses.
    ("\u3041-\u30ff", "ja"),
    ("\uac00-\ud7a3", "ko"),
    ("\u4e00-\u9fff", "zh"),
    ("\u0e00-\u0e7f", "th"),
    ("\u0370-\u03ff", "el"),
    ("\u0590-\u05ff", "he"),
    ("\u10a0-\u10ff", "ka"),
    ("\u0530-\u058f", "hy"),
    ("\u0900-\u097f", "hi"),
)
_ANY_SCRIPT = "".join(script for script, _ in _SCRIPTS)
_LEAST_SHARE = 0.3
"""Of the letters looked at, how many must be of the script: a name in Chinese does not make a text Chinese."""

_LITTLE_WORDS = {
    # the commonest function words, folded; words that two neighbours share weigh for both
    "en": "the of and to in that is for it with as was on are this be have by we not from which they were "
    "i you he will would can has been their there all an or if so but do",
    "fr": "le la les des et du une est que dans pour qui sur pas nous avec ce par au plus vous sont cette",
    "de": "der die und das den von mit ist des nicht sich auf fur ein eine dem wir dass auch im zu sie",
    "es": "el la los las del y que en una por con para es se no lo como mas su al pero sus este",
    "it": "il di che la e per un una non sono del con si della le nel dei come piu anche gli alla",
    "pt": "o os do da que em um uma para com nao por se dos das na no mais como ao foi sao",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er ook wij om door deze",
    "sv": "och att det som en ar pa for av med den till har inte vi om ett jag de ska",
    "no": "og det at som en er pa for av med til har ikke vi om et jeg de skal fra",
    "da": "og det at som en er pa for af med til har ikke vi om et jeg de skal fra",
    "fi": "ja on ei se etta oli han mutta ovat kuin myos joka niin olen meidan taman",
    "pl": "w z na nie sie jest ze jak ale po przez tym oraz dla ktore tego czy byl",
    "cs": "v na se je ze jako ale by pro jsem jsou ktere take jsme aby bude neni",
    "ro": "si in de la cu pe nu o sa este din care pentru ca mai un fi sunt prin au",
    "hu": "az es hogy nem egy ez meg volt csak van kell azt lehet mint ki",
    "tr": "ve bir bu icin ile de da cok olarak daha gibi olan ne var kadar en biz ancak degil",
    "az": "va bir bu ucun ila da olan olaraq daha kimi cox bizim edib haqqinda az o deyil ki",
    "id": "dan yang di untuk dengan ini dari itu pada tidak adalah dalam akan kita kami oleh juga",
    "ru": "и в не на что с он как это по но из у за от для мы так же который",
    "uk": "і в не на що з як це до та від для ми але його та які або також є",
    "bg": "и на да се от за не в е с че по са но като това ще до си ни",
    "sr": "и је у да се на за од не су са као што али смо то које",
    "ar": "في من على أن إلى التي الذي هذا عن مع هذه لا ما كان بين قد كما ذلك",
    "fa": "و در به از که این را با است برای آن یک ما می تا شود هم بر",
}


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Little word -> the languages that have it.  Put together when it is first needed: a query may never need it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _LITTLE_WORDS.items():
        for word in {fold(word) for word in words.split()}:
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _letters_of(script: str) -> re.Pattern[str]:
    return re.compile(f"[{script}]")


def identify_language(text: str) -> str | None:
    """Which language (ISO 639-1) is `text` written in?  None where the text is too short or two are as likely."""
    words = first_words(text, _MOST_WORDS)
    if not words:
        return None
    letters = "".join(words)
    if has_own_script(letters):
        for script, language in _SCRIPTS:
            if len(_letters_of(script).findall(letters)) >= _LEAST_SHARE * len(letters):
                return language
    counts: dict[str, int] = {}
    little_words = _languages_of()
    for form in _folded(words, letters):
        if form in little_words:
            for language in little_words[form]:
                counts[language] = counts.get(language, 0) + 1
    second, most = sorted((0, 0, *counts.values()))[-2:]
    if not most or most < _LEAST_LEAD * second or most < _LEAST_LITTLE * len(words):
        return None
    return max(counts, key=counts.__getitem__)


def _folded(words: list[str], letters: str) -> Iterable[str]:
    """Each of `words`, whose letters are `letters`, folded."""
    if not letters.isascii():
        return map(fold, words)
    # Folding ASCII is making small letters, but for a final 's: once for the text instead of once a word.
    small = " ".join(words).lower().split(" ")
    return [fold(form) if "'" in form else form for form in small] if "'" in letters else small


def has_own_script(text: str) -> bool:
    """Does `text` hold a letter that by itself tells the language?"""
    return not text.isascii() and _letters_of(_ANY_SCRIPT).search(text) is not None


def languages_of_word(form: str) -> tuple[str, ...]:
    """Of which languages is the folded word `form` one of the commonest little words?"""
    return _languages_of().get(form, ())


def is_function_word(form: str, language: str | None) -> bool:
    """Is the folded word `form` a little word of `language` (English if unknown), telling nothing by itself?"""
    return (language or DEFAULT_LANGUAGE) in languages_of_word(form)
