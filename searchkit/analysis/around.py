"""The analysis of a text only around some words: what `analyze` says of them, without looking at all the others.

Words are searched for as letters, at the speed of a search for letters; each place where they may stand is then read
by the rules of `analyze`.  For texts whose letters are plain Latin ones: in others a word may be written in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from searchkit.analysis.analyzer import HYPHENS, Analysis, Intervals
from searchkit.analysis.folding import fold
from searchkit.analysis.notes import Interval
from searchkit.analysis.sentences import PARAGRAPH_GAP, gap_after
from searchkit.analysis.words import plain_words

__all__ = ["analyze_around", "words_around"]

_APART = 2 * PARAGRAPH_GAP
"""Positions between two places that are read by themselves: more than anything in a row may lie apart."""
_SIGNS = {
    "\u2019": "'",
    **dict.fromkeys("\u201c\u201d\u2013\u2014\u2018\u2026\u00a3\u00a0\u2022\u20ac\u00b0\u2212\ufffd", " "),
}
"""Signs in English texts that are no letters, and what does in their place: an apostrophe, or what separates.

The commonest first: a text of which all are replaced is not looked through for the others.
"""


def analyze_around(text: str, notes: Sequence[Interval], rows: Iterable[Sequence[str]]) -> Analysis | None:
    """Where do `rows` of words (folded; one, or several in a row) stand in `text`, whose stage notes are `notes`?

    Each token is as `analyze` has it, and positions tell of neighbours what they tell there, but they are counted anew
    at each place; what stands nowhere near is left out.  None where only reading all of the text would tell.
    """
    plain = _plain(text, notes)
    if plain is None:
        return None
    words: dict[Interval, str] = {}
    in_rows: set[Interval] = set()
    for row in rows:
        if len(row) > 1:
            in_rows.update(_places(plain, row))
        else:
            words |= dict.fromkeys(zip(*_found(text, plain, row[0]), strict=True), row[0])
    places = sorted({*words, *in_rows})
    if not in_rows:
        starts, ends = [start for start, _ in places], [end for _, end in places]
        return Analysis([words[place] for place in places], list(range(0, _APART * len(places), _APART)), starts, ends)
    analysis = Analysis([], [], [], [])
    skipped = Intervals(notes)
    for place in _joined(places):
        _read(text, plain, place, skipped, analysis)
    return analysis


def words_around(
    text: str, notes: Sequence[Interval], words: Sequence[str]
) -> tuple[list[int], list[int], list[str]] | None:
    """Where does any of `words` (folded) stand in `text`, whose stage notes are `notes`?

    Starts, ends and forms of its places, in order.  None where only reading all of the text would tell.
    """
    plain = _plain(text, notes)
    if plain is None:
        return None
    if len(words) == 1:
        starts, ends = _found(text, plain, words[0])
        return starts, ends, [words[0]] * len(starts)
    places = sorted({(*place, word) for word in words for place in zip(*_found(text, plain, word), strict=True)})
    return [start for start, _, _ in places], [end for _, end, _ in places], [word for _, _, word in places]


def _plain(text: str, notes: Sequence[Interval]) -> str | None:
    """The text in small ASCII letters, character for character, with blanks for notes; None if it cannot be had so."""
    for sign, instead in _SIGNS.items():
        if text.isascii():
            break
        text = text.replace(sign, instead)
    if not text.isascii():
        return None
    plain = text.lower()
    for start, end in notes:
        # A word that reaches into a note or out of it would be cut.
        if start >= end or plain[start].isalnum() or plain[end - 1].isalnum() or "'" in (plain[start], plain[end - 1]):
            return None
        plain = f"{plain[:start]}{' ' * (end - start)}{plain[end:]}"
    return plain


def _found(text: str, plain: str, word: str) -> tuple[list[int], list[int]]:
    """Where does a word of the form `word` begin, and where does it end?"""
    if word not in plain or not word.isascii():
        return [], []
    size, end = len(word), 0
    starts, ends = [], []
    for before in _word_pattern(word).split(plain)[:-1]:  # takes half as long as to make a match of each place
        start = end + len(before)
        end = start + size
        starts.append(start)
        ends.append(end)
    if f"{word}'" in plain:
        going_on = [place for place, end in enumerate(ends) if plain.startswith("'", end)]
        for place in reversed(going_on):
            whole = plain_words().match(plain, starts[place])
            ends[place] = whole.end() if whole else ends[place]
            if fold(text[starts[place] : ends[place]]) != word:  # it's, where it is asked for
                del starts[place], ends[place]
    return starts, ends


def _places(plain: str, row: Sequence[str]) -> Iterator[Interval]:
    """Where may `row` stand?  From the beginning of its first word to the end of its last."""
    if not all(map(str.isascii, row)):
        return
    pattern = _pattern(tuple(row))
    word_at = plain_words().match
    match = pattern.search(plain)
    while match is not None:
        start = match.start()
        last = word_at(plain, match.start(1))
        if last is not None and not _within_a_word(plain, start):
            yield start, last.end()
        match = pattern.search(plain, start + 1)


@lru_cache(maxsize=256)
def _word_pattern(word: str) -> re.Pattern[str]:
    # What must not stand before it is looked at behind it: a pattern that begins with letters is searched for fastest.
    letters = re.escape(word)
    return re.compile(f"{letters}(?<![a-z0-9]{letters})(?<![a-z0-9]'{letters})(?![a-z0-9])")


@lru_cache(maxsize=256)
def _pattern(row: tuple[str, ...]) -> re.Pattern[str]:
    # It begins with the letters themselves, so that the search runs from one to the next.
    *before, last = map(re.escape, row)
    return re.compile("".join(f"{word}(?:'s)?[^a-z0-9]+" for word in before) + f"({last})(?:'s)?(?![a-z0-9])")


def _within_a_word(plain: str, start: int) -> bool:
    before = plain[start - 1] if start else " "
    return before.isalnum() or (before == "'" and start > 1 and plain[start - 2].isalnum())


def _joined(places: Sequence[Interval]) -> Iterator[Interval]:
    """The intervals `places` (in order), those that overlap as one."""
    start, end = -1, -1
    for low, high in places:
        if low < end:
            end = max(end, high)
        else:
            if end > 0:
                yield start, end
            start, end = low, high
    if end > 0:
        yield start, end


def _read(text: str, plain: str, place: Interval, skipped: Intervals, analysis: Analysis) -> None:
    """Add the tokens of one place to `analysis`: the loop of `analyze`."""
    forms, positions = analysis.forms, analysis.positions
    position = positions[-1] + _APART if positions else 0
    end = -1
    for match in plain_words().finditer(plain, *place):
        start = match.start()
        skipped.cover(start)
        word = text[start : match.end()]
        if end >= 0:
            between = text[end:start]
            if between not in HYPHENS and between != " ":
                position += gap_after(forms[-1], skipped.cut(text, end, start), word)
            position += 1
        end = match.end()
        forms.append(fold(word))
        positions.append(position)
        analysis.starts.append(start)
        analysis.ends.append(end)
