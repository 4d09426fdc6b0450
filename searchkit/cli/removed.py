"""searchkit removed: which words did the cleaner cut, where, and by which rule?"""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import index_option
from searchkit.cli.tables import put_table, table_form, table_options

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit import RemovedPart
    from searchkit.cli.screen import Screen

__all__ = ["removed"]

_EXAMPLES = """\b
Examples:
  searchkit removed                        every cut
  searchkit removed all rights reserved
  searchkit removed --rule share --csv
"""
_ON_A_SCREEN = 50
_SHORT = 200
"""Characters of a cut that are enough to recognise it; --json has it whole."""


@click.command(epilog=_EXAMPLES)
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@index_option
@click.option("--rule", metavar="NAME", help="Only what this rule cut.")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help=f"How many; else {_ON_A_SCREEN}, and all for programs."
)
@table_options
@pager_option
def removed(words: tuple[str, ...], rule: str | None, limit: int | None, **options: Any) -> int:
    """List what was cut out of pages, with the page and the rule.

    With WORDS only cuts that hold all of them, whatever their case and diacritics. What a rule cuts that is content can
    be told to whoever keeps the rules; rules of your own are explained in docs/cleaning.md. Exit status 1 if there is
    none.
    """
    import searchkit
    from searchkit.presenting import Table

    form = table_form(options)
    parts = searchkit.removed(words, options["index"], rule=rule)
    most = limit if limit is not None else _ON_A_SCREEN if form is None else None
    listed = list(islice(parts, None if most is None else min(most, sys.maxsize)))
    rest = sum(1 for _ in parts)
    total = len(listed) + rest
    if form is not None:
        table = Table(("page", "rule", "text"), [(part.page, part.rule, part.text) for part in listed])
        put_table(form, table, {"total": total, "removed": table.objects()})
    else:
        from searchkit.cli.screen import paged

        with paged() as screen:
            _show(screen, listed, total)
    return 0 if total else 1


def _show(screen: Screen, parts: list[RemovedPart], total: int) -> None:
    from searchkit.cli.screen import plain
    from searchkit.presenting import counted

    screen.line(plain(counted(total, "cut"), "bold"))
    page = None
    for part in parts:
        if part.page != page:
            page = part.page
            screen.line()
            screen.line(plain(page, "bold"))
        line = " ".join(part.text.split())
        shown = line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
        screen.line(plain(f"[{part.rule}] ", "bold red") + plain(shown, "red"), indent=2)
    if total > len(parts):
        screen.line()
        screen.line(plain(f"{len(parts):,} of {total:,}; --limit N shows more", "yellow"))
