"""One byte for each character, and what each character is: the alphabet that a batch of texts is written in.

Speeches of one language use some hundred characters, so that a text becomes an array of bytes whose offsets are those
of its characters.  The classes are found by asking the pattern of words and `str`, never declared a second time.
"""

from __future__ import annotations

import codecs
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.analysis.transliteration import is_beyond_latin
from searchkit.analysis.words import is_unspaced, word_pattern

__all__ = ["APOSTROPHE", "CodePage"]

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

APOSTROPHE = 0x27
"""The byte that stands for every apostrophe once a text is in small letters."""
_ASCII = 128
_SIZE = 256
_ZERO = "\0"
"""No text may hold it: a zero byte is what stands between words."""
_NOTHING = "\ufffe"
"""What Python's charmaps have in the place of a byte that writes nothing."""
_MOST_UNSPACED = 48
"""Chinese characters that a page takes in: those of a few names; a text in Chinese would leave no room for others."""


class CodePage:
    """An alphabet of up to 256 characters: ASCII, and those of the texts that it was asked to hold."""

    def __init__(self) -> None:
        self._characters = [chr(code) for code in range(_ASCII)]
        self._known = set(self._characters)
        self._encoding: Any = codecs.charmap_build("".join(self._characters).ljust(_SIZE, _NOTHING))
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

    def encode(self, text: str) -> bytes | None:
        """Which bytes write `text`, one a character?  None if the page cannot take in its characters."""
        if text.isascii():
            return text.encode("ascii") if _ZERO not in text else None
        if _ZERO in text or _NOTHING in text:
            return None
        try:
            return codecs.charmap_encode(text, "strict", self._encoding)[0]
        except UnicodeEncodeError:
            return self.encode(text) if self._takes_in(set(text) - self._known) else None

    def _takes_in(self, new: set[str]) -> bool:
        if len(self._characters) + len(new) > _SIZE:
            return False
        if int(self.is_unspaced.sum()) + sum(map(is_unspaced, new)) > _MOST_UNSPACED:
            return False
        for character in sorted(new):
            self._classify(len(self._characters), character)
            self._characters.append(character)
        self._known |= new
        self._encoding = codecs.charmap_build("".join(self._characters).ljust(_SIZE, _NOTHING))
        return True

    def decode(self, written: bytes) -> str:
        """Which text do these bytes write?"""
        return written.decode("ascii") if written.isascii() else "".join(map(self._characters.__getitem__, written))

    def places_of(self, flags: Flags, written: bytes) -> Integers:
        """Where in `written` stand characters that have the flag `flags` (one of the page's)?"""
        codes = np.flatnonzero(flags).tolist()
        if not any(code in written for code in codes):
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.frombuffer(written.translate(flags.tobytes()), np.uint8))

    def words_only(self, written: bytes) -> bytes:
        """`written` with A-Z in small letters, every apostrophe as APOSTROPHE, and zero where no word can be."""
        return written.translate(self._word_bytes)

    def _classify(self, code: int, character: str) -> None:
        self.is_lower[code] = character.islower()
        self.is_digit[code] = character.isdigit()
        self.is_beyond[code] = is_beyond_latin(character)
        if word_pattern().fullmatch(character):
            self.is_unspaced[code] = is_unspaced(character)
            self._word_bytes[code] = ord(character.lower()) if code < _ASCII else code
        elif word_pattern().fullmatch(f"a{character}"):
            self._word_bytes[code] = code
            self.is_inner[code] = True
        elif word_pattern().fullmatch(f"a{character}a"):
            self._word_bytes[code] = APOSTROPHE
