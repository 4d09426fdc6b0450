"""searchkit quotes: in which words is somebody quoted?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import (
    QueryCommand,
    filter_options_but_speaker,
    index_option,
    phrase_option,
    query_argument,
    typed_or_piped,
    where_of,
)
from searchkit.cli.output import note
from searchkit.cli.tables import put_table, table_form, table_options
from searchkit.presenting import counted, quotes_json, quotes_table

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit import QuoteHit, Quotes, Searcher
    from searchkit.cli.screen import Screen

__all__ = ["quotes"]

_EXAMPLES = """\b
Examples:
  searchkit quotes --speaker "Leyla Hasanova"
  searchkit quotes '"shusha declaration"' --speaker karaca
  searchkit quotes ceasefire --from 2024 --json
"""

_ON_A_SCREEN = 20
_MOST_PEOPLE = 8


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@query_argument
@click.option(
    "--speaker",
    metavar="NAME",
    multiple=True,
    help="Only quotations of a person with these words in a row in the name; several: one of them.",
)
@index_option
@phrase_option
@click.option("--sort", type=click.Choice(["newest", "oldest"]), default="newest", show_default=True, help="By date.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", default=_ON_A_SCREEN, show_default=True)
@click.option("--offset", type=click.IntRange(min=0), metavar="N", default=0, help="How many quotations to leave out.")
@filter_options_but_speaker
@table_options
@pager_option
def quotes(words: tuple[str, ...], speaker: tuple[str, ...], **options: Any) -> int:
    """List quotations: direct speech inside texts, with the person quoted.

    All words of the query stand within one quotation. Without QUERY, every quotation of the speaker; without
    --speaker, of everybody. Exit status 1 if there is none.
    """
    import searchkit

    form = table_form(options)
    text = typed_or_piped(" ".join(words))
    if options["phrase"] and text:
        text = f'"{text.replace(chr(34), "")}"'
    with searchkit.open(options["index"]) as speeches:
        found = speeches.quotes(
            text,
            speaker=speaker,
            where=where_of(options),
            limit=options["limit"],
            offset=options["offset"],
            sort=options["sort"],
        )
        if form is not None:
            put_table(form, quotes_table(found), quotes_json(found))
        else:
            from searchkit.cli.screen import paged

            with paged() as screen:
                _show(screen, found, options["offset"])
        if not found.total:
            note(_own_words(speeches, text, speaker))
    return 0 if found.total else 1


def _own_words(speeches: Searcher, text: str, speaker: tuple[str, ...]) -> list[str]:
    """Does the person speak, though never quoted so?"""
    from searchkit import Where
    from searchkit.query import nodes

    if not speaker:
        return []
    own = speeches.count(text or nodes.Every(), where=Where(named={"speaker": speaker})).total
    if not own:
        return []
    return [f"{counted(own, 'speech', 'speeches')} by such a speaker: searchkit query ... --speaker {speaker[0]!r}"]


def _show(screen: Screen, found: Quotes, offset: int) -> None:
    from searchkit.cli.screen import plain

    said = f"{counted(found.total, 'quotation')} in {counted(found.speeches, 'speech', 'speeches')}"
    screen.line(plain(said, "bold"))
    screen.line(plain(found.understood, "dim"))
    if len(found.people) > 1:
        people = [f"{name or '(unnamed)'} {count:,}" for name, count in found.people[:_MOST_PEOPLE]]
        more = " ..." if len(found.people) > _MOST_PEOPLE else ""
        screen.line(plain(", ".join(people) + more, "dim", one_line=True))
    for number, hit in enumerate(found, offset + 1):
        screen.line()
        _show_quote(screen, number, hit)
    shown = offset + len(found)
    if found.hits and shown < found.total:
        screen.line()
        screen.line(plain(f"{offset + 1:,} to {shown:,} of {found.total:,}; the next: --offset {shown}", "yellow"))


def _show_quote(screen: Screen, number: int, hit: QuoteHit) -> None:
    from searchkit.cli.screen import Styled, plain

    speech = hit.speech
    heading = plain(hit.quote.speaker or "(unnamed)", "bold cyan", one_line=True)
    for part in (speech.date, speech.source, speech.title):
        if part:
            heading += plain(f" · {part}", one_line=True)
    screen.row(Styled(f"{number:>3}  ", "dim"), heading, 5)
    text = plain(hit.quote.text, one_line=True)
    for start, end in hit.highlights:
        text.stylize("bold black on yellow", start, end)
    screen.line(Styled("“") + text + Styled("”"), indent=5)
    screen.line(plain(f"{speech.id}  {hit.quote.start}-{hit.quote.end}", "dim", one_line=True), indent=5)
