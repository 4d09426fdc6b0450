"""What of each speech is compared with other pages, kept beside the segment: `traits.jsonl` and the sketches.

It depends on the pages of the segment alone: it is written once, and stays with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from searchkit.engines.terms import SpeechTerms
from searchkit.errors import IndexDamaged
from searchkit.identity.side import Traits
from searchkit.identity.sketches import SLOTS, sketch_of
from searchkit.models import Speech

__all__ = ["TraitsWriter", "read_traits"]

_FILE = "traits.jsonl"
_SKETCHES = "column-sketches.npy"


class TraitsWriter:
    """Collects the traits while speeches are added, and writes them at the end."""

    def __init__(self) -> None:
        self.traits: list[Traits] = []

    def add(self, speech: Speech, terms: SpeechTerms) -> None:
        """Take in the next speech."""
        self.traits.append(
            Traits(
                number=len(self.traits),
                id=speech.id,
                page=speech.page,
                start=speech.start,
                date=speech.date,
                speakers=speech.speakers,
                label=speech.label,
                role=speech.role,
                quoted=tuple(quote.speaker for quote in speech.quotes),
                words=terms.length,
                sketch=sketch_of(terms.analysis.forms),
            )
        )

    def write(self, directory: Path) -> None:
        """Write them into `directory`."""
        kept = ({key: value for key, value in asdict(item).items() if key != "sketch"} for item in self.traits)
        lines = (json.dumps(shape, ensure_ascii=True) + "\n" for shape in kept)
        with (directory / _FILE).open("w", encoding="ascii") as file:
            file.writelines(lines)
        sketches = np.frombuffer(b"".join(item.sketch for item in self.traits), "<u2").reshape(-1, SLOTS)
        np.save(directory / _SKETCHES, sketches, allow_pickle=False)


def read_traits(directory: Path) -> Iterator[Traits]:
    """Which traits were written into `directory`?  Raises IndexDamaged where that cannot be told."""
    path = directory / _FILE
    try:
        sketches = np.load(directory / _SKETCHES, allow_pickle=False)
        with path.open(encoding="ascii") as file:
            for line, sketch in zip(file, sketches, strict=True):
                kept = json.loads(line)
                kept["speakers"], kept["quoted"] = tuple(kept["speakers"]), tuple(kept["quoted"])
                yield Traits(**kept, sketch=sketch.tobytes())
    except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
        raise IndexDamaged(
            f"{path} and {_SKETCHES} beside it are not as they were written; build the index anew: searchkit build"
        ) from error
