"""searchkit compare: what sets two speakers apart?"""

from __future__ import annotations

from typing import Any

import click

from searchkit.cli.color import pager_option
from searchkit.cli.keyness import keyword_options
from searchkit.cli.options import QueryCommand, filter_options, index_option, where_of
from searchkit.cli.tables import put_table, table_form, table_options
from searchkit.presenting import comparison_json, keyness_table

__all__ = ["compare"]

_EXAMPLES = """\b
Examples:
  searchkit compare okoro tane
  searchkit compare "Funmi Okoro" "Anahera Tane" ceasefire --no-stop-words
"""


@click.command(cls=QueryCommand, epilog=_EXAMPLES)
@click.argument("first", metavar="SPEAKER")
@click.argument("second", metavar="SPEAKER")
@click.argument("words", metavar="[QUERY...]", nargs=-1)
@index_option
@keyword_options
@filter_options
@table_options
@pager_option
def compare(first: str, second: str, words: tuple[str, ...], **options: Any) -> int:
    """Compare the words of two speakers.

    What each says more often than the other (see keyness), and, where a QUERY is given, how often each says that.
    Speeches of both together are left out. Exit status 1 if nothing sets them apart.
    """
    import searchkit

    form = table_form(options)
    chosen = searchkit.KeynessOptions(
        least=options["least"], stop_words=options["stop_words"], order=options["sort"], limit=options["limit"]
    )
    with searchkit.open(options["index"]) as speeches:
        found = speeches.compare(first, second, " ".join(words) or None, where=where_of(options), options=chosen)
    if form is not None:
        put_table(form, keyness_table(found.keyness), comparison_json(found))
    else:
        from searchkit.cli.keywords import show_keyness, show_usage
        from searchkit.cli.screen import paged

        with paged() as screen:
            show_keyness(screen, found.keyness)
            show_usage(screen, found.usage)
    return 0 if found.keyness.more or found.keyness.fewer or any(item.occurrences for item in found.usage) else 1
