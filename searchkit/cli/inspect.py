"""searchkit inspect: what becomes of a page, up to but not into the index?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

import click

from searchkit.cli.options import chosen_form, json_option, rules_option
from searchkit.cli.output import note, put, put_json
from searchkit.models import Inspection, Skipped
from searchkit.presenting import inspection_json, inspections_jsonl

__all__ = ["inspect"]

_EXAMPLES = """\b
Examples:
  searchkit inspect page.html
  searchkit inspect page.html --json
  searchkit inspect pages/ --jsonl
  searchkit inspect page.html --rules our-rules.toml
  curl -s https://example.org/speech | searchkit inspect -
"""


@click.command(epilog=_EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@json_option
@click.option("--jsonl", is_flag=True, help="Print one line of JSON for each page, as soon as it is done.")
@rules_option
def inspect(files: tuple[str, ...], as_json: bool, jsonl: bool, rules: tuple[str, ...]) -> None:
    """Look at pages before they are indexed.

    What is kept, what is removed by which rule, who speaks, who is quoted? Needs no index and makes none. "-" is
    standard input. --json prints an object for one page, a list for several.
    """
    import searchkit

    form = chosen_form(json=as_json, jsonl=jsonl)
    inspections = searchkit.inspect(files, options=searchkit.BuildOptions(rules=rules))
    if form == "jsonl":
        put(f"{line}\n" for line in inspections_jsonl(inspections))
    elif form == "json":
        _put_json(inspections)
    else:
        from searchkit.cli.screen import Screen
        from searchkit.cli.speeches import show_inspection
        from searchkit.indexing import Sites

        screen = Screen()
        sites = Sites()
        for inspection in inspections:
            show_inspection(screen, inspection)
            if not isinstance(inspection.page, Skipped):
                sites.see(inspection.page)
        note(sites.remarks())


def _put_json(inspections: Iterable[Inspection]) -> None:
    iterator = iter(inspections)
    first = list(islice(iterator, 2))
    if len(first) == 1:
        put_json(inspection_json(first[0]))
    else:
        put_json([inspection_json(inspection) for inspection in chain(first, iterator)])
