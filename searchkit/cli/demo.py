"""searchkit demo: an index of the sample pages, and a first answer from it."""

from __future__ import annotations

import shlex
import tempfile

import click

from searchkit.cli.build import built
from searchkit.cli.options import index_option
from searchkit.config import index_path
from searchkit.errors import UsageError
from searchkit.sample import pages

__all__ = ["demo"]

_EXAMPLES = """\b
Examples:
  searchkit demo
  searchkit demo --index sample-index
"""

_QUERY = "Shusha Declaration"


@click.command(epilog=_EXAMPLES)
@index_option
def demo(index: str | None) -> None:
    """Try searchkit on its sample pages.

    News, ministry pages, transcripts, records; their people and words are invented. The index is built in a
    temporary folder, or in the DIR of --index; the default index is left alone.
    """
    import searchkit
    from searchkit.cli.hits import show_results
    from searchkit.cli.reports import show_report
    from searchkit.cli.screen import Screen, plain

    if index is not None and index_path(index) == index_path():
        raise UsageError(f"{index_path()} is the default index, which demo leaves alone: give another --index")
    place = str(index_path(index or tempfile.mkdtemp(prefix="searchkit-demo-")))
    screen = Screen()
    typed = f"--index {shlex.quote(place)}"
    screen.line(plain(f"$ searchkit build {shlex.quote(str(pages()))} {typed}", "green"))
    show_report(screen, built((str(pages()),), place, searchkit.BuildOptions()))
    screen.line()
    screen.line(plain(f"$ searchkit query {_QUERY} --limit 3 --facet speaker {typed}", "green"))
    with searchkit.open(place) as speeches:
        results = speeches.search(_QUERY, facets=["speaker"], limit=3)
    show_results(screen, results, limit=3, offset=0)
    screen.line()
    screen.lines(_going_on(place))


def _going_on(place: str) -> list[str]:
    return [
        "Go on with this index, which can be deleted at any time:",
        f"  export SEARCHKIT_INDEX={shlex.quote(place)}",
        "  searchkit query ceasefire",
        "  searchkit query 'speaker:erdogan border'",
        "  searchkit facets --by year",
        "or with pages of your own, in ./index:",
        "  searchkit build FOLDER",
        "  searchkit query WORDS",
    ]
