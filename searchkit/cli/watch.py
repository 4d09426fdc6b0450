"""searchkit watch: saved queries, and what is new, changed and lost of their hits."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit import config
from searchkit.cli.failures import CommandFailed
from searchkit.cli.options import PathName, QueryCommand, chosen_form, index_option, json_option
from searchkit.cli.output import put, put_json
from searchkit.cli.paths import FileToWrite
from searchkit.errors import UsageError
from searchkit.presenting import counted, report_text, round_json, round_markdown, round_text, to_json, watch_json

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.watching import Round, Store

__all__ = ["watch"]

watches_option = click.option(
    "--watches", type=PathName(), metavar="DIR",
    help="The saved queries; else $SEARCHKIT_WATCHES, else a folder beside the index.",
)  # fmt: skip


class CommandLine(click.ParamType[tuple[str, ...]]):
    """Is a command with its arguments, as a shell splits it."""

    name = "command"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Which words has the command?"""
        try:
            words = tuple(shlex.split(str(value)))
        except ValueError as error:
            self.fail(f"{value} is no command: {error}".lower(), param, ctx)
        return words or self.fail("a command is missing: the value is empty", param, ctx)


@click.group()
def watch() -> None:
    """Save queries, and hear what is new, changed and lost of their hits.

    They are kept beside the index, not in it: an index can be deleted at any time.
    """


@watch.command(
    cls=QueryCommand,
    epilog="""\b
Examples:
  searchkit watch add shusha '"Shusha Declaration"'
  searchkit watch add truce speaker:aliyev ceasefire --from-now
""",
)
@click.argument("name", metavar="NAME")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@click.option("--from-now", is_flag=True, help="Take what answers today as known: the first run tells what is newer.")
@watches_option
@index_option
@json_option
def add(
    name: str, words: tuple[str, ...], from_now: bool, watches: str | None, index: str | None, as_json: bool
) -> None:
    """Save a query under a name.

    The first run tells every hit, unless --from-now; each later one what changed since the run before.
    """
    from searchkit import watching

    place = config.place(index)
    query = " ".join(words)
    _understood(place, query)
    store = _store(place, watches)
    with _locked(store, "watch add"):
        saved = store.add(name, query)
        if from_now:
            watching.run(place, store, [name]).told()
            saved = store.find(name)
    if as_json:
        put_json(watch_json(saved))
    else:
        known = f"; {counted(len(saved.known), 'hit')} known" if from_now else ""
        click.echo(f"saved {name} in {store.folder}{known}")


@watch.command(
    name="list",
    epilog="""\b
Examples:
  searchkit watch list
  searchkit watch list --json
""",
)
@watches_option
@index_option
@json_option
def list_(watches: str | None, index: str | None, as_json: bool) -> None:
    """List the saved queries.

    Each with its query, when it was last run, and how many hits it had then.
    """
    store = _store(config.place(index), watches)
    saved = store.watches()
    if as_json:
        put_json({"watches": str(store.folder), "saved": [watch_json(item) for item in saved]})
        return
    from searchkit.cli.screen import Screen

    screen = Screen()
    screen.rows(
        (item.name, f"{item.query}   ({counted(len(item.known), 'hit')}, run on {item.generation or 'nothing yet'})")
        for item in saved
    )
    if not saved:
        screen.line(f"no saved query in {store.folder}; save one: searchkit watch add NAME QUERY")


@watch.command(
    epilog="""\b
Examples:
  searchkit watch remove shusha
"""
)
@click.argument("name", metavar="NAME")
@watches_option
@index_option
def remove(name: str, watches: str | None, index: str | None) -> None:
    """Forget a saved query."""
    store = _store(config.place(index), watches)
    with _locked(store, "watch remove"):
        store.remove(name)
    click.echo(f"removed {name}")


@watch.command(
    epilog="""\b
Examples:
  searchkit watch run
  searchkit watch run shusha --json
  searchkit watch run --atom /var/www/news.atom --markdown --exec 'mail -s "Speeches" desk@example.org'
"""
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--markdown", is_flag=True, help="Tell it as a Markdown digest.")
@click.option("--atom", metavar="FILE", type=FileToWrite(), help="Add an entry for each report to a feed.")
@click.option(
    "--exec", "command", type=CommandLine(), metavar="COMMAND",
    help="Tell it to COMMAND on its standard input, if there is news.",
)  # fmt: skip
@click.option(
    "--wait", type=click.FloatRange(min=0), default=60.0, metavar="S", help="Seconds to wait for another run."
)
@watches_option
@index_option
@json_option
def run(
    names: tuple[str, ...],
    markdown: bool,
    atom: Path | None,
    command: tuple[str, ...] | None,
    wait: float,
    watches: str | None,
    index: str | None,
    as_json: bool,
) -> int:
    """Tell what is new, changed and lost since each query was last run.

    Every hit is compared, none is left out. Exit status 0 with or without news; a report that could not be told is told
    by the next run.
    """
    from searchkit import watching

    form = chosen_form(json=as_json, markdown=markdown)
    place = config.place(index)
    store = _store(place, watches)
    with _locked(store, "watch run", wait):
        found = watching.run(place, store, names)
        if atom is not None:
            watching.add_to_feed(atom, found.reports, report_text)
        told = _told(found, form)
        if command is None:
            put([told])
            sys.stdout.flush()  # told before it is struck out
        elif found.reports:
            _tell(command, told)
        found.told()
    for failed in found.failed:
        click.echo(f"Error: the saved query {failed.name}: {failed.error}", err=True)
    return max((failed.error.exit_status for failed in found.failed), default=0)


def _told(found: Round, form: str | None) -> str:
    if form == "json":
        return to_json(round_json(found)) + "\n"
    return round_markdown(found) if form == "markdown" else round_text(found)


def _tell(command: tuple[str, ...], told: str) -> None:
    """Run `command` with `told` on its standard input; raises CommandFailed unless it ends well."""
    typed = shlex.join(command)
    try:
        done = subprocess.run(command, input=told.encode("utf-8", "backslashreplace"), check=False)
    except (OSError, ValueError) as error:
        raise CommandFailed(f"{typed} cannot be run ({error}); its reports wait for the next run") from error
    if done.returncode:
        raise CommandFailed(f"{typed} ended with status {done.returncode}; its reports wait for the next run")


def _understood(index: Path | str, query: str) -> None:
    """Raise QueryError now rather than at night."""
    import searchkit
    from searchkit.errors import IndexMissing

    try:
        with searchkit.open(index) as speeches:
            speeches.count(query)
    except IndexMissing:
        searchkit.memory([{"text": "-"}]).count(query)


def _store(index: Path | str, watches: str | None) -> Store:
    from searchkit.watching import Store

    return Store(config.watches_path(index, watches))


@contextmanager
def _locked(store: Store, purpose: str, wait: float = 60.0) -> Iterator[None]:
    try:
        with store.locked(purpose, wait):
            yield
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{store.folder} is no folder; name another one with --watches") from error
