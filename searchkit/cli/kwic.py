"""searchkit kwic: every occurrence on a line of its own, in its context."""

from __future__ import annotations

from collections.abc import Iterator
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
from searchkit.cli.output import note, put, put_json
from searchkit.cli.tables import table_form, table_options
from searchkit.presenting import KWIC_COLUMNS, delimited, kwic_json, kwic_rows

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit import Concordance, Searcher

__all__ = ["kwic"]

_EXAMPLES = """\b
Examples:
  searchkit kwic '"shusha declaration"'
  searchkit kwic ceasefire --sort right --limit 40
  searchkit kwic 'speaker:okoro peace*' --window 5 --csv
"""

_ON_A_SCREEN = 20
"""Lines shown if nothing is said; programs get all."""
_AT_ONCE = 10_000
"""Lines held in memory."""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option(
    "--window",
    type=click.IntRange(min=0),
    metavar="N",
    help="Words of context on either side; else what the screen holds, and 10 for programs.",
)
@click.option(
    "--sort",
    type=click.Choice(["oldest", "newest", "left", "right"]),
    help="By date (the default: oldest), or by the words on that side, from the match outwards.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"How many lines; else {_ON_A_SCREEN}, and all for programs.",
)
@click.option("--offset", type=click.IntRange(min=0), metavar="N", default=0, help="How many lines to leave out first.")
@filter_options
@table_options
@pager_option
def kwic(words: tuple[str, ...], **options: Any) -> int:
    """Show every occurrence in its context (a concordance).

    One line for each place where a word, phrase or NEAR of the query stands; unquoted words that stand side by side
    as typed are one. Exit status 1 if there is none.
    """
    import searchkit

    form = table_form(options)
    asked = asked_for(words, options["phrase"], all_allowed=False)
    asking: dict[str, Any] = {"where": where_of(options), "sort": options["sort"], "offset": options["offset"]}
    with searchkit.open(options["index"]) as speeches:
        if form is None:
            from searchkit.cli.concordance import fitting_window, show_concordance
            from searchkit.cli.screen import paged

            limit = _ON_A_SCREEN if options["limit"] is None else options["limit"]
            with paged(wide=True) as screen:
                window = fitting_window(screen) if options["window"] is None else options["window"]
                found = speeches.kwic(asked, window=window, limit=limit, **asking)
                show_concordance(screen, found, offset=options["offset"])
        else:
            window = 10 if options["window"] is None else options["window"]
            found = _put(speeches, asked, form, options["limit"], {**asking, "window": window})
        if not found.total:
            note(speeches.count(asked, where=asking["where"]).remarks)
    return 0 if found.total else 1


def _put(speeches: Searcher, asked: Any, form: str, limit: int | None, asking: dict[str, Any]) -> Concordance:
    if form == "json":
        found = speeches.kwic(asked, limit=limit, **asking)
        put_json(kwic_json(found, found))
        return found
    found = speeches.kwic(asked, limit=0, **asking)
    last = found.total if limit is None else min(found.total, asking["offset"] + limit)
    put(delimited(KWIC_COLUMNS, _rows(speeches, asked, last, asking), form))
    return found


def _rows(speeches: Searcher, asked: Any, last: int, asking: dict[str, Any]) -> Iterator[Any]:
    """The rows up to `last`, some at a time: there may be millions."""
    for offset in range(asking["offset"], last, _AT_ONCE):
        page = speeches.kwic(asked, limit=min(_AT_ONCE, last - offset), **{**asking, "offset": offset})
        yield from kwic_rows(page)
