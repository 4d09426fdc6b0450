"""searchkit show: the whole of one speech."""

from __future__ import annotations

import click

from searchkit.cli.failures import NotFound
from searchkit.cli.options import index_option, json_option, typed_or_piped
from searchkit.cli.output import put_json
from searchkit.presenting import speech_json

__all__ = ["show"]

_EXAMPLES = """\b
Examples:
  searchkit show bright-2022-01-01
  searchkit show news/2022-11-02-ceasefire-monitors.html --json
"""


@click.command(epilog=_EXAMPLES)
@click.argument("id", metavar="ID")
@index_option
@json_option
def show(id: str, index: str | None, as_json: bool) -> None:
    """Show one speech whole.

    ID is the line under the title of a hit; "-" reads it from standard input. Exit status 1 if no speech has it.
    """
    import searchkit

    wanted = typed_or_piped(id)
    with searchkit.open(index) as speeches:
        speech = speeches.speech(wanted)
        near = speeches.similar_ids(wanted) if speech is None else []
    if speech is None:
        raise NotFound(f"no speech has the id {wanted!r}" + (f"; near it: {', '.join(near)}" if near else ""))
    if as_json:
        put_json(speech_json(speech))
        return
    from searchkit.cli.screen import Screen
    from searchkit.cli.speeches import show_speech

    show_speech(Screen(), speech)
