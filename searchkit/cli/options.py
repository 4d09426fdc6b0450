"""Options and arguments that several commands share, so that they are spelled and explained once."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from searchkit.schema import DATES, FIELDS, Field, facet_names

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from click.shell_completion import CompletionItem

    from searchkit import Where
    from searchkit.query import Query

__all__ = [
    "PathName",
    "QueryCommand",
    "asked_for",
    "chosen_form",
    "complete_names",
    "facet_names_completed",
    "facet_option",
    "filter_options",
    "filter_options_but_speaker",
    "index_option",
    "json_option",
    "literal_option",
    "phrase_option",
    "query_argument",
    "rules_option",
    "typed_or_piped",
    "where_of",
]

Callback = TypeVar("Callback", bound=Callable[..., Any])

_FILTERS = tuple(field for field in FIELDS if field.name in ("speaker", "venue", "source"))
"""Fields with an option of their own; every field can be asked for in the query (`kind:interview`)."""


class PathName(click.ParamType[str]):
    """Is the path of a file or a folder, not the nothing of a shell's variable that is not set."""

    name = "path"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Which path does `value` name?"""
        path = str(value)
        return path if path.strip() else self.fail("a path is missing: the value is empty", param, ctx)


index_option = click.option(
    "--index", type=PathName(), metavar="DIR", help="The index; else $SEARCHKIT_INDEX, else ./index."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
rules_option = click.option(
    "--rules", type=PathName(), metavar="FILE", multiple=True,
    help="Rules of your own for lines that are no content (docs/cleaning.md).",
)  # fmt: skip
phrase_option = click.option("-p", "--phrase", is_flag=True, help="Take the whole query as one exact phrase.")
literal_option = click.option(
    "--literal", is_flag=True, help="Take words as typed: no inflections, no other spellings."
)


def complete_query(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """What may the query that is `typed` so far become in a shell?"""
    from searchkit.cli import completing  # only a shell needs it

    return completing.complete_query(ctx, parameter, typed)


def complete_names(field: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Which completer offers the values of `field` in the index?"""

    def complete(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
        from searchkit.cli import completing  # only a shell needs it

        return completing.values_of(ctx, field, typed)

    return complete


query_argument = click.argument("words", metavar="QUERY...", nargs=-1, shell_complete=complete_query)


class QueryCommand(click.Command):
    """Is a command whose words are a query: one that begins with a minus excludes, and looks like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options, and tell how to exclude a word if that is what an unknown option may be."""
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(self._advice(ctx, typed, error), ctx) from error

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may a word become that begins with a minus?  An option, or an excluded field of the query."""
        options = super().shell_complete(ctx, incomplete)
        if options or incomplete.startswith("--") or len(incomplete) < 2:
            return options
        [query] = [parameter for parameter in self.params if isinstance(parameter, click.Argument)]
        return query.shell_complete(ctx, incomplete)

    def _advice(self, ctx: click.Context, typed: Sequence[str], error: click.NoSuchOption) -> str:
        names = {name for parameter in self.params for name in (*parameter.opts, *parameter.secondary_opts)}
        given = {word.partition("=")[0] for word in typed}
        # Beside options given rightly only a person can tell their values from the query.
        line = "[OPTIONS] -- QUERY" if names & given else f"-- {shlex.join(typed)}"
        near = f" (did you mean {error.possibilities[0]}?)" if error.possibilities else ""
        word = _mistaken(typed, error.option_name)
        return (
            f"there is no option {word}{near}; if it is part of the query, put -- before the query: "
            f"{ctx.command_path} {line}"
        )


def _mistaken(typed: Sequence[str], option: str) -> str:
    """The word that was taken for `option`: of -declaration, click only tells -d."""
    if option.startswith("--"):
        return option
    short = (word for word in typed if word.startswith("-") and not word.startswith("--"))
    return next((word for word in short if option[1] in word), option)


def filter_options(command: Callback) -> Callback:
    """Which speeches count at all?  The options --speaker, --venue, --source, --from and --to."""
    return _filters(command, _FILTERS)


def filter_options_but_speaker(command: Callback) -> Callback:
    """The same without --speaker, for a command that means another one by it."""
    return _filters(command, tuple(field for field in _FILTERS if field.name != "speaker"))


def _filters(command: Callback, fields: Sequence[Field]) -> Callback:
    bounds = (("--from", "since", "first"), ("--to", "until", "last"))
    for name, parameter, which in reversed(bounds):
        command = click.option(
            name, parameter, metavar="DATE", help=f"The {which} day, month or year: 2024-06-15, 2024-06, 2024."
        )(command)
    for field in reversed(fields):
        command = click.option(
            f"--{field.name}",
            metavar="NAME",
            multiple=True,
            help=f"Only with these words in a row in {field.name} ({field.help}); several: one of them.",
            shell_complete=complete_names(field.name),
        )(command)
    return command


def facet_option(name: str, help: str, default: tuple[str, ...] = ()) -> Callable[[Callback], Callback]:
    """The option `name` that takes fields to count by, and completes their names in a shell."""
    return click.option(
        name,
        "fields",
        metavar="FIELD",
        multiple=True,
        default=default,
        help=help,
        shell_complete=_countable_completed,
    )


def facet_names_completed(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Which fields to count by begin with what is `typed` in a shell?  Those of the user's own among them."""
    from searchkit.cli import completing  # only a shell needs it

    return [name for name in (*facet_names(FIELDS), *completing.own_fields(ctx)) if name.startswith(typed)]


def _countable_completed(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    return [*facet_names_completed(context, parameter, typed), *([DATES] if DATES.startswith(typed) else [])]


def where_of(options: dict[str, Any]) -> Where:
    """Which filters do the values of `filter_options` stand for?"""
    from searchkit import Where

    named = {field.name: options[field.name] for field in _FILTERS if options.get(field.name)}
    return Where(named=named, since=options["since"], until=options["until"])


def asked_for(words: Sequence[str], phrase: bool, *, all_allowed: bool) -> str | Query:
    """What is asked for by the words typed behind a command?

    They are joined by spaces; a lone `-` stands for the text on standard input. Without a word, and where
    `all_allowed`, it is every speech.
    """
    text = typed_or_piped(" ".join(words))
    if phrase and text:
        return f'"{text.replace(chr(34), "")}"'
    if words or not all_allowed:
        return text
    from searchkit.query import nodes

    return nodes.Every()


def typed_or_piped(text: str) -> str:
    """What does the argument `text` stand for?  Itself, or standard input if it is `-`."""
    if text != "-":
        return text
    return sys.stdin.buffer.read().decode("utf-8", "replace").strip()


def chosen_form(**flags: bool) -> str | None:
    """In which form is the output wanted: json, jsonl, csv?  None for people; asking for two is an error."""
    chosen = [name for name, wanted in flags.items() if wanted]
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(f'--{name}' for name in chosen)}: choose one of them")
    return chosen[0] if chosen else None
