"""searchkit freq: in which written forms, how often each?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import (
    QueryCommand,
    asked_for,
    filter_options,
    index_option,
    phrase_option,
    query_argument,
    where_of,
)
from searchkit.cli.output import note
from searchkit.cli.tables import Column, put_table, show_rows, table_form, table_options
from searchkit.presenting import counted, frequencies_json, frequencies_table

if TYPE_CHECKING:
    from searchkit.cli.screen import Screen

__all__ = ["freq"]

_EXAMPLES = """\b
Examples:
  searchkit freq 'declar*'
  searchkit freq ceasefire --json
  searchkit freq --speaker okoro --no-stop-words
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option("--limit", type=click.IntRange(min=0), metavar="N", default=50, show_default=True, help="How many forms.")
@click.option("--stop-words/--no-stop-words", default=True, help="List little words (the, of) too, or not.")
@filter_options
@table_options
@pager_option
def freq(words: tuple[str, ...], **options: Any) -> int:
    """Count the forms of words: declare 12, declared 7.

    A query without words of the text, or none, gives the word list of its speeches. Exit status 1 if there is
    nothing.
    """
    import searchkit

    form = table_form(options)
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=True)
    with searchkit.open(options["index"]) as speeches:
        found = speeches.freq(asked, where=where, limit=options["limit"], stop_words=options["stop_words"])
        if form is not None:
            put_table(form, frequencies_table(found), frequencies_json(found))
        else:
            from searchkit.cli.screen import paged

            with paged() as screen:
                _show(screen, found)
        if not found.total:
            note(speeches.count(asked, where=where).remarks)
    return 0 if found.total else 1


def _show(screen: Screen, found: Any) -> None:
    from searchkit.cli.screen import plain

    said = f"{counted(found.total, 'occurrence')} of {counted(found.forms, 'form')}"
    screen.line(plain(f"{said}, in {counted(found.speeches, 'speech', 'speeches')}", "bold"))
    screen.line(plain(found.understood, "dim"))
    if not found.values:
        return
    screen.line()
    show_rows(
        screen,
        [
            Column("form", [value.form for value in found.values], right=False),
            Column("occurrences", [f"{value.occurrences:,}" for value in found.values], style="bold"),
            Column("per million", [f"{value.per_million:,.1f}" for value in found.values], spare=True),
            Column("speeches", [f"{value.speeches:,}" for value in found.values], spare=True),
        ],
        [float(value.occurrences) for value in found.values],
    )
    screen.line()
    screen.line(plain(f"per million: of the {counted(found.words, 'word')} of {found.scope}", "dim"))
    if found.truncated:
        screen.line(plain(f"{len(found.values):,} of {counted(found.forms, 'form')}: --limit gives more", "yellow"))
