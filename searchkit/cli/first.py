"""searchkit first: who said these words first, and who repeated them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import QueryCommand, filter_options, index_option, typed_or_piped, where_of
from searchkit.cli.tables import put_table, table_form, table_options
from searchkit.presenting import counted, echoes_json, echoes_table

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.cli.screen import Screen
    from searchkit.counting import Echo, Echoes

__all__ = ["first"]

_EXAMPLES = """\b
Examples:
  searchkit first Shusha Declaration
  searchkit first "count the footnotes" --verbatim
  searchkit first rule of law --speaker okoro --csv
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@click.argument("words", metavar="PHRASE...", nargs=-1, required=True)
@index_option
@click.option("--verbatim", is_flag=True, help="Leave out altered repetitions.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", default=20, show_default=True, help="How many uses.")
@filter_options
@table_options
@pager_option
def first(words: tuple[str, ...], **options: Any) -> int:
    """Find who used a phrase first, and who repeated it.

    In the order of their dates; those without a date last. A repetition is altered where words are inflected, left
    out (a quarter at most) or put in between. Exit status 1 if nobody said it.
    """
    import searchkit

    form = table_form(options)
    phrase = typed_or_piped(" ".join(words))
    with searchkit.open(options["index"]) as speeches:
        found = speeches.first(phrase, where=where_of(options), limit=options["limit"], altered=not options["verbatim"])
    if form is not None:
        put_table(form, echoes_table(found), echoes_json(found))
    else:
        from searchkit.cli.screen import paged

        with paged() as screen:
            _show(screen, found)
    return 0 if found.total else 1


def _show(screen: Screen, found: Echoes) -> None:
    from searchkit.cli.screen import plain

    said = f"{counted(found.verbatim, 'verbatim use')}, {found.altered:,} altered"
    screen.line(plain(f"{said}, in {counted(found.speeches, 'speech', 'speeches')}", "bold"))
    screen.line(plain(found.understood, "dim"))
    for number, echo in enumerate(found.values, 1):
        screen.line()
        _show_echo(screen, number, echo)
    remarks = []
    if found.contenders > 1:
        remarks.append(f"any of {found.contenders} speeches may be the first, as far as their dates tell")
    if found.undated:
        remarks.append(f"{counted(found.undated, 'speech', 'speeches')} without a date may be earlier")
    if len(found.values) < found.total:
        remarks.append(f"{len(found.values):,} of {counted(found.total, 'use')}: --limit gives more")
    if remarks:
        screen.line()
        screen.lines(plain(remark, "yellow") for remark in remarks)


def _show_echo(screen: Screen, number: int, echo: Echo) -> None:
    from searchkit.cli.screen import plain

    heading = plain(echo.date or "(no date)", "bold")
    heading += plain(f" · {echo.speaker or '(no speaker)'}", "cyan", one_line=True)
    heading += plain("" if echo.verbatim else " · altered", "yellow")
    screen.row(plain(f"{number:>3}  ", "dim"), heading, 5)
    screen.line(plain(echo.text, one_line=True), indent=5)
    screen.line(plain(f"{echo.id}  {echo.start}-{echo.end}", "dim", one_line=True), indent=5)
