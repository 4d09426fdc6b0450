"""Keywords on the screen: two groups of speeches, and the words that set them apart."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.cli.screen import Screen, plain
from searchkit.cli.tables import Column, show_rows
from searchkit.counting import Group, Keyness, Keyword, Usage
from searchkit.presenting import counted

__all__ = ["show_keyness", "show_usage"]


def show_keyness(screen: Screen, found: Keyness) -> None:
    """Which words are more frequent on either side?"""
    screen.rows((("these", _said(found.target)), ("against", _said(found.reference))))
    if found.shared:
        screen.line(plain(f"{counted(found.shared, 'speech', 'speeches')} of both left out", "yellow"))
    _show(screen, "more frequent in these", found.more)
    _show(screen, "less frequent in these", found.fewer)
    if found.truncated:
        screen.line()
        screen.line(plain("... and more words: --limit", "yellow"))


def show_usage(screen: Screen, usage: Sequence[Usage]) -> None:
    """How often does each of two speakers say what was asked for?"""
    for item in usage:
        screen.line()
        screen.line(plain(item.understood, "bold"))
        said = f"{counted(item.occurrences, 'occurrence')} in {counted(item.speeches, 'speech', 'speeches')}"
        rate = f"{item.per_million:,.1f} in a million of the {counted(item.words, 'word')} of the speaker"
        screen.line(f"{said}, {rate}", indent=2)


def _said(group: Group) -> str:
    speeches, words = counted(group.speeches, "speech", "speeches"), counted(group.words, "word")
    dates = f", {group.since} to {group.until}" if group.since else ""
    return f"{group.understood}: {speeches}, {words}, {group.forms:,} different{dates}"


def _show(screen: Screen, heading: str, words: Sequence[Keyword]) -> None:
    screen.line()
    screen.line(plain(heading, "bold"))
    if not words:
        screen.line(plain("none that chance would not give", "dim"), indent=2)
        return
    show_rows(
        screen,
        [
            Column("word", [word.form for word in words], right=False, style="bold"),
            Column("these", [f"{word.target:,}" for word in words]),
            Column("against", [f"{word.reference:,}" for word in words]),
            Column("per million", [f"{word.target_per_million:,.1f}" for word in words], spare=True),
            Column("(against)", [f"{word.reference_per_million:,.1f}" for word in words], style="dim", spare=True),
            Column("likelihood", [f"{word.log_likelihood:,.1f}" for word in words]),
            Column("log ratio", [f"{word.log_ratio:+.2f}" for word in words], spare=True),
            Column("speeches", [f"{word.speeches:,}" for word in words], style="dim", spare=True),
        ],
        [word.log_likelihood for word in words],
    )
