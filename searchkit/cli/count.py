"""searchkit count: how many speeches answer?"""

from __future__ import annotations

from typing import Any

import click

from searchkit import presenting
from searchkit.cli.options import (
    QueryCommand,
    asked_for,
    filter_options,
    index_option,
    json_option,
    literal_option,
    phrase_option,
    query_argument,
    where_of,
)
from searchkit.cli.output import note, put_json

__all__ = ["count"]

_EXAMPLES = """\b
Examples:
  searchkit count ceasefire
  searchkit count '"cost of living"' --from 2022 --to 2024-06
  searchkit count -p "old age" --json
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@index_option
@phrase_option
@literal_option
@filter_options
@json_option
def count(words: tuple[str, ...], **options: Any) -> int:
    """Count the speeches that answer.

    Without QUERY, all speeches. Exit status 1 if there are none.
    """
    import searchkit

    where = where_of(options)
    asked = asked_for(words, options["phrase"], all_allowed=True)
    with searchkit.open(options["index"]) as speeches:
        results = speeches.count(asked, where=where, literal=options["literal"])
    if options["as_json"]:
        put_json(presenting.count_json(results))
        note(results.remarks)
    else:
        from searchkit.cli.hits import show_totals
        from searchkit.cli.screen import Screen

        screen = Screen()
        show_totals(screen, results)
        screen.lines(results.remarks)
    return 0 if results.total else 1
