"""searchkit similar: which speeches are about the same, in the same words?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.failures import NotFound
from searchkit.cli.options import filter_options, index_option, typed_or_piped, where_of
from searchkit.cli.tables import put_table, table_form, table_options
from searchkit.presenting import similar_json, similar_table

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.cli.screen import Screen
    from searchkit.counting import SimilarSpeech

__all__ = ["similar"]

_EXAMPLES = """\b
Examples:
  searchkit similar bright-2022-01-01
  searchkit similar bright-2022-01-01 --speaker okoro --json
"""


@click.command(epilog=_EXAMPLES)
@click.argument("id", metavar="ID")
@index_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", default=10, show_default=True, help="How many.")
@filter_options
@table_options
@pager_option
def similar(id: str, **options: Any) -> int:
    """Find speeches in the same words as another.

    ID is the line under the title of a hit; "-" reads it from standard input. 1.00 is the same words as often, 0.00
    none in common; a copy letter by letter is called one. Exit status 1 if no speech has the ID, or none is similar.
    """
    import searchkit

    form = table_form(options)
    wanted = typed_or_piped(id)
    with searchkit.open(options["index"]) as speeches:
        found = speeches.similar(wanted, where=where_of(options), limit=options["limit"])
        near = speeches.similar_ids(wanted) if found is None else []
    if found is None:
        raise NotFound(f"no speech has the id {wanted!r}" + (f"; near it: {', '.join(near)}" if near else ""))
    if form is not None:
        put_table(form, similar_table(found), similar_json(wanted, found))
    else:
        from searchkit.cli.screen import paged

        with paged() as screen:
            _show(screen, found)
    return 0 if found else 1


def _show(screen: Screen, found: Sequence[SimilarSpeech]) -> None:
    from searchkit.cli.screen import plain

    if not found:
        screen.line(plain("no speech shares a telling word with it", "bold"))
    for item in found:
        speech = item.speech
        heading = plain(speech.speaker or "(no speaker)", "bold cyan", one_line=True)
        for part in (speech.date, speech.title, "the same text" if item.same_text else None):
            heading += plain(f" · {part}" if part else "", one_line=True)
        screen.row(plain(f"{item.similarity:.2f}  ", "bold"), heading, 6)
        screen.line(plain(speech.id, "dim", one_line=True), indent=6)
        screen.line(plain(", ".join(item.shared), one_line=True), indent=6)
