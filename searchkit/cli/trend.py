"""searchkit trend: how often over time, or by whom?"""

from __future__ import annotations

from typing import Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import (
    QueryCommand,
    asked_for,
    facet_names_completed,
    filter_options,
    index_option,
    phrase_option,
    query_argument,
    where_of,
)
from searchkit.cli.output import note
from searchkit.cli.paths import FileToWrite
from searchkit.cli.tables import put_table, table_form, table_options
from searchkit.presenting import trend_json, trend_table

__all__ = ["trend"]

_EXAMPLES = """\b
Examples:
  searchkit trend ceasefire
  searchkit trend '"cost of living"' --by month --from 2022
  searchkit trend inflation --by speaker --sort rate
  searchkit trend '"shusha declaration"' --plot mentions.svg
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option(
    "--by",
    metavar="FIELD",
    default="year",
    show_default=True,
    shell_complete=facet_names_completed,
    help="year, month, speaker or any other facet.",
)
@click.option(
    "--sort",
    type=click.Choice(["count", "rate", "value"]),
    default="count",
    show_default=True,
    help="Of values that are no dates: most speeches, most per million words, by name.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", default=30, show_default=True,
    help="How many values that are no dates are shown; programs get all.",
)  # fmt: skip
@click.option(
    "--plot", type=FileToWrite(), metavar="FILE", help="Draw it too: an .svg or .png file (needs searchkit[plot])."
)
@filter_options
@table_options
@pager_option
def trend(words: tuple[str, ...], **options: Any) -> int:
    """Count over time, by speaker, by any facet.

    Speeches, occurrences, and occurrences per million words of all speeches that could have answered. A period
    without speeches in the index is told from one in which nobody said it. Without QUERY, all speeches. Exit status 1
    if nothing is found.
    """
    import searchkit

    form = table_form(options)
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=True)
    with searchkit.open(options["index"]) as speeches:
        found = speeches.trend(asked, options["by"], where=where, sort=options["sort"])
        if options["plot"]:
            from searchkit.presenting.plot import plot_trend

            plot_trend(found, options["plot"], most=options["limit"])
            note([f"drawn: {options['plot']}"])
        if form is not None:
            put_table(form, trend_table(found), trend_json(found))
        else:
            from searchkit.cli.screen import paged
            from searchkit.cli.trends import show_trend

            with paged() as screen:
                show_trend(screen, found, most=options["limit"])
        if not found.total:
            note(speeches.count(asked, where=where).remarks)
    return 0 if found.total else 1
