"""searchkit keyness: which words set some speeches apart?"""

from __future__ import annotations

from typing import Any

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
from searchkit.cli.tables import put_table, table_form, table_options
from searchkit.presenting import keyness_json, keyness_table

__all__ = ["keyness", "keyword_options"]

_EXAMPLES = """\b
Examples:
  searchkit keyness --speaker okoro
  searchkit keyness --from 2022 --no-stop-words
  searchkit keyness speaker:okoro --against speaker:tane --sort log-ratio
"""


def keyword_options(command: Any) -> Any:
    """Which keywords are listed?  The options --min, --sort, --limit and --no-stop-words."""
    for option in (
        click.option("--stop-words/--no-stop-words", default=True, help="List little words (the, of) too, or not."),
        click.option(
            "--limit", type=click.IntRange(min=0), metavar="N", default=20, show_default=True,
            help="How many words of either side.",
        ),
        click.option(
            "--sort", type=click.Choice(["log-likelihood", "log-ratio"]), default="log-likelihood", show_default=True,
            help="How sure, or how large the difference is.",
        ),
        click.option(
            "--min", "least", type=click.IntRange(min=1), metavar="N", default=3, show_default=True,
            help="Only words that stand as often on both sides together.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option("--against", metavar="QUERY", help="The speeches to compare with; else all others.")
@keyword_options
@filter_options
@table_options
@pager_option
def keyness(words: tuple[str, ...], **options: Any) -> int:
    """Find the words that set some speeches apart from others.

    QUERY and the filters choose the speeches: of one speaker, of one year. Words are more or less frequent in them
    than elsewhere: log-likelihood says how sure that is (6.63: by chance once in a hundred words; less is not
    listed), the log ratio how large (1: twice as frequent).
    """
    import searchkit

    form = table_form(options)
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=bool(where.named or where.since or where.until))
    chosen = searchkit.KeynessOptions(
        least=options["least"], stop_words=options["stop_words"], order=options["sort"], limit=options["limit"]
    )
    with searchkit.open(options["index"]) as speeches:
        found = speeches.keyness(asked, where=where, against=options["against"], options=chosen)
    if form is not None:
        put_table(form, keyness_table(found), keyness_json(found))
    else:
        from searchkit.cli.keywords import show_keyness
        from searchkit.cli.screen import paged

        with paged() as screen:
            show_keyness(screen, found)
    return 0 if found.more or found.fewer else 1
