"""searchkit query: which speeches answer, and which words show it?"""

from __future__ import annotations

from typing import Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.exports import export_form, export_options, put_hits
from searchkit.cli.options import (
    QueryCommand,
    asked_for,
    facet_option,
    filter_options,
    index_option,
    literal_option,
    phrase_option,
    query_argument,
    where_of,
)

__all__ = ["query"]

_EXAMPLES = """\b
Examples:
  searchkit query Shusha Declaration
  searchkit query '"rule of law" speaker:okoro date:2022..2024'
  searchkit query -- ceasefire -geneva
  searchkit query --speaker "Anahera Tane" --sort newest --facet venue
  searchkit query ceasefire --csv --fields id,speaker,date,text > ceasefire.csv
"""
_ON_A_SCREEN = 10


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@literal_option
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"How many hits; else {_ON_A_SCREEN}, and all in --jsonl, --csv, --tsv, --ids and --template.",
)
@click.option(
    "--offset", type=click.IntRange(min=0), metavar="N", default=0, help="How many hits to leave out before them."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    help="The order of the hits; relevance if nothing is said.",
)
@click.option("--group", type=click.Choice(["copies"]), help="One hit for each group of near-duplicate pages.")
@facet_option("--facet", "Count all matches by this field too; several times for several fields.")
@filter_options
@click.option("--explain", is_flag=True, help="Write the query out, and say of what each hit's score is made.")
@pager_option
@export_options
def query(words: tuple[str, ...], **options: Any) -> int:
    """Find speeches: who said it, when, where?

    Words side by side must all occur; speeches with the exact phrase come first. "-" reads the query from
    standard input. Without QUERY, but with a filter, all speeches that it lets through. Exit status 1 if nothing
    is found.
    """
    import searchkit

    form = export_form(options)
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=bool(where.named or where.since or where.until))
    with searchkit.open(options["index"]) as speeches:

        def ask(offset: int, limit: int) -> searchkit.Results:
            return speeches.search(
                asked,
                where=where,
                facets=options["fields"],
                limit=limit,
                offset=offset,
                sort=options["sort"],
                literal=options["literal"],
                group=options["group"],
                explain=options["explain"],
            )

        results = put_hits(form, options, ask, speeches.own_fields) if form is not None else _show(ask, options)
    return 0 if results.total else 1


def _show(ask: Any, options: dict[str, Any]) -> Any:
    from searchkit.cli.hits import show_results
    from searchkit.cli.screen import paged

    limit = _ON_A_SCREEN if options["limit"] is None else options["limit"]
    results = ask(options["offset"], limit)
    with paged() as screen:
        show_results(screen, results, limit=limit, offset=options["offset"])
    return results
