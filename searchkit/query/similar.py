"""Which words are spelled almost like another one?"""

from __future__ import annotations

__all__ = ["edits", "one_edit_apart"]


def one_edit_apart(one: str, other: str) -> bool:
    """Are the words equal, or is one letter more, less or other?  Levenshtein distance 1 at most."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(longer) - len(shorter) > 1:
        return False
    same = 0
    while same < len(shorter) and shorter[same] == longer[same]:
        same += 1
    skipped = same + 1 if len(shorter) == len(longer) else same
    return shorter[skipped:] == longer[same + 1 :]


def edits(one: str, other: str, most: int) -> int | None:
    """How many letters must be added, dropped, changed or swapped with their neighbour to make `other` of `one`?

    None if more than `most`.  F. Damerau, A technique for computer detection and correction of spelling errors (1964),
    each letter edited once.
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        older, before, row = before, row, [place]
        for at, match in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != match))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == match:
                cost = min(cost, older[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
