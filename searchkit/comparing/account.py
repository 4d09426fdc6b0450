"""changes.jsonl.gz: what a generation changed, kept inside it, so that it can be told when its former one is gone.

One line a change: the speeches before and after, whole, because `former` stands nowhere else once it is pruned.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from searchkit import deadline
from searchkit.comparing.changes import Change
from searchkit.errors import IndexDamaged
from searchkit.models import Quote, Speech

__all__ = ["ACCOUNT", "read_account", "speech_from_json", "speech_to_json", "write_account"]

ACCOUNT = "changes.jsonl.gz"
_LEVEL = 3
_FIELDS = tuple(field.name for field in dataclasses.fields(Speech))


def write_account(directory: Path, changes: Iterable[Change]) -> int:
    """Keep `changes` in the folder of their generation; how many are there?"""
    count = 0
    # No name and no time: equal changes are equal bytes.
    with (directory / ACCOUNT).open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
        for change in changes:
            both = (("former", change.former), ("present", change.present))
            line = {name: speech_to_json(speech) if speech else None for name, speech in both}
            packed.write(json.dumps(line, ensure_ascii=True).encode("ascii") + b"\n")
            count += 1
    return count


def read_account(directory: Path) -> Iterator[Change]:
    """What did the generation in `directory` change?  Raises IndexDamaged where it cannot be told."""
    path = directory / ACCOUNT
    with _problems_as_damage(path), gzip.open(path, "rb") as lines:
        for line in lines:
            deadline.check()
            kept = json.loads(line)
            yield Change(*(speech_from_json(kept[name]) if kept[name] else None for name in ("former", "present")))


def speech_to_json(speech: Speech) -> dict[str, Any]:
    """How is a speech kept as JSON?"""
    kept = {name: getattr(speech, name) for name in _FIELDS}
    return {**kept, "quotes": [dataclasses.asdict(quote) for quote in speech.quotes]}


def speech_from_json(kept: dict[str, Any]) -> Speech:
    """Which speech did `speech_to_json` write?  Raises KeyError, TypeError or ValueError for anything else."""
    quotes = tuple(Quote(**quote) for quote in kept.pop("quotes"))
    notes = tuple((start, end) for start, end in kept.pop("notes"))
    extras = tuple((key, value) for key, value in kept.pop("extras"))
    speakers, venue = tuple(kept.pop("speakers")), tuple(kept.pop("venue"))
    return Speech(**kept, speakers=speakers, venue=venue, quotes=quotes, notes=notes, extras=extras)


@contextlib.contextmanager
def _problems_as_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, zlib.error) as error:
        raise IndexDamaged(
            f"{path} is not as it was written ({error}); build the index anew: searchkit build"
        ) from error
