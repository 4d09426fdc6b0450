"""Hits for other programs: the options that choose a form, and the lines, page by page: there may be millions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from searchkit import presenting
from searchkit.cli.options import chosen_form
from searchkit.cli.output import note, put, put_json
from searchkit.errors import UsageError
from searchkit.presenting import counted

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.models import Hit, Results

__all__ = ["Ask", "export_form", "export_options", "put_hits"]

Callback = TypeVar("Callback", bound=Callable[..., Any])
Ask = Callable[[int, int], "Results"]
"""Asks for the hits from an offset, at most so many."""

_AT_ONCE = 1_000
"""Hits held in memory."""


def export_options(command: Callback) -> Callback:
    """The options --json, --jsonl, --csv, --tsv, --ids, --template, --fields, -0."""
    for option in reversed(
        (
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with totals and facets."),
            click.option("--jsonl", is_flag=True, help="Print a line of JSON for each hit."),
            click.option("--csv", is_flag=True, help="Print a table with a line for each hit."),
            click.option("--tsv", is_flag=True, help="Print a table, cells between tabs."),
            click.option("--ids", is_flag=True, help='Print ids, for "searchkit show -" and the like.'),
            click.option("--template", metavar="TEXT", help="Print a line for each hit: '{date} {speaker}: {text}'."),
            click.option("--fields", "columns", metavar="LIST", help="Columns of --csv and --tsv: id,speaker,date."),
            click.option("-0", "--null", is_flag=True, help="End ids and lines of a template with a zero byte."),
        )
    ):
        command = option(command)
    return command


def export_form(options: dict[str, Any]) -> str | None:
    """In which form are hits wanted?  None for people."""
    form = chosen_form(
        json=options["as_json"], jsonl=options["jsonl"], csv=options["csv"], tsv=options["tsv"], ids=options["ids"],
        template=options["template"] is not None,
    )  # fmt: skip
    if options["columns"] is not None and form not in ("csv", "tsv"):
        raise UsageError("--fields chooses the columns of --csv or --tsv: add one of them")
    if options["null"] and form not in ("ids", "template"):
        raise UsageError("-0 ends the lines of --ids or --template: add one of them")
    return form


def put_hits(form: str, options: dict[str, Any], ask: Ask, own: tuple[str, ...]) -> Results:
    """Write the hits, all of them unless --limit says how many, and answer with the totals.

    `own` are the index's fields of the user's own, which may be columns too.
    """
    if form == "json":
        results = ask(options["offset"], 10 if options["limit"] is None else options["limit"])
        put_json(presenting.results_json(results))
        note(results.remarks)
        return results
    lines = _lines(form, options, own)
    results = ask(options["offset"], 0)
    last = results.total if options["limit"] is None else options["offset"] + options["limit"]
    put(lines(_hits(ask, options["offset"], min(last, results.total))))
    shown = max(0, min(last, results.total) - options["offset"])
    left = [f"{shown:,} of {counted(results.total, 'speech', 'speeches')}"] if shown < results.total else []
    note([*results.remarks, *left])
    return replace(results, hits=())


def _hits(ask: Ask, first: int, last: int) -> Iterator[Hit]:
    for offset in range(first, last, _AT_ONCE):
        yield from ask(offset, min(_AT_ONCE, last - offset))


def _lines(form: str, options: dict[str, Any], own: tuple[str, ...]) -> Callable[[Iterator[Hit]], Iterable[str]]:
    end = "\0" if options["null"] else "\n"
    if form == "jsonl":
        return lambda hits: (f"{line}\n" for line in presenting.hits_jsonl(hits))
    if form == "ids":
        return lambda hits: (f"{hit.speech.id}{end}" for hit in hits)
    if form == "template":
        template = presenting.Template(options["template"], own)
        return lambda hits: (template.line(hit) + end for hit in hits)
    fields = presenting.chosen_fields(options["columns"], own)
    return lambda hits: presenting.delimited(fields, _told(presenting.field_rows(hits, fields)), form)


def _told(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows, and at their end how many cells a spreadsheet may run."""
    formulas = 0
    for row in rows:
        formulas += sum(map(presenting.is_formula, row))
        yield row
    if formulas:
        note([f"{counted(formulas, 'cell')} a spreadsheet may take for a formula: import the columns as text"])
