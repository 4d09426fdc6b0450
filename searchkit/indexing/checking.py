"""Is a generation whole, and does it answer?  Asked of every new one before the switch, and by `check --deep`."""

from __future__ import annotations

import contextlib
from collections.abc import Container, Iterator

from searchkit import generations
from searchkit.analysis import analyze
from searchkit.engines.base import Engine, Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import IndexDamaged
from searchkit.generations import Generation, PageTable, SpeechRow
from searchkit.query import nodes

__all__ = ["check_deeply"]

_PROBES = 5
"""Speeches that are looked up again; each also has its words searched for."""
_PROBE_WORDS = 3
_SUMMED = ("source", "kind", "language", "year")
"""Facets with one value a speech: with the speeches that have none they sum to all."""
_MOST_VALUES = 1_000_000


def check_deeply(generation: Generation, but: Container[str] = ()) -> None:
    """Raise IndexDamaged, with what is wrong, unless every byte is as it was written and the engine answers rightly.

    `but` names files whose checksums were found right a moment ago.  Compared are all other checksums, the counts of
    manifest, table of pages and engine, the sum of every facet with one value a speech, and for a few speeches spread
    over the index whether their id, their page and their words find them.
    """
    generations.verify(generation, but)
    with contextlib.closing(EmbeddedEngine(generation.directory)) as engine, PageTable(generation.pages) as table:
        for wrong in _wrong(generation, engine, table):
            raise IndexDamaged(f"{generation.directory} does not answer as it should: {wrong}; please report it")


def _wrong(generation: Generation, engine: Engine, table: PageTable) -> Iterator[str]:
    manifest = generation.manifest
    every = engine.search(Request(nodes.Every(), facets=_SUMMED, facet_limit=_MOST_VALUES, limit=0))
    speeches = {
        "manifest": manifest.speeches,
        "table of pages": table.count_speeches(),
        "engine": len(engine),
        "search for all": every.total,
        **{f"facet {name}": sum(v.count for v in facet.values) for name, facet in every.facets.items()},
    }
    if len(set(speeches.values())) > 1:
        yield "speeches by " + ", ".join(f"{name}: {count:,}" for name, count in speeches.items())
    pages = {"manifest": manifest.pages, "table of pages": table.count_with_speeches(), "search for all": every.pages}
    if len(set(pages.values())) > 1:
        yield "pages by " + ", ".join(f"{name}: {count:,}" for name, count in pages.items())
    for row in table.some_speeches(_PROBES):
        yield from _wrong_speech(engine, row)


def _wrong_speech(engine: Engine, row: SpeechRow) -> Iterator[str]:
    speech = engine.find(row.id)
    if speech is None or speech.id != row.id:
        yield f"the speech {row.id} is not found by its id"
    elif row.id not in [sibling.id for sibling in engine.of_page(row.page)]:
        yield f"the speech {row.id} is not found on its page"
    else:
        # The words of the stored text, asked of the postings: two ways to one answer.
        one = nodes.Term("id", row.id)
        words = [nodes.Term("text", form) for form in analyze(speech.text, speech.notes).forms[:_PROBE_WORDS]]
        if engine.search(Request(nodes.And([one, *words]), limit=0)).total != 1:
            yield f"the speech {row.id} is not found by its own words"
