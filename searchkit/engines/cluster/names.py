"""Under which names do generations stand on a cluster?

NAME                           alias of the live generation
NAME-20261123t021500z-1        an index: the speeches of one generation
NAME-20261123t021500z-1-state  what belongs to that generation as a whole
NAME-control                   who builds, and which generation a person went back to
"""

from __future__ import annotations

import re

__all__ = ["control_index", "generation_of", "speeches_index", "state_index"]

_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[1-9][0-9]{0,8}\Z")


def speeches_index(name: str, generation: str) -> str:
    """Which index holds the speeches of `generation`?  Names on a cluster are in small letters."""
    return f"{name}-{generation.lower()}"


def state_index(name: str, generation: str) -> str:
    """Which index holds what belongs to `generation` as a whole?"""
    return f"{speeches_index(name, generation)}-state"


def control_index(name: str) -> str:
    """Which index says who builds, and which generation is held?"""
    return f"{name}-control"


def generation_of(name: str, index: str) -> str | None:
    """Of which generation does `index` hold the speeches?  None for an index that is none of `name`."""
    if not index.startswith(f"{name}-"):
        return None
    id = index.removeprefix(f"{name}-").upper()
    return id if _ID.match(id) else None
