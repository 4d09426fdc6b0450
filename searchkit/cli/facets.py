"""searchkit facets: how do the speeches that answer spread over speakers, venues, years?"""

from __future__ import annotations

from typing import Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import (
    QueryCommand,
    asked_for,
    facet_option,
    filter_options,
    index_option,
    json_option,
    literal_option,
    phrase_option,
    query_argument,
    where_of,
)
from searchkit.cli.output import note, put_json
from searchkit.presenting import facets_json

__all__ = ["facets"]

_EXAMPLES = """\b
Examples:
  searchkit facets "Shusha Declaration"
  searchkit facets ceasefire --by speaker --by year
  searchkit facets --by source --json
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@literal_option
@facet_option(
    "--by",
    "The field to count by: speaker if nothing is said; date has years and months; several times for several.",
    ("speaker",),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="How many values of a field; of date all.",
)
@click.option(
    "--count",
    "unit",
    type=click.Choice(["speeches", "pages", "originals", "words"]),
    default="speeches",
    show_default=True,
    help="What is counted; originals are groups of near-duplicate pages, words those of the speeches.",
)
@filter_options
@json_option
@pager_option
def facets(words: tuple[str, ...], **options: Any) -> int:
    """Count speeches by speaker, venue, year ...

    Without QUERY, all speeches. Exit status 1 if there are none.
    """
    import searchkit

    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=True)
    with searchkit.open(options["index"]) as speeches:
        results = speeches.facets(
            asked,
            options["fields"],
            where=where,
            limit=options["limit"],
            unit=options["unit"],
            literal=options["literal"],
        )
    if options["as_json"]:
        put_json(facets_json(results.facets))
        note(results.remarks)
    else:
        from searchkit.cli.hits import show_facets, show_totals
        from searchkit.cli.screen import paged

        with paged() as screen:
            show_totals(screen, results)
            if options["unit"] != "speeches":
                screen.line(f"counted in {options['unit']}")
            show_facets(screen, results.facets)
            screen.lines(results.remarks)
    return 0 if results.total else 1
