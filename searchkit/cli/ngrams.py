"""searchkit ngrams: which words are said in a row again and again?"""

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
from searchkit.presenting import counted, ngrams_json, ngrams_table

if TYPE_CHECKING:
    from searchkit.cli.screen import Screen

__all__ = ["ngrams"]

_EXAMPLES = """\b
Examples:
  searchkit ngrams --size 4 --no-stop-words
  searchkit ngrams '"declaration"' --size 2
  searchkit ngrams --speaker okoro --csv
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option("--size", type=click.IntRange(2, 8), metavar="N", default=3, show_default=True, help="Words in a row.")
@click.option(
    "--min", "least", type=click.IntRange(min=1), metavar="N", default=2, show_default=True,
    help="Only those that occur as often.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), metavar="N", default=30, show_default=True, help="How many.")
@click.option(
    "--stop-words/--no-stop-words", default=True, help="Let them begin or end with little words (the, of), or not."
)
@filter_options
@table_options
@pager_option
def ngrams(words: tuple[str, ...], **options: Any) -> int:
    """Count words in a row.

    Of a QUERY with words those around them, of one without words all in its speeches. Each is counted as its phrase
    in quotes would be: inside one sentence. Exit status 1 if there is none.
    """
    import searchkit

    form = table_form(options)
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=True)
    with searchkit.open(options["index"]) as speeches:
        found = speeches.ngrams(
            asked,
            options["size"],
            where=where,
            limit=options["limit"],
            least=options["least"],
            stop_words=options["stop_words"],
        )
        if form is not None:
            put_table(form, ngrams_table(found), ngrams_json(found))
        else:
            from searchkit.cli.screen import paged

            with paged() as screen:
                _show(screen, found)
        if not found.total:
            note(speeches.count(asked, where=where).remarks)
    return 0 if found.values else 1


def _show(screen: Screen, found: Any) -> None:
    from searchkit.cli.screen import plain

    screen.line(plain(f"{counted(found.total, 'n-gram')} of {found.size} words counted", "bold"))
    screen.line(plain(found.understood, "dim"))
    if not found.values:
        if found.total:
            screen.line(plain("none occurs as often: --min", "yellow"))
        return
    screen.line()
    show_rows(
        screen,
        [
            Column("words", [value.form for value in found.values], right=False, style="bold"),
            Column("occurrences", [f"{value.occurrences:,}" for value in found.values]),
            Column("per million", [f"{value.per_million:,.1f}" for value in found.values], spare=True),
            Column("speeches", [f"{value.speeches:,}" for value in found.values], spare=True),
        ],
        [float(value.occurrences) for value in found.values],
    )
    screen.line()
    screen.line(plain(f"per million: of the {counted(found.words, 'word')} of {found.scope}", "dim"))
