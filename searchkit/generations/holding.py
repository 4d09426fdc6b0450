"""Going back to an earlier generation, and staying there: builds publish nothing until the index is released.

Both steps want the builder's lock.  `held` is written before `current`: killed between the two, the index answers as
before and builds are refused, which is seen and mended by the same command given again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from searchkit.errors import BuildRefused, UsageError
from searchkit.generations.durable import replace_file, sync_folder
from searchkit.generations.layout import Layout, is_generation_id, quoted
from searchkit.generations.reading import Generation, verify
from searchkit.generations.standing import kept, named

__all__ = ["Hold", "hold_of", "refuse_held", "release", "rollback"]

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Hold:
    """To which generation did somebody go back, and when (ISO 8601, UTC)?"""

    generation: str
    since: str


def hold_of(index: Path) -> Hold | None:
    """Is `index` held?  A note that cannot be read holds as well: nothing is undone by mistake."""
    path = Layout(index.absolute()).held
    try:
        with path.open("rb") as file:
            note = json.loads(file.read(_LONGEST))
        generation, since = note["generation"], note["since"]
        if isinstance(since, str) and isinstance(generation, str) and is_generation_id(generation):
            return Hold(generation, since)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        pass
    return Hold("an earlier generation", "an unknown time")


def refuse_held(index: Path) -> None:
    """Raise BuildRefused if somebody went back to an earlier generation and has not released the index."""
    hold = hold_of(index)
    if hold is not None:
        raise BuildRefused(
            f"{index} was rolled back to {hold.generation} at {hold.since} and is held there, so that no build undoes "
            f"it. To let builds publish again: searchkit release --index {quoted(index)}"
        )


def rollback(index: Path, to: str | None = None) -> Generation:
    """Make an earlier generation of `index` live and hold it: the one named `to`, else the one before the live one.

    It is looked at byte by byte first.  Raises UsageError if there is no such generation, IndexDamaged if it is not as
    it was written.
    """
    chosen = named(index, to) if to else _one_before(index)
    verify(chosen)
    layout = Layout(index.absolute())
    note = {"generation": chosen.id, "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    replace_file(layout.held, json.dumps(note) + "\n", beside=layout.next_held)
    replace_file(layout.current, f"{chosen.id}\n", beside=layout.next)
    return chosen


def release(index: Path) -> Hold:
    """Let builds publish again; what held them?  Raises UsageError if nothing did.  The live generation stays."""
    hold = hold_of(index)
    if hold is None:
        raise UsageError(f"{index} is not held: builds publish")
    layout = Layout(index.absolute())
    layout.held.unlink()
    sync_folder(layout.index)
    return hold


def _one_before(index: Path) -> Generation:
    """The generation that the live one took the place of; by age where the live one cannot tell."""
    standing = kept(index)
    live = next((place for place, item in enumerate(standing) if item.live), len(standing))
    earlier = [item.generation for item in standing[:live] if item.generation is not None]
    former = standing[live].generation if live < len(standing) else None
    for generation in earlier:
        if former is not None and generation.id == former.manifest.former:
            return generation
    if not earlier:
        raise UsageError(f"{index} keeps no generation before the live one; see: searchkit generations")
    return earlier[-1]
