"""Text of a page as it may be shown: nothing in it can move a cursor, ring a bell or turn a line around.

Every replaced character becomes exactly one character, so that offsets into the text stay true.
"""

from __future__ import annotations

__all__ = ["visible"]

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SHOWN: dict[int, str | int] = {
    **{code: 0x2400 + code for code in range(0x20)},  # ESC [ 2 J would clear the screen: shown as ␛[2J
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),  # C1: U+009B is ESC [ in one character
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),  # lone surrogates cannot be encoded
    **dict.fromkeys((0x202D, 0x202E), _REPLACEMENT),  # forced direction: would show a text that is not there
    0x2028: ord("\n"),
    0x2029: ord("\n"),
    ord("\n"): ord("\n"),
    ord("\t"): ord(" "),
    ord("\r"): ord(" "),
}

_ONE_LINE = {**_SHOWN, ord("\n"): ord(" "), 0x2028: ord(" "), 0x2029: ord(" ")}


def visible(text: str, *, one_line: bool = False) -> str:
    """How can `text` be shown on a terminal?  With `one_line` a line break becomes a space."""
    return text.translate(_ONE_LINE if one_line else _SHOWN)
