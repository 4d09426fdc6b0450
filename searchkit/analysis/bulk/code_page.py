"""One byte for each character, and what each character is: the alphabet that a batch of texts is written in.

Speeches of one language use some hundred characters, so that a text becomes an array of bytes whose offsets are those
of its characters.  The classes are found by asking the pattern of words and `str`, never declared a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from searchkit.analysis.transliteration import is_beyond_latin
from searchkit.analysis.words import is_unspaced, word_pattern

__all__ = ["APOSTROPHE", "ASCII", "CodePage"]

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

APOSTROPHE = 0x27
"""The byte that stands for every apostrophe once a text is in small letters."""
ASCII = 128
"""Characters below it write themselves; none of them is a mark, or a word by itself."""
_SIZE = 256
_CODE_POINTS = 0x110000
_ZERO = "\0"
"""No text may hold it: a zero byte is what stands between words, and the code of a character that is not known."""
_MOST_UNSPACED = 48
"""Chinese characters that a page takes in: those of a few names; a text in Chinese would leave no room for others."""


class CodePage:
    """An alphabet of up to 256 characters: ASCII, and those of the texts that it was asked to hold."""

    def __init__(self) -> None:
        self._characters = [chr(code) for code in range(ASCII)]
        self._known = set(self._characters)
        self._codes = np.zeros(_CODE_POINTS, np.uint8)
        """Of each character; only those that texts have are ever touched."""
        self._codes[:ASCII] = np.arange(ASCII)
        self._word_bytes = bytearray(_SIZE)
        self.is_lower: Flags = np.zeros(_SIZE, bool)
        self.is_digit: Flags = np.zeros(_SIZE, bool)
        self.is_inner: Flags = np.zeros(_SIZE, bool)
        """Marks and joiners, which go on with a word but begin none."""
        self.is_unspaced: Flags = np.zeros(_SIZE, bool)
        """Letters that are words by themselves."""
        self.is_beyond: Flags = np.zeros(_SIZE, bool)
        """Letters beyond plain Latin ones."""
        for code, character in enumerate(self._characters):
            self._classify(code, character)

    def encode(self, texts: Sequence[str]) -> list[bytes | None]:
        """Which bytes write each text, one a character?  None where the page cannot take in its characters."""
        written: list[bytes | None] = [
            text.encode("ascii") if text.isascii() and _ZERO not in text else None for text in texts
        ]
        places = [place for place, found in enumerate(written) if found is None]
        others = [texts[place] for place in places]
        # All at once: a call of NumPy costs as much as 1,000 characters.
        joined = self._encoded("".join(others))
        bounds = pairwise(accumulate(map(len, others), initial=0))
        for place, text, (start, end) in zip(places, others, bounds, strict=True):
            found = joined[start:end]
            if 0 not in found:
                written[place] = found
            elif _ZERO not in text and self._takes_in(set(text) - self._known):
                written[place] = self._encoded(text)
        return written

    def _encoded(self, text: str) -> bytes:
        return self._codes.take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")).tobytes()

    def _takes_in(self, new: set[str]) -> bool:
        if len(self._characters) + len(new) > _SIZE:
            return False
        if int(self.is_unspaced.sum()) + sum(map(is_unspaced, new)) > _MOST_UNSPACED:
            return False
        for character in sorted(new):
            self._codes[ord(character)] = len(self._characters)
            self._classify(len(self._characters), character)
            self._characters.append(character)
        self._known |= new
        return True

    def decode(self, written: bytes) -> str:
        """Which text do these bytes write?"""
        return written.decode("ascii") if written.isascii() else "".join(map(self._characters.__getitem__, written))

    def words_only(self, written: bytes) -> bytes:
        """`written` with A-Z in small letters, every apostrophe as APOSTROPHE, and zero where no word can be."""
        return written.translate(self._word_bytes)

    def _classify(self, code: int, character: str) -> None:
        self.is_lower[code] = character.islower()
        self.is_digit[code] = character.isdigit()
        self.is_beyond[code] = is_beyond_latin(character)
        if word_pattern().fullmatch(character):
            self.is_unspaced[code] = is_unspaced(character)
            self._word_bytes[code] = ord(character.lower()) if code < ASCII else code
        elif word_pattern().fullmatch(f"a{character}"):
            self._word_bytes[code] = code
            self.is_inner[code] = True
        elif word_pattern().fullmatch(f"a{character}a"):
            self._word_bytes[code] = APOSTROPHE
