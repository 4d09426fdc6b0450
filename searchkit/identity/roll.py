"""The roll of an index: every label, whom it was resolved to and why, how often.  Kept as `speakers.json` beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from searchkit.errors import IndexDamaged
from searchkit.held import HeldFile
from searchkit.plain import Plain

__all__ = ["ROLL", "RollEntry", "hold_roll", "read_roll", "roll_in", "write_roll"]

ROLL = "speakers.json"


@dataclass(frozen=True, slots=True)
class RollEntry(Plain):
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
    (directory / ROLL).write_text(json.dumps([asdict(entry) for entry in roll], ensure_ascii=True), encoding="ascii")


def hold_roll(directory: Path) -> HeldFile:
    """The file of the roll in `directory`, to be read later.  Raises IndexDamaged if it cannot be opened."""
    try:
        return HeldFile(directory / ROLL)
    except OSError as error:
        raise _damaged(directory / ROLL) from error


def read_roll(file: HeldFile) -> tuple[RollEntry, ...]:
    """Which roll was kept in `file`?  Raises IndexDamaged where that cannot be told."""
    try:
        return roll_in(file.read(), str(file.path))
    except OSError as error:
        raise _damaged(file.path) from error


def roll_in(content: bytes, place: str) -> tuple[RollEntry, ...]:
    """Which roll did `write_roll` put into these bytes of `place`?  Raises IndexDamaged for anything else."""
    try:
        return tuple(RollEntry(**entry) for entry in json.loads(content.decode("ascii")))
    except (ValueError, TypeError) as error:
        raise _damaged(place) from error


def _damaged(path: Path | str) -> IndexDamaged:
    return IndexDamaged(f"{path} is not as it was written; build the index anew: searchkit build")
