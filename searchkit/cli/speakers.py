"""searchkit speakers: whom was each label resolved to, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import index_option
from searchkit.cli.tables import Column, put_table, show_rows, table_form, table_options
from searchkit.presenting import counted, roll_json, roll_table

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit import RollEntry
    from searchkit.cli.screen import Screen

__all__ = ["speakers"]

_EXAMPLES = """\b
Examples:
  searchkit speakers
  searchkit speakers lim --unresolved
  searchkit speakers --csv
"""

_ON_A_SCREEN = 50


@click.command(epilog=_EXAMPLES)
@click.argument("words", metavar="[NAME]...", nargs=-1)
@index_option
@click.option("--unresolved", is_flag=True, help="Only labels of which it is not known who is meant.")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help=f"How many; else {_ON_A_SCREEN}, and all for programs."
)
@table_options
@pager_option
def speakers(words: tuple[str, ...], unresolved: bool, limit: int | None, **options: Any) -> int:
    """List labels, the person behind each, and why.

    With NAME only labels and persons that have these words. What is not resolved can be told in speakers.toml (see
    docs/speakers.md). Exit status 1 if there is none.
    """
    import searchkit

    form = table_form(options)
    with searchkit.open(options["index"]) as speeches:
        wanted = speeches.speakers(" ".join(words), unresolved=unresolved)
    most = limit if limit is not None else _ON_A_SCREEN if form is None else len(wanted)
    if form is not None:
        put_table(form, roll_table(wanted[:most]), roll_json(wanted[:most], len(wanted)))
    else:
        from searchkit.cli.screen import paged

        with paged() as screen:
            _show(screen, wanted, most)
    return 0 if wanted else 1


def _show(screen: Screen, entries: Sequence[RollEntry], most: int) -> None:
    from searchkit.cli.screen import plain

    people = {entry.speaker for entry in entries if entry.resolved}
    open_ = Counter(entry.resolved for entry in entries)[False]
    said = f"{counted(len(entries), 'label')} of {counted(len(people), 'person', 'persons')}, {open_:,} not resolved"
    screen.line(plain(said, "bold"))
    if not entries:
        return
    screen.line()
    listed = entries[:most]
    show_rows(
        screen,
        [
            Column("speeches", [f"{entry.speeches:,}" for entry in listed], style="bold", spare=True),
            Column("quotes", [f"{entry.quotes:,}" for entry in listed], spare=True),
            Column("label", [entry.label for entry in listed], right=False),
            Column("speaker", [entry.speaker or "-" for entry in listed], right=False, style="cyan"),
        ],
        notes=[entry.why if entry.resolved else f"{entry.why} (not resolved)" for entry in listed],
    )
    if len(entries) > most:
        screen.line()
        screen.line(plain(f"{most:,} of {len(entries):,}; --limit N shows more", "yellow"))
