"""When is a build refused, so that nothing goes that nobody took away and no disk is filled in vain?"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from searchkit.errors import BuildRefused
from searchkit.generations import PageTable
from searchkit.indexing.former import Former
from searchkit.indexing.options import BuildOptions
from searchkit.indexing.sources import PageReader, Plan, location
from searchkit.models import Skipped
from searchkit.sources import Reader

__all__ = ["nothing_read", "refuse_emptied", "refuse_losses", "require_room"]

_FEW_PAGES = 20
"""So many pages may go, whatever share of all they are."""
_SPARE_BYTES = 32 << 20
"""What is left to others on the disk."""
_LEAST_SHARE = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".text"), 1.0),
    **dict.fromkeys((".html", ".htm", ".xhtml"), 0.1),
}
"""Suffix -> bytes that an index has at least for each byte that is read.  20,000 contributions as JSON lines gave 1.8,
985 transcripts as text 4.4, 40 sittings as HTML 1.4; a news page is nine tenths chrome."""


def require_room(index: Path, former: Former, reader: PageReader) -> None:
    """Raise BuildRefused unless there is room for another generation like the former one.

    Of a first one it is known from the files to be read what it takes at least.  A disk may still fill up before the
    build ends: then nothing is published, and what was written is removed.
    """
    free = shutil.disk_usage(index).free
    needed = (former.bytes or _least(reader)) + _SPARE_BYTES
    if free < needed:
        raise BuildRefused(
            f"{index} has {free / 1e6:,.0f} MB free, and a build needs {needed / 1e6:,.0f} MB: make room, for instance "
            "with searchkit prune --keep 2"
        )


def _least(reader: PageReader) -> int:
    """How many bytes has an index of what `reader` reads, at least?"""
    sizes = reader.sizes() if isinstance(reader, Reader) else {}
    return round(sum(size * _LEAST_SHARE.get(suffix, 0.0) for suffix, size in sizes.items()))


def refuse_losses(plan: Plan, former: Former, options: BuildOptions, withdrawn: int) -> None:
    """Refuse to withdraw very many pages at once: it looks like a crawl that failed."""
    if options.force or (options.replace and set(former.recipe.sources) - set(plan.remembered)):
        return
    pages = former.count_pages()
    if withdrawn > _FEW_PAGES and withdrawn > pages * options.max_withdrawn / 100:
        raise BuildRefused(
            f"{withdrawn:,} of {pages:,} pages would go, more than {options.max_withdrawn:g} %, so nothing was "
            "published. If that is meant: --force, or a higher --max-withdrawn"
        )


def refuse_emptied(plan: Plan, former: Former, options: BuildOptions, pages: Path, index: Path) -> None:
    """Refuse to withdraw a whole SOURCE among several: a disk that is not mounted looks like an empty folder."""
    if options.replace or options.force:
        return
    with PageTable(pages) as table:
        for source in plan.sources:
            place = location(source)
            if former.had_pages_at(place) and not table.has_below(place):
                raise BuildRefused(
                    f"{source.as_text()}: not one page gave a speech, and its pages in {index} would go. "
                    "If that is meant: --replace"
                )


def nothing_read(plan: Plan, former: Former, skipped: Sequence[Skipped], index: Path) -> BuildRefused:
    """Why was nothing published, if not one page gave a speech?"""
    reasons = Counter(page.reason for page in skipped).most_common()
    listed = ", ".join(f"{count:,} {reason}" for reason, count in reasons) or "no files there"
    kept = f"; {index} answers as before" if former.exists else ""
    return BuildRefused(f"{', '.join(plan.remembered)}: not one page gave a speech ({listed}){kept}")
