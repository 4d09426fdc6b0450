"""What changed in an index since a generation, a date, or the build before?"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from searchkit.comparing.account import ACCOUNT, read_account
from searchkit.comparing.changes import Change, Changes, compare, first
from searchkit.engines.base import Engine
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import UsageError
from searchkit.generations import Generation, PageTable, as_of, check_sizes, require_live

__all__ = ["changes_since"]


def changes_since(index: Path, since: str | None = None) -> Changes:
    """Which speeches are new, changed and withdrawn in the live generation of `index`?

    `since` is a generation, or a date whose generation is meant; without it, the live one is compared with the one that
    it took the place of, which need not be kept any more.  Raises UsageError for what is not kept, IndexMissing or
    IndexDamaged.
    """
    live = require_live(index)
    if since is None:
        return Changes(live.manifest.former, live.id, tuple(_last(live)))
    former = as_of(index, since)
    with _opened(live) as present:
        if former is None:
            return Changes(None, live.id, tuple(first(present)))
        check_sizes(former)
        with _opened(former) as earlier:
            return Changes(former.id, live.id, tuple(compare(earlier, present)))


def _last(live: Generation) -> Iterator[Change]:
    if ACCOUNT in live.manifest.files:
        yield from read_account(live.directory)
    elif live.manifest.former is None:
        with _opened(live) as present:
            yield from first(present)
    else:
        raise UsageError(
            f"what {live.id} changed is not known: the generation before it was damaged. Compare with another: "
            "searchkit changes --since GENERATION"
        )


@contextlib.contextmanager
def _opened(generation: Generation) -> Iterator[tuple[PageTable, Engine]]:
    with (
        PageTable(generation.pages) as table,
        contextlib.closing(EmbeddedEngine(generation.directory)) as engine,
    ):
        yield table, engine
