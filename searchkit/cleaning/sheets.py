"""Text that was set in sheets: what stands at the head or the foot of most of them is chrome, and paragraphs go on.

A text with form feeds goes in, one without comes out, and the lines that were cut.  Words that were parted at the end
of a line are joined.
"""

from __future__ import annotations

import re
from collections import Counter

from searchkit.cleaning.blocks import Cut, blocks_of_text, squeezed

__all__ = ["RULE", "joined_sheets", "unhyphenated"]

RULE = "head or foot of a sheet"
_EDGE = 3
"""Lines at the head, and at the foot, among which running titles and numbers stand."""
_FEWEST_SHEETS = 3
_RECURRING = 0.5
"""Share of the sheets on which a line stands, its numbers aside, that is no part of the text."""
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_ONLY_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|sayfa|səh\.?|стр\.?|página|صفحة)\W*)?\d{1,4}(?:\W*(?:of|/|von|из|de)\W*\d{1,4})?\W*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;\u2026\u201d\u2019\"')\]]\Z")
_PARTED = re.compile(r"([^\W\d_]+)[-\u2010]\n([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def joined_sheets(text: str) -> tuple[str, list[Cut]]:
    """What does a text in sheets say without their heads and feet, and which lines were those?"""
    sheets = [[squeezed(line) for line in sheet.split("\n")] for sheet in text.split("\f")]
    if len(sheets) < _FEWEST_SHEETS:
        return text, []
    common = _common(sheets)
    cuts: list[Cut] = []
    pieces: list[str] = []
    block = 0
    for sheet in sheets:
        kept: list[str] = []
        edges = _edges(sheet)
        for place, line in enumerate(sheet):
            if place in edges and (_ONLY_NUMBER.fullmatch(line) or _shape(line) in common):
                cuts.append(Cut(line, RULE, block))
            else:
                kept.append(line)
        body = "\n".join(kept).strip("\n")
        if body:
            seam = _seam(pieces)
            pieces.append(seam + body)
            block += len(blocks_of_text(body)) - (seam == "\n")
    return "".join(pieces), cuts


def unhyphenated(text: str) -> str:
    """`text` with the words joined that are parted at the ends of its lines.

    "minis-" and "ter" are one word; the hyphen of "cease-" and "fire" stays if the text writes it so elsewhere, or
    knows both as words of their own and not the one that they would make.
    """
    if not _PARTED.search(text):
        return text
    words = frozenset(word.casefold() for word in _WORD.findall(_PARTED.sub(" ", text)))

    def joined(match: re.Match[str]) -> str:
        first, second = match[1].casefold(), match[2].casefold()
        is_name = match[2][0].isupper() and not match[1].isupper()
        is_compound = f"{first}-{second}" in words or {first, second} <= words
        keeps_hyphen = is_name or (is_compound and first + second not in words)
        return f"{match[1]}{'-' if keeps_hyphen else ''}{match[2]}"

    return _PARTED.sub(joined, text)


def _edges(sheet: list[str]) -> set[int]:
    """The places of the first and last lines of a sheet that are not empty."""
    filled = [place for place, line in enumerate(sheet) if line]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _common(sheets: list[list[str]]) -> frozenset[str]:
    count = Counter(shape for sheet in sheets for shape in {_shape(sheet[place]) for place in _edges(sheet)})
    least = max(_FEWEST_SHEETS, _RECURRING * len(sheets))
    return frozenset(shape for shape, number in count.items() if number >= least)


def _shape(line: str) -> str:
    return _NUMBER.sub("0", line.casefold())


def _seam(before: list[str]) -> str:
    """What stands between two sheets: nothing but a line's end where the paragraph goes on."""
    if not before:
        return ""
    return "\n\n" if _ENDS.search(before[-1]) else "\n"
