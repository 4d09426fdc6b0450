"""searchkit collocates: which words keep company with these?"""

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
from searchkit.presenting import collocates_json, collocates_table, counted

if TYPE_CHECKING:
    from searchkit.cli.screen import Screen

__all__ = ["collocates"]

_EXAMPLES = """\b
Examples:
  searchkit collocates inflation
  searchkit collocates '"rule of law"' --window 3 --no-stop-words
  searchkit collocates peace --speaker okoro --sort log-dice --csv
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option(
    "--window", type=click.IntRange(1, 99), metavar="N", default=5, show_default=True,
    help="How far away, as NEAR/N counts it: a sentence end counts as one word, a paragraph end is not crossed.",
)  # fmt: skip
@click.option(
    "--min", "least", type=click.IntRange(min=1), metavar="N", default=2, show_default=True,
    help="Only words that stand there as often.",
)  # fmt: skip
@click.option(
    "--sort", type=click.Choice(["log-likelihood", "log-dice", "count"]), default="log-likelihood", show_default=True,
    help="How sure, how exclusive, how frequent.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), metavar="N", default=30, show_default=True, help="How many words.")
@click.option("--stop-words/--no-stop-words", default=True, help="List little words (the, of) too, or not.")
@filter_options
@table_options
@pager_option
def collocates(words: tuple[str, ...], **options: Any) -> int:
    """Find the words that keep company with others.

    Words that stand near those of the query more often than chance would put them there: with log-likelihood (is it
    chance? above 15.13 once in ten thousand words) and logDice (how exclusive? at most 14). Exit status 1 if the
    query finds nothing.
    """
    import searchkit

    form = table_form(options)
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=False)
    chosen = searchkit.CollocateOptions(
        window=options["window"],
        least=options["least"],
        stop_words=options["stop_words"],
        order=options["sort"],
        limit=options["limit"],
    )
    with searchkit.open(options["index"]) as speeches:
        found = speeches.collocates(asked, where=where, options=chosen)
        if form is not None:
            put_table(form, collocates_table(found), collocates_json(found))
        else:
            from searchkit.cli.screen import paged

            with paged() as screen:
                _show(screen, found, options["sort"])
        if not found.total:
            note(speeches.count(asked, where=where).remarks)
    return 0 if found.total else 1


def _show(screen: Screen, found: Any, sort: str) -> None:
    from searchkit.cli.screen import plain

    occurrences = counted(found.total, "occurrence")
    screen.line(plain(f"{occurrences}, {counted(found.neighbours, 'word')} within {found.window} of them", "bold"))
    screen.line(plain(found.understood, "dim"))
    if not found.values:
        if found.total:
            screen.line(plain("no word stands there more often than chance would put it: --min, --window", "yellow"))
        return
    screen.line()
    bars = {"log-likelihood": "log_likelihood", "log-dice": "log_dice", "count": "together"}[sort]
    show_rows(
        screen,
        [
            Column("word", [value.form for value in found.values], right=False, style="bold"),
            Column("together", [f"{value.together:,}" for value in found.values]),
            Column("left", [f"{value.left:,}" for value in found.values], style="dim", spare=True),
            Column("right", [f"{value.right:,}" for value in found.values], style="dim", spare=True),
            Column("in all", [f"{value.frequency:,}" for value in found.values], spare=True),
            Column("likelihood", [f"{value.log_likelihood:,.1f}" for value in found.values]),
            Column("logDice", [f"{value.log_dice:.2f}" for value in found.values], spare=sort != "log-dice"),
        ],
        [max(0.0, float(getattr(value, bars))) for value in found.values],
    )
    screen.line()
    screen.line(plain(f"set against the {counted(found.words, 'word')} of {found.scope}", "dim"))
    if found.truncated:
        screen.line(plain("... and more words: --limit", "yellow"))
