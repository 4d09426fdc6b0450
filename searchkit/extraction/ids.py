"""Ids of speeches: stable as long as the words are, and never the id of other words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from searchkit.analysis import fold

__all__ = ["turn_ids"]

_DIGITS = 8


def turn_ids(page: str, turns: Iterable[tuple[str | None, str]]) -> list[str]:
    """Which ids have the turns of `page`, given as label and text?

    The page key, `#`, eight hexadecimal digits of the SHA-256 of folded label and text; a turn that repeats one before
    it (Mr Speaker: Order.) gets `.2`, `.3` …
    """
    seen: Counter[str] = Counter()
    ids = []
    for label, text in turns:
        folded = f"{fold(label or '')}\n{' '.join(fold(text).split())}"
        id = f"{page}#{hashlib.sha256(folded.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"
        seen[id] += 1
        ids.append(id if seen[id] == 1 else f"{id}.{seen[id]}")
    return ids
