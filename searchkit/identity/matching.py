"""May two names, each read by itself, be one person's?  Only what is written decides; in doubt they are two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from searchkit.identity.labels import Label, Word

__all__ = ["may_be", "richness", "rotated"]

Fits = Callable[[Word, Word], bool]


def richness(label: Label) -> tuple[int, int, bool, str]:
    """By which key does the more telling of two names come last?  More words, then plain Latin letters."""
    full = sum(not word.initial for word in label.words)
    return full, len(label.words), label.shown.isascii(), "".join(word.plain for word in label.words)


def may_be(poor: Label, rich: Label) -> str | None:
    """Why may the name `poor` be a form of `rich`, which is at least as telling?  None if it may not.

    Never because of a surname alone: two words agree, or a surname and the initials before it.
    """
    if poor.suffix != rich.suffix or (poor.gender and rich.gender and poor.gender != rich.gender):
        return None
    if len(poor.words) == len(rich.words) and not any(word.initial for word in poor.words):
        if _all(Word.same, poor.words, rich.words):
            return "another spelling"
        if _all(Word.same, rotated(poor.words), rich.words) or _all(Word.same, poor.words, rotated(rich.words)):
            return "the surname stands first"
    if poor.whole and rich.whole:
        return _part(poor.words, rich.words)
    return _initials(poor.words, rich.words) if poor.partial else None


def rotated(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with the first behind the last: Lee Kuan Yew is Kuan Yew Lee."""
    return (*words[1:], *words[:1])


def _part(poor: Sequence[Word], rich: Sequence[Word]) -> str | None:
    """Does `poor` leave out names in the middle, at the beginning or at the end of `rich`?"""
    if _full(poor) < 2 or (len(poor) >= len(rich) and _full(poor) >= _full(rich)):
        return None
    size = len(poor)
    if _all_fit(poor, rich[:size]) or _all_fit(poor, rich[-size:]):
        return "part of the only fuller name"
    if _all_fit(poor, (*rich[-1:], *rich[:-1])[:size]):
        return "part of the only fuller name, the surname first there"
    # First and last name agree; of the names between them `poor` has none, or the first of those that `rich` has.
    ends = poor[0].same(rich[0]) and poor[-1].same(rich[-1])
    if ends and all(mine.fits(other) for mine, other in zip(poor[1:-1], rich[1:-1], strict=False)):
        return "part of the only fuller name" if len(poor) <= len(rich) else None
    return None


def _initials(poor: Sequence[Word], rich: Sequence[Word]) -> str | None:
    """Are the initials of `poor`, which stand before or behind its one full word, those of `rich`?"""
    surname = next(word for word in poor if not word.initial)
    letters = [word for word in poor if word.initial]
    if surname.same(rich[-1]) and _begin_alike(letters, rich[:-1]):
        return "initials of the only fuller name"
    given = rich[1:]
    if surname.same(rich[0]) and len(letters) == len(given) and _begin_alike(letters, given):
        return "initials of the only fuller name, the surname first there"
    return None


def _begin_alike(letters: Sequence[Word], given: Sequence[Word]) -> bool:
    """Is the shorter of both, initial for name, the beginning of the other, or left out only in its middle?"""
    if not letters or not given or not letters[0].fits(given[0]):
        return False
    short, long = sorted((letters, given), key=len)
    rest = iter(long[1:])
    return all(any(word.fits(other) for other in rest) for word in short[1:])


def _full(words: Sequence[Word]) -> int:
    return sum(not word.initial for word in words)


def _all(fits: Fits, some: Sequence[Word], others: Sequence[Word]) -> bool:
    return len(some) == len(others) and all(fits(one, other) for one, other in zip(some, others, strict=True))


def _all_fit(some: Sequence[Word], others: Sequence[Word]) -> bool:
    """Does each word fit, and two of them at least written out on both sides?"""
    written = sum(one.same(other) for one, other in zip(some, others, strict=False))
    return written > 1 and _all(Word.fits, some, others)
