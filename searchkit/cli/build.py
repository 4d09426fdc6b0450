"""searchkit build: pages become an index, beside the one that answers meanwhile."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchkit import config
from searchkit.cli.failures import NO_MEMORY, lacks_memory
from searchkit.cli.options import PathName, index_option, json_option, rules_option
from searchkit.cli.output import note, put_json
from searchkit.cli.paths import FileToWrite
from searchkit.cli.unattended import Size, be_polite, log_event, log_report, logging_listener, measured
from searchkit.errors import BuildRefused
from searchkit.presenting import report_json

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit import BuildOptions, BuildReport

__all__ = ["build", "built"]

_EXAMPLES = """\b
Examples:
  searchkit build pages/
  searchkit build pages/ --index /data/speeches --metadata pages.csv --field party
  searchkit build ledger=/mnt/a gazette=/mnt/b
"""

_STRICT = BuildRefused.exit_status
"""Exit status of a build that --strict finds fault with."""


@click.command(epilog=_EXAMPLES)
@click.argument("sources", metavar="[NAME=]SOURCE...", nargs=-1)
@index_option
@click.option("--add", is_flag=True, help="Add these sources to those that the index remembers.")
@click.option("--replace", is_flag=True, help="Let these sources take the place of those that the index remembers.")
@click.option(
    "--metadata", type=PathName(), metavar="FILE", multiple=True,
    help="A table (csv, tsv) that gives fields of pages by their names.",
)  # fmt: skip
@click.option("--metadata-key", metavar="COLUMN", help="Its column that names the page; else file.")
@click.option(
    "--field",
    "own_fields",
    metavar="KEY",
    multiple=True,
    help="Make this key of records or tables a field to filter and count by.",
)
@click.option("--clean", "clean_records", is_flag=True, help="Apply the rules for lines of pages to records too.")
@click.option("--extract", "extract_records", is_flag=True, help="Look for labels and quotes in records too.")
@click.option(
    "--speakers",
    type=PathName(),
    metavar="FILE",
    multiple=True,
    help="What you know of speakers: aliases, pins, splits; else speakers.toml in or beside a source.",
)
@rules_option
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; else one for each core.")
@click.option("--full", is_flag=True, help="Take nothing over from the former index.")
@click.option("--optimize", is_flag=True, help="Merge all segments into one: the smallest and fastest index.")
@click.option("--checksum", is_flag=True, help="Read every file, whatever its size and time say.")
@click.option("--strict", is_flag=True, help=f"Exit with status {_STRICT} if a page is skipped.")
@click.option(
    "--max-withdrawn",
    type=click.FloatRange(0, 100),
    default=20.0,
    metavar="PERCENT",
    help="Publish nothing if more pages would go, and more than 20; else 20.",
)
@click.option("--force", is_flag=True, help="Publish however many pages go.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--wait", type=click.FloatRange(min=0), default=0.0, metavar="S", help="Seconds to wait for a builder.")
@click.option("--log-json", is_flag=True, help="Log to standard error, one JSON object a line.")
@click.option("--metrics", type=FileToWrite(), metavar="FILE", help="Write metrics for Prometheus.")
@click.option("--nice", type=click.IntRange(0, 19), metavar="N", help="Let others go first: 19 most of all.")
@click.option("--memory", type=Size(), metavar="SIZE", help="At most so much in each process: 2G.")
@json_option
def build(
    sources: tuple[str, ...],
    index: str | None,
    strict: bool,
    as_json: bool,
    log_json: bool,
    metrics: Path | None,
    nice: int | None,
    memory: int | None,
    **options: Any,
) -> int:
    """Make an index, or bring it up to date.

    A SOURCE is a folder, a file (.html .txt .pdf .warc .jsonl .csv .json, each also .gz), or "-" for standard input;
    without one, those that the index remembers. The index holds exactly what its sources yield; the former one answers
    until this one is whole.
    """
    import searchkit

    be_polite(nice, memory)
    with measured(metrics, config.place(index)) as reports:
        if log_json:
            log_event("started", sources=list(sources), index=str(config.place(index)), pid=os.getpid())
        report = built(
            sources, index, searchkit.BuildOptions(**options), progress=not (as_json or log_json), logged=log_json
        )
        reports.append(report)
    if log_json:
        log_report(report)
    if as_json:
        put_json(report_json(report))
        note(() if log_json else report.remarks)
    elif not log_json:
        from searchkit.cli.reports import show_report
        from searchkit.cli.screen import Screen

        show_report(Screen(), report)
    return _STRICT if strict and report.skipped else 0


def built(
    sources: tuple[str, ...],
    index: str | None,
    options: BuildOptions,
    *,
    progress: bool = True,
    logged: bool = False,
) -> BuildReport:
    """Build an index, with a progress bar where somebody watches, or a log."""
    import searchkit
    from searchkit.cli.progress import progress_bar

    with progress_bar(shown=progress) as listener:
        try:
            listener = logging_listener() if logged else listener
            return searchkit.build(sources, index, options=options, listener=listener)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise BuildRefused(f"not built, and nothing is changed: {error}") from error
        except Exception as error:
            if not lacks_memory(error):
                raise
            raise BuildRefused(f"nothing was published: {NO_MEMORY}; raise --memory") from error
