"""The roll of an index: every label, whom it was resolved to and why, how often.  Kept as `speakers.json` beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from searchkit.errors import IndexDamaged

__all__ = ["RollEntry", "read_roll", "write_roll"]

_FILE = "speakers.json"


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One label that occurs, and the person behind it."""

    label: str
    speaker: str | None
    """The canonical name that facets show; None where the label names nobody."""
    why: str
    resolved: bool
    """False where it is not known which person it is: an office, a surname alone, a name that may be two people's."""
    speeches: int
    """Speeches under this label."""
    quotes: int
    """Quotes of this name inside texts."""


def write_roll(directory: Path, roll: Iterable[RollEntry]) -> None:
    """Keep the roll in `directory`."""
    (directory / _FILE).write_text(json.dumps([asdict(entry) for entry in roll], ensure_ascii=True), encoding="ascii")


def read_roll(directory: Path) -> tuple[RollEntry, ...]:
    """Which roll was kept in `directory`?  Raises IndexDamaged where that cannot be told."""
    path = directory / _FILE
    try:
        return tuple(RollEntry(**entry) for entry in json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"{path} is not as it was written; build the index anew: searchkit build") from error
