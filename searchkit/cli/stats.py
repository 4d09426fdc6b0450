"""searchkit stats: what does the index hold?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import index_option, json_option
from searchkit.cli.output import put_json
from searchkit.presenting import counted, stats_json

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit import Stats

__all__ = ["stats"]

_EXAMPLES = """\b
Examples:
  searchkit stats
  searchkit stats --index /data/speeches --json
"""


@click.command(epilog=_EXAMPLES)
@index_option
@json_option
@pager_option
def stats(index: str | None, as_json: bool) -> None:
    """Describe the index.

    How much does it hold, from where, since when, and how complete are its fields?
    """
    import searchkit

    with searchkit.open(index) as speeches:
        held = speeches.stats()
    if as_json:
        put_json(stats_json(held))
        return
    from searchkit.cli.screen import paged, plain

    with paged() as screen:
        screen.rows(_contents(held))
        screen.line()
        screen.line(plain("speeches with a value in", "bold"))
        screen.rows(((name, _share(number, held.speeches)) for name, number in held.coverage.items()), indent=2)


def _contents(held: Stats) -> Iterator[tuple[str, str]]:
    yield "index", held.index or "-"
    yield "generation", f"{held.generation or '-'}" + (f", built {held.created}" if held.created else "")
    yield "sources", ", ".join(held.sources) or "-"
    yield "speeches", f"{held.speeches:,} on {counted(held.pages, 'page')}, {counted(held.words, 'word')}"
    if held.skipped is not None:
        yield "skipped", counted(held.skipped, "page")
    if held.first_date:
        yield "dates", f"{held.first_date} to {held.last_date}"
    yield "languages", ", ".join(f"{name} {number:,}" for name, number in held.languages.items()) or "-"
    if held.bytes is not None:
        yield "size", f"{held.bytes / 1e6:,.1f} MB"


def _share(number: int, whole: int) -> str:
    return f"{number:>{len(f'{whole:,}')},}  {number / whole:4.0%}" if whole else "0"
