"""What a build did: counts that add up, and every page that did not become speeches with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from searchkit.models import Skipped
from searchkit.plain import Plain

__all__ = ["NO_MEMORY", "BuildReport", "PageCounts"]

NO_MEMORY = "not enough memory"
"""Why a page is skipped that could not be made in the memory that a process has."""


@dataclass(frozen=True, slots=True)
class PageCounts:
    """How many pages met which fate: read = added + changed + unchanged + stale + skipped."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    """Pages of the former generation that the sources no longer yield, or that no longer give a speech."""
    stale: int = 0
    """Pages that exist but could not be read this time: their former speeches stand."""
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class BuildReport(Plain):
    """What a build made of its sources."""

    generation: str | None
    """What was published; None where it was only asked what would be done."""
    index: str
    """Absolute path of the index."""
    pages: PageCounts
    speeches: int
    skipped: tuple[Skipped, ...]
    """Skipped and stale pages, with their reasons, in page order."""
    remarks: tuple[str, ...]
    """What else was noticed: unknown keys, metadata rows left over, hidden files left out."""
    seconds: float
    stages: tuple[tuple[str, float], ...] = ()
    """Seconds of each stage: read (with cleaning and extraction), write, compare, check, publish."""

    def reasons(self) -> list[tuple[str, int]]:
        """Why were pages skipped, and how many for each reason?  Most frequent first."""
        return Counter(page.reason for page in self.skipped).most_common()
