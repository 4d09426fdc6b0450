"""The program `searchkit`: its commands, and the promise that it always ends with a status and a sentence.

Whatever goes wrong inside a command arrives here, and becomes a message on standard error (see failures.py).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from searchkit.cli.build import build
from searchkit.cli.changes import changes
from searchkit.cli.check import check
from searchkit.cli.cite import cite
from searchkit.cli.collocates import collocates
from searchkit.cli.color import color_option
from searchkit.cli.compare import compare
from searchkit.cli.count import count
from searchkit.cli.demo import demo
from searchkit.cli.facets import facets
from searchkit.cli.failures import Interrupted, close_quietly, report
from searchkit.cli.first import first
from searchkit.cli.freq import freq
from searchkit.cli.generations import generations, prune, release, rollback
from searchkit.cli.inspect import inspect
from searchkit.cli.keyness import keyness
from searchkit.cli.kwic import kwic
from searchkit.cli.mcp import mcp
from searchkit.cli.ngrams import ngrams
from searchkit.cli.query import query
from searchkit.cli.quotes import quotes
from searchkit.cli.serve import serve
from searchkit.cli.show import show
from searchkit.cli.similar import similar
from searchkit.cli.speakers import speakers
from searchkit.cli.stats import stats
from searchkit.cli.trend import trend
from searchkit.cli.watch import watch
from searchkit.version import VERSION

__all__ = ["Program", "main"]

_COMMANDS = (
    build,
    query,
    show,
    cite,
    inspect,
    facets,
    count,
    quotes,
    kwic,
    trend,
    freq,
    collocates,
    ngrams,
    keyness,
    compare,
    first,
    similar,
    speakers,
    stats,
    changes,
    watch,
    generations,
    rollback,
    release,
    check,
    prune,
    serve,
    mcp,
    demo,
)
"""In the order in which one meets them."""


class Program(click.Group):
    """Runs one command and turns its outcome into an exit status; commands return theirs, None for 0."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command that `args` (else the command line) name, and exit with its status."""
        words = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(words, prog_name, standalone_mode=False, **extra)
        try:
            status = super().main(words, prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            status = close_quietly()
        except (KeyboardInterrupt, click.Abort):
            status = report(Interrupted("interrupted"), words)
        except Exception as error:
            status = report(error, words)
        sys.exit(status or 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe is no failure: whoever reads has read enough."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return close_quietly()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In which order does --help list the commands?"""
        return [command.name or "" for command in _COMMANDS]


_EXAMPLES = """\b
Examples:
  searchkit demo                          try it on sample pages
  searchkit build pages/                  make an index of a folder, in ./index
  searchkit query "Shusha Declaration"    ask it
"""


@click.group(
    cls=Program, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, message="searchkit %(version)s")
def main() -> None:
    """Search speeches: who said these words, where, when, and how often?"""


for _command in _COMMANDS:
    _command.params.append(color_option())
    main.add_command(_command)
