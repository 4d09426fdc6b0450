"""What is told of one saved query after one run: frozen values, and their JSON, which is also how they are kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from searchkit.models import Speech

__all__ = ["Report", "WatchHit"]


@dataclass(frozen=True, slots=True)
class WatchHit:
    """One speech of a report, with what a reader needs to find it; of a lost one as it was when it was last a hit."""

    id: str
    page: str
    title: str | None = None
    speaker: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    former_id: str | None = None
    """Its id in the run before, where that was another one: an edited turn."""
    snippet: str | None = None
    """A verbatim piece that shows why it is a hit."""

    @classmethod
    def of(cls, speech: Speech, snippet: str | None = None) -> WatchHit:
        """How is `speech` told?"""
        return cls(
            speech.id,
            speech.page,
            speech.title,
            speech.speaker,
            speech.date,
            speech.source,
            speech.url,
            snippet=snippet,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the hits of one saved query since it was last run."""

    id: str
    """The same whenever the report is told again, and never another report's."""
    name: str
    query: str
    understood: str
    generation: str
    since: str | None
    """The generation of the run before; None for the first run."""
    created: str
    """When it was drawn up: ISO 8601, UTC."""
    total: int
    """Hits there are now."""
    new: tuple[WatchHit, ...] = ()
    changed: tuple[WatchHit, ...] = ()
    lost: tuple[WatchHit, ...] = ()
    again: bool = False
    """Was it told before, perhaps?  The run that should have told it did not come to its end."""

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.lost)

    def as_json(self) -> dict[str, Any]:
        """As `watch run --json` prints it, and as it is kept until it is told."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Report:
        """Which report did `as_json` write?  Raises KeyError, TypeError or ValueError for anything else."""
        lists = {kind: tuple(WatchHit(**hit) for hit in kept[kind]) for kind in ("new", "changed", "lost")}
        return cls(**{**kept, **lists})
