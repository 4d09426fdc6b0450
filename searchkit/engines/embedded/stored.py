"""The speeches themselves, as the index keeps them: JSON in a Whoosh column."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from searchkit.errors import IndexDamaged
from searchkit.models import Quote, Speech

__all__ = ["StoredSpeeches"]


class StoredSpeeches:
    """Reads the speeches of one index by their numbers."""

    def __init__(self, column: Any, exclusive: Callable[[], AbstractContextManager[Any]], directory: Path) -> None:
        """`exclusive` gives the lock that a thread must hold that reads through Whoosh."""
        self._column = column
        self._exclusive = exclusive
        self._directory = directory

    def speeches(self, numbers: Sequence[int]) -> list[Speech]:
        """Which speeches have these numbers?"""
        return [self.speech(number) for number in numbers]

    def speech(self, number: int) -> Speech:
        """Which speech has this number?  Raises IndexDamaged where its bytes are not as they were written."""
        try:
            with self._exclusive():
                kept = self._column[number]
            return _speech(json.loads(kept))
        except Exception as error:  # zlib.error, ValueError, TypeError ...
            raise IndexDamaged(
                f"{self._directory}: speech {number} cannot be read ({type(error).__name__}); "
                "build the index anew: searchkit build"
            ) from error


def _speech(kept: dict[str, Any]) -> Speech:
    quotes = tuple(Quote(**quote) for quote in kept.pop("quotes"))
    notes = tuple((start, end) for start, end in kept.pop("notes"))
    extras = tuple((key, value) for key, value in kept.pop("extras"))
    speakers, venue = tuple(kept.pop("speakers")), tuple(kept.pop("venue"))
    return Speech(**kept, speakers=speakers, venue=venue, quotes=quotes, notes=notes, extras=extras)
