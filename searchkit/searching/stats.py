"""What an index holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.engines.base import Request
from searchkit.plain import Plain
from searchkit.query import nodes
from searchkit.schema import DATE_FACETS, facet_names
from searchkit.searching.opening import Opened

__all__ = ["Stats", "stats_of"]


@dataclass(frozen=True, slots=True)
class Stats(Plain):
    """The contents of one generation."""

    generation: str | None
    index: str | None
    created: str | None
    """When it was built: ISO 8601, UTC."""
    speeches: int
    pages: int
    """Pages that gave a speech."""
    skipped: int | None
    """Pages that gave none."""
    words: int
    """Of all texts together, stage notes left out."""
    bytes: int | None
    """Of all files of the generation."""
    sources: tuple[str, ...]
    first_date: str | None
    last_date: str | None
    languages: dict[str, int]
    """Language -> speeches."""
    coverage: dict[str, int]
    """Field -> speeches that have a value in it."""


def stats_of(opened: Opened) -> Stats:
    """What does the index behind `opened` hold?"""
    engine, manifest = opened.engine, opened.manifest
    counted = [name for name in facet_names(engine.profile.fields) if name not in DATE_FACETS]
    found = engine.search(Request(nodes.Every(), facets=("language",), facet_limit=1000, limit=0))
    coverage = {name: engine.search(Request(nodes.Every(f"{name}_value"), limit=0)).total for name in counted}
    coverage["date"] = engine.search(Request(nodes.Every("date_first"), limit=0)).total
    dates = engine.values("date")
    return Stats(
        generation=opened.generation,
        index=str(opened.index) if opened.index else None,
        created=manifest.created if manifest else None,
        speeches=found.total,
        pages=found.pages,
        skipped=manifest.skipped if manifest else None,
        words=engine.words(),
        bytes=sum(file.size for file in manifest.files.values()) if manifest else None,
        sources=manifest.sources if manifest else (),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
        languages={value.label: value.count for value in found.facets["language"].values},
        coverage=coverage,
    )
