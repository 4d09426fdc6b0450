"""searchkit query: which speeches answer, and which words show it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.options import (
    QueryCommand,
    asked_for,
    chosen_form,
    facet_option,
    filter_options,
    index_option,
    json_option,
    phrase_option,
    query_argument,
    where_of,
)
from searchkit.cli.output import note, put, put_json
from searchkit.presenting import counted, formula_cells, hits_csv, hits_jsonl, results_json

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.models import Results

__all__ = ["query"]

_EXAMPLES = """\b
Examples:
  searchkit query Shusha Declaration
  searchkit query '"rule of law" speaker:okoro date:2022..2024'
  searchkit query -- ceasefire -geneva
  searchkit query --speaker "Anahera Tane" --sort newest --facet venue
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@click.option("--limit", type=click.IntRange(min=0), metavar="N", default=10, show_default=True, help="How many hits.")
@click.option(
    "--offset", type=click.IntRange(min=0), metavar="N", default=0, help="How many hits to leave out before them."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    help="The order of the hits; relevance if nothing is said.",
)
@facet_option("--facet", "Count all matches by this field too; several times for several fields.")
@filter_options
@json_option
@click.option("--jsonl", is_flag=True, help="Print one line of JSON for each hit.")
@click.option("--csv", is_flag=True, help="Print a table with one line for each hit.")
def query(words: tuple[str, ...], **options: Any) -> int:
    """Find speeches: who said it, when, where?

    Words side by side must all occur; speeches with the exact phrase come first. "-" reads the query from
    standard input. Without QUERY, but with a filter, all speeches that it lets through. Exit status 1 if nothing
    is found.
    """
    import searchkit

    form = chosen_form(json=options["as_json"], jsonl=options["jsonl"], csv=options["csv"])
    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=bool(where.named or where.since or where.until))
    with searchkit.open(options["index"]) as speeches:
        results = speeches.search(
            asked,
            where=where,
            facets=options["fields"],
            limit=options["limit"],
            offset=options["offset"],
            sort=options["sort"],
        )
    if form is None:
        from searchkit.cli.hits import show_results
        from searchkit.cli.screen import Screen

        show_results(Screen(), results, limit=options["limit"], offset=options["offset"])
    else:
        _put(results, form)
    return 0 if results.total else 1


def _put(results: Results, form: str) -> None:
    notes = list(results.remarks)
    if form == "json":
        put_json(results_json(results))
    elif form == "jsonl":
        put(f"{line}\n" for line in hits_jsonl(results))
    else:
        put([hits_csv(results)])
        formulas = formula_cells(results)
        if formulas:
            notes.append(
                f"{counted(formulas, 'cell')} a spreadsheet may take for a formula: import the columns as text"
            )
    if form != "json" and len(results.hits) < results.total:
        notes.append(f"{len(results.hits):,} of {counted(results.total, 'speech', 'speeches')}: --limit gives more")
    note(notes)
