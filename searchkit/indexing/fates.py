"""How many pages met which fate while a build ran, and what else is told of them in numbers?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from searchkit.indexing.report import PageCounts

__all__ = ["Fates"]


def _none() -> dict[str, int]:
    return dict.fromkeys(("added", "changed", "unchanged", "stale", "skipped"), 0)


@dataclass(slots=True)
class Fates:
    """Counts pages as they are taken in."""

    pages: dict[str, int] = field(default_factory=_none)
    kept: int = 0
    """Pages of the former generation that are in the new one, changed or not."""
    kept_speeches: int = 0
    """Speeches that stand as they were."""
    doubled: int = 0
    """Speeches left out because another has their id."""
    impossible_dates: int = 0
    remade: int = 0
    """Pages that were the same, and were made again by other rules."""

    @property
    def met(self) -> int:
        """How many pages met a fate?"""
        return sum(self.pages.values())

    def stand(self, pages: int, speeches: int) -> None:
        """So many pages stand with so many speeches."""
        self.pages["unchanged"] += pages
        self.kept += pages
        self.kept_speeches += speeches

    def counts(self, read: int, former: int) -> PageCounts:
        """How many met which fate, of so many that were `read`, where there were so many in the `former` generation?"""
        return PageCounts(read=read, withdrawn=former - self.kept, **self.pages)

    def remarks(self) -> Iterator[str]:
        """What else was noticed?"""
        if self.doubled:
            many = "1 speech was" if self.doubled == 1 else f"{self.doubled:,} speeches were"
            yield f"{many} left out: another has the same id"
        if self.impossible_dates:
            many = "1 speech has" if self.impossible_dates == 1 else f"{self.impossible_dates:,} speeches have"
            yield f"{many} a date that no calendar knows, kept among the extras as it stands"
        if self.remade:
            many = "1 page was" if self.remade == 1 else f"{self.remade:,} pages were"
            yield f"{many} made anew, because the rules or options have changed"
