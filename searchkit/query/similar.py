"""Which words are spelled almost like another one?"""

from __future__ import annotations

__all__ = ["one_edit_apart"]


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
