"""The program `searchkit`: its commands, and the promise that it always ends with a status and a sentence.

Whatever goes wrong inside a command arrives here, and becomes a message on standard error (see failures.py).
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import click

from searchkit.cli.color import color_option
from searchkit.cli.failures import Interrupted, close_quietly, report
from searchkit.config import completing_shell
from searchkit.version import VERSION

__all__ = ["Program", "main"]

_COMMANDS = {
    "build": "build",
    "query": "query",
    "show": "show",
    "cite": "cite",
    "inspect": "inspect",
    "removed": "removed",
    "facets": "facets",
    "count": "count",
    "quotes": "quotes",
    "kwic": "kwic",
    "trend": "trend",
    "freq": "freq",
    "collocates": "collocates",
    "ngrams": "ngrams",
    "keyness": "keyness",
    "compare": "compare",
    "first": "first",
    "similar": "similar",
    "speakers": "speakers",
    "stats": "stats",
    "changes": "changes",
    "watch": "watch",
    "generations": "generations",
    "rollback": "generations",
    "release": "generations",
    "check": "check",
    "copy": "copy",
    "prune": "generations",
    "serve": "serve",
    "mcp": "mcp",
    "demo": "demo",
}
"""Command -> the module of this package that has it, loaded when it is used.  In the order in which one meets them."""


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
        if completing_shell() == "bash":
            importlib.import_module("searchkit.cli.bash").complete_in_bash()
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
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Which command has this name?"""
        return _command(cmd_name) if cmd_name in _COMMANDS else None


@cache
def _command(name: str) -> click.Command:
    command: click.Command = getattr(importlib.import_module(f"searchkit.cli.{_COMMANDS[name]}"), name)
    command.params.append(color_option())
    return command


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
