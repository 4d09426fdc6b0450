"""Which ids may have been meant by one that no speech has?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

__all__ = ["likely_ids"]

_NEIGHBOURS = 200
"""Ids compared before and behind the place where the unknown one would stand: comparing takes 60 microseconds each."""
_LONGEST = 200
_ALIKE = 0.6


def likely_ids(id: str, ids: Sequence[str], most: int) -> list[str]:
    """Which of `ids` are spelled most like `id`?  Most alike first.

    Compared are those that begin like it, and those of a file with its name: it may have moved to another folder.
    The hash of a turn looks like no other, so that the turns of the same page are always among them.
    """
    from difflib import get_close_matches

    ordered = sorted(ids)
    place = bisect_left(ordered, id)
    near = ordered[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
    name = _name(id)
    moved = [known for known in ordered if _name(known) == name][:_NEIGHBOURS]
    candidates = {known[:_LONGEST]: known for known in (*moved, *near)}
    alike = [candidates[match] for match in get_close_matches(id[:_LONGEST], candidates, most, _ALIKE)]
    page, hash_sign, _ = id.partition("#")
    siblings = [known for known in near if hash_sign and known.startswith(f"{page}#")]
    return list(dict.fromkeys((*alike, *siblings)))[:most]


def _name(id: str) -> str:
    """The name of the file that the page of `id` is: a/b.html#1f -> b.html."""
    return id.partition("#")[0].rpartition("/")[2]
