"""searchkit show: the whole of one speech."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from searchkit.cli.color import pager_option
from searchkit.cli.failures import NotFound
from searchkit.cli.ids import ids_of, typed_ids
from searchkit.cli.options import chosen_form, index_option, json_option
from searchkit.cli.output import put, put_json
from searchkit.presenting import speech_json, to_json

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.models import Speech

__all__ = ["show"]

_EXAMPLES = """\b
Examples:
  searchkit show bright-2022-01-01
  searchkit show news/2022-11-02-ceasefire-monitors.html --json
  searchkit query ceasefire --ids | searchkit show -
"""


@click.command(epilog=_EXAMPLES)
@typed_ids
@index_option
@json_option
@click.option("--jsonl", is_flag=True, help="Print one line of JSON for each speech.")
@pager_option
def show(ids: tuple[str, ...], index: str | None, as_json: bool, jsonl: bool) -> None:
    """Show speeches whole.

    ID is the line under the title of a hit; "-" reads ids from standard input, one a line. --json prints an object for
    one id, a list for several. Exit status 1 if no speech has one of them; the others are shown all the same.
    """
    import searchkit

    form = chosen_form(json=as_json, jsonl=jsonl)
    wanted = ids_of(ids)
    with searchkit.open(index) as speeches:
        found = [(id, speeches.speech(id)) for id in wanted]
        missing = [(id, speeches.similar_ids(id)) for id, speech in found if speech is None]
        copies = {id: speeches.copies(id) for id, _ in found} if form is None else {}
    there = [speech for _, speech in found if speech is not None]
    if form is None:
        _show(there, copies)
    else:
        _put(there, form, several=len(wanted) != 1)
    if missing:
        raise NotFound("\n".join(map(_unknown, *zip(*missing, strict=True))))


def _put(speeches: Sequence[Speech], form: str, *, several: bool) -> None:
    if form == "jsonl":
        put(to_json(speech_json(speech), one_line=True) + "\n" for speech in speeches)
    elif several:
        put_json([speech_json(speech) for speech in speeches])
    else:
        for speech in speeches:
            put_json(speech_json(speech))


def _show(speeches: Sequence[Speech], copies: Mapping[str, Sequence[str]]) -> None:
    if not speeches:
        return
    from searchkit.cli.screen import paged
    from searchkit.cli.speeches import show_speech

    with paged() as screen:
        for number, speech in enumerate(speeches):
            if number:
                screen.line()
                screen.line("-" * 20)
            show_speech(screen, speech, copies[speech.id])


def _unknown(id: str, near: Sequence[str]) -> str:
    return f"no speech has the id {id!r}" + (f"; near it: {', '.join(near)}" if near else "")
