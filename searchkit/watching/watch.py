"""A saved query, what answered it when it was last run, and the reports that are still to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from searchkit.errors import UsageError
from searchkit.watching.reports import Report

__all__ = ["Known", "Watch", "checked_name"]

_NAME = re.compile(r"\w[\w.-]{0,63}")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Known:
    """One hit of the last run: the digest of the speech, and how to tell of it should it be lost."""

    digest: str
    page: str
    title: str | None = None
    speaker: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved query and its state."""

    name: str
    query: str
    key: str
    """Tells it from another of the same name that was removed before."""
    created: str
    runs: int = 0
    """How many reports were drawn up."""
    generation: str | None = None
    """The generation of the last run; None if it was never run."""
    known: Mapping[str, Known] = field(default_factory=dict)
    """Every hit of the last run by its id."""
    pending: tuple[Report, ...] = ()
    """Reports that were drawn up and not yet told, oldest first."""

    def as_json(self) -> dict[str, Any]:
        """As it is kept in its file."""
        return {
            "format": _FORMAT,
            "name": self.name,
            "query": self.query,
            "key": self.key,
            "created": self.created,
            "runs": self.runs,
            "generation": self.generation,
            "pending": [report.as_json() for report in self.pending],
            "known": {
                id: [hit.digest, hit.page, hit.title, hit.speaker, hit.date, hit.source, hit.url]
                for id, hit in self.known.items()
            },
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Watch:
        """Which watch did `as_json` write?  Raises KeyError, TypeError or ValueError for anything else."""
        if kept["format"] != _FORMAT:
            raise ValueError(f"it has format {kept['format']}, and this searchkit reads format {_FORMAT}")
        return cls(
            checked_name(kept["name"]),
            str(kept["query"]),
            str(kept["key"]),
            str(kept["created"]),
            int(kept["runs"]),
            kept["generation"],
            {str(id): Known(*hit) for id, hit in kept["known"].items()},
            tuple(map(Report.from_json, kept["pending"])),
        )


def checked_name(name: str) -> str:
    """`name`, if a saved query may have it.  Raises UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a saved query: letters, digits, - . _, at most 64, and no space")
    return name
