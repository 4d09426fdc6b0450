"""Which generations of an index are kept, and which of them does a person mean?  Reads manifests only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import IndexDamaged, IndexMissing, UsageError
from searchkit.generations.layout import Layout, is_generation_id, quoted
from searchkit.generations.manifest import read_manifest
from searchkit.generations.reading import Generation

__all__ = ["Standing", "as_of", "before", "kept", "named"]

_DATE_LENGTHS = {4: "-01-01T00:00:00Z", 7: "-01T00:00:00Z", 10: "T00:00:00Z"}
"""Length of a year, a month, a day -> what makes an instant of it: the first one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One kept generation, in the order of their making."""

    id: str
    generation: Generation | None
    """None where its manifest cannot be read."""
    damage: str | None
    """Why it cannot be read."""
    live: bool


def kept(index: Path) -> list[Standing]:
    """Which generations of `index` are kept?  Oldest first.  Raises IndexMissing where there is none."""
    layout = Layout(index.absolute())
    ids = layout.ids()
    if not ids:
        raise IndexMissing(
            f"no index at {layout.index}; build one: searchkit build SOURCE... --index {quoted(layout.index)}"
        )
    try:
        live = layout.current.read_bytes().decode("latin-1").strip()
    except OSError:
        live = ""
    return [_standing(layout, id, live=id == live) for id in ids]


def named(index: Path, id: str) -> Generation:
    """Which kept generation has this id?  Raises UsageError with those that are kept, or IndexDamaged."""
    for standing in kept(index):
        if standing.id == id:
            if standing.generation is None:
                raise IndexDamaged(standing.damage or f"{id} is damaged")
            return standing.generation
    there = ", ".join(standing.id for standing in kept(index))
    raise UsageError(f"there is no generation {id} in {index}; kept are {there}")


def before(index: Path, generation: Generation) -> Generation | None:
    """Which generation was live when `generation` was built?  None if that is no longer kept, damaged, or none was."""
    for standing in kept(index):
        if standing.id == generation.manifest.former:
            return standing.generation
    return None


def as_of(index: Path, since: str, present: Generation) -> Generation | None:
    """Which generation does `since` mean: an id, or the state that was live at a date or an instant (UTC)?

    "2026", "2026-11", "2026-11-23" mean the beginning of that time, "2026-11-23T02:15:00Z" itself.  A date never means
    what was published behind `present`, the generation that is asked of.  None where nothing had been built yet.
    Raises UsageError for a date whose generation is no longer kept, and for what is no date.
    """
    if is_generation_id(since):
        return named(index, since)
    instant = _instant(since)
    readable = [item.generation for item in kept(index) if item.generation and item.id <= present.id]
    earlier = [generation for generation in readable if generation.manifest.created <= instant]
    if earlier:
        return earlier[-1]
    if readable and readable[0].manifest.former is None:
        return None
    oldest = readable[0]
    raise UsageError(
        f"what stood in the index at {since} is no longer kept: the oldest generation is {oldest.id}, "
        f"of {oldest.manifest.created}. To compare with that one: --since {oldest.id}"
    )


def _instant(since: str) -> str:
    from datetime import UTC, datetime

    text = since + _DATE_LENGTHS.get(len(since), "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"--since {since}: neither a generation nor a date; give an id, 2026-11-23 or 2026-11-23T02:15"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _standing(layout: Layout, id: str, *, live: bool) -> Standing:
    directory = layout.published(id)
    try:
        return Standing(id, Generation(directory, read_manifest(directory)), None, live)
    except IndexDamaged as damage:
        return Standing(id, None, str(damage), live)
