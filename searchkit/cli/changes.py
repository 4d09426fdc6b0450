"""searchkit changes: what is new, changed and withdrawn since an earlier generation?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from searchkit.cli.color import pager_option
from searchkit.cli.options import index_option, json_option
from searchkit.cli.output import put_json
from searchkit.presenting import changes_json, counted, sources_of

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.cli.screen import Screen, Styled
    from searchkit.comparing import Change, Changes, Kind

__all__ = ["changes"]

_EXAMPLES = """\b
Examples:
  searchkit changes
  searchkit changes --since 2026-11-20
  searchkit changes --since 20261123T021500Z-1 --json
"""
_KINDS: tuple[Kind, ...] = ("new", "withdrawn", "changed")
_AROUND = 60
"""Letters of unchanged text shown before and behind an edit."""


@click.command(epilog=_EXAMPLES)
@click.option("--since", metavar="WHEN", help="A generation, or a date: 2026-11-20; else the generation before.")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", default=50, help="Speeches shown of each kind; else 50."
)
@index_option
@json_option
@pager_option
def changes(since: str | None, limit: int, index: str | None, as_json: bool) -> None:
    """Show what is new, changed and withdrawn.

    Compares the live generation with the one before it, or with that of --since. An edit shows its words: [-cut-] and
    {+added+}. --json tells all of it.
    """
    import searchkit

    found = searchkit.changes(index, since)
    if as_json:
        put_json(changes_json(found))
        return
    from searchkit.cli.screen import paged

    with paged() as screen:
        show_changes(screen, found, limit)


def show_changes(screen: Screen, found: Changes, limit: int) -> None:
    """What changed, for people: counts by source, then speeches, at most `limit` of each kind."""
    from searchkit.cli.screen import plain

    told = ", ".join(f"{len(found.of_kind(kind)):,} {kind}" for kind in _KINDS)
    screen.line(plain(told, "bold") + plain(f", from {found.since or 'nothing'} to {found.generation}"))
    screen.rows(
        (
            (
                str(row["source"] or "no source"),
                ", ".join(f"{row[kind]:,} {kind}" for kind in _KINDS if row[kind]),
            )
            for row in sources_of(found)
        ),
        indent=2,
    )
    for kind in reversed(_KINDS):
        of_kind = found.of_kind(kind)
        if of_kind:
            screen.line()
            screen.line(plain(f"{kind}: {counted(len(of_kind), 'speech', 'speeches')}", "bold"))
        for change in of_kind[:limit]:
            screen.lines(_told(change), indent=2)
        if len(of_kind) > limit:
            screen.line(f"and {len(of_kind) - limit:,} more: --limit {len(of_kind)}, or --json", indent=2)


def _told(change: Change) -> Iterator[Styled | str]:
    from searchkit.cli.screen import plain

    speech = change.speech
    about = " · ".join(part for part in (speech.speaker, speech.date, speech.title) if part)
    yield plain(change.id, "bold") + plain(f"  {about}" if about else "")
    if change.former_id not in (None, change.id):
        yield plain(f"  was {change.former_id}")
    for name, was, now in change.facts():
        yield plain(f"  {name}: {was or 'none'} -> {now or 'none'}")
    yield from _edits(change)


def _edits(change: Change) -> Iterator[Styled]:
    from searchkit.cli.screen import plain
    from searchkit.comparing import word_diff

    if change.former is None or change.present is None or change.former.text == change.present.text:
        return
    line = plain("  ")
    for piece in word_diff(change.former.text, change.present.text):
        if piece.kind == "cut":
            line += plain(f"[-{piece.text}-]", "red")
        elif piece.kind == "added":
            line += plain("{+" + piece.text + "+}", "green")
        elif len(piece.text) > 2 * _AROUND:
            line += plain(f"{piece.text[:_AROUND]} … {piece.text[-_AROUND:]}")
        else:
            line += plain(piece.text)
    yield line
