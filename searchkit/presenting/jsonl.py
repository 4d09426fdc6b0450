"""Answers as JSON lines: one hit or one page a line, so that a program can begin before the last one is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.models import Hit, Inspection
from searchkit.presenting.json import hit_json, inspection_json, to_json

__all__ = ["hits_jsonl", "inspections_jsonl"]


def hits_jsonl(hits: Iterable[Hit]) -> Iterator[str]:
    """Which lines does `query --jsonl` print?  One for each hit, as `query --json` has it in its list."""
    return (to_json(hit_json(hit), one_line=True) for hit in hits)


def inspections_jsonl(inspections: Iterable[Inspection]) -> Iterator[str]:
    """Which lines does `inspect --jsonl` print?  One for each page."""
    return (to_json(inspection_json(inspection), one_line=True) for inspection in inspections)
