"""searchkit cite: how is this speech, or this place in it, cited?"""

from __future__ import annotations

import click

from searchkit.cli.failures import NotFound
from searchkit.cli.ids import ids_of, typed_ids
from searchkit.cli.options import chosen_form, index_option, json_option
from searchkit.cli.output import put, put_json
from searchkit.presenting import bibtex, citation_json, citation_line, visible

__all__ = ["cite"]

_EXAMPLES = """\b
Examples:
  searchkit cite bright-2022-01-01
  searchkit cite quliyev-2021-06-15 --words "Shusha Declaration"
  searchkit cite bright-2022-01-01 --bibtex
  searchkit query '"Shusha Declaration"' --ids | searchkit cite -
"""


@click.command(epilog=_EXAMPLES)
@typed_ids
@click.option("--words", metavar="PHRASE", help="Cite the first place where these words stand, with its offsets.")
@click.option("--bibtex", "as_bibtex", is_flag=True, help="Print an entry for BibTeX.")
@index_option
@json_option
def cite(ids: tuple[str, ...], words: str | None, as_bibtex: bool, index: str | None, as_json: bool) -> None:
    """Cite a speech, or words of it.

    Speaker, date, venue, source, page, and the offsets of the words in the speech. ID is the line under the title of a
    hit; "-" reads ids from standard input, one a line. Exit status 1 if no speech has it.
    """
    import searchkit

    form = chosen_form(json=as_json, bibtex=as_bibtex)
    with searchkit.open(index) as speeches:
        for id in ids_of(ids):
            if speeches.speech(id) is None:
                near = speeches.similar_ids(id)
                raise NotFound(f"no speech has the id {id!r}" + (f"; near it: {', '.join(near)}" if near else ""))
            cited = speeches.cite(id, words)
            if form == "json":
                put_json(citation_json(cited))
            else:
                put([visible(bibtex(cited) if form else citation_line(cited)), "\n"])
