"""What changed in an index since a generation, a date, or the build before?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from searchkit.comparing.account import ACCOUNT, read_account
from searchkit.comparing.changes import Change, Changes, compare, first
from searchkit.comparing.shadow import shadow
from searchkit.engines.base import Engine
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import IndexDamaged, UsageError
from searchkit.generations import Generation, PageTable, as_of, before, check_sizes, named, require_live

__all__ = ["changes_on_cluster", "changes_since"]

EngineOf = Callable[[Generation], Engine]
"""Opens the engine that reads a generation."""


def _in_its_folder(generation: Generation) -> Engine:
    return EmbeddedEngine(generation.directory)


def changes_since(
    index: Path, since: str | None = None, generation: str | None = None, engine_of: EngineOf = _in_its_folder
) -> Changes:
    """Which speeches are new, changed and withdrawn in `generation` of `index`, or in the live one?

    `since` is a generation, or a date whose generation is meant; without it, the one asked for is compared with the
    one that it took the place of, which need not be kept any more.  Raises UsageError for what is not kept,
    IndexMissing or IndexDamaged.
    """
    asked = named(index, generation) if generation else require_live(index)
    if since is None:
        return Changes(asked.manifest.former, asked.id, tuple(_last(index, asked, engine_of)))
    former = as_of(index, since, asked)
    if former is None:
        with _opened(asked, engine_of) as present:
            return Changes(None, asked.id, tuple(first(present)))
    return Changes(former.id, asked.id, tuple(_between(former, asked, engine_of)))


def changes_on_cluster(address: str, since: str | None = None, generation: str | None = None) -> Changes:
    """Which speeches are new, changed and withdrawn in `generation` at `address`, or the live one?  As there."""
    with shadow(address) as generations:
        return changes_since(generations.folder, since, generation, lambda read: generations.engine(read.id))


def _last(index: Path, live: Generation, engine_of: EngineOf) -> Iterator[Change]:
    if ACCOUNT in live.manifest.files:
        yield from read_account(live.directory)
        return
    if live.manifest.former is None:
        with _opened(live, engine_of) as present:
            yield from first(present)
        return
    former = before(index, live)
    try:
        if former is not None:
            yield from list(_between(former, live, engine_of))
            return
    except IndexDamaged:
        pass  # told below: whoever reads of it cannot mend it
    raise UsageError(
        f"what {live.id} changed is not known: the generation before it was damaged, or is no longer kept. Compare "
        "with another: searchkit changes --since GENERATION"
    )


def _between(former: Generation, live: Generation, engine_of: EngineOf) -> Iterator[Change]:
    check_sizes(former)
    with _opened(former, engine_of) as earlier, _opened(live, engine_of) as present:
        yield from compare(earlier, present)


@contextlib.contextmanager
def _opened(generation: Generation, engine_of: EngineOf) -> Iterator[tuple[PageTable, Engine]]:
    with PageTable(generation.pages) as table, contextlib.closing(engine_of(generation)) as engine:
        yield table, engine
