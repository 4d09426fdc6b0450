"""A trend on the screen: a row with a bar for each period or value, and a word on every gap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from searchkit.cli.screen import Screen, plain
from searchkit.cli.tables import Column, show_rows
from searchkit.counting import Trend, TrendValue
from searchkit.presenting import counted

__all__ = ["show_trend"]

_NOTES = {
    "none": "no speeches in the index",
    "thin": "few words in the index",
    "coarse": "none, or dated by the year alone",
}


def show_trend(screen: Screen, found: Trend, *, most: int) -> None:
    """How often in each period, or with each value?  Of values that are no dates, `most` at most."""
    said = counted(found.total, "speech", "speeches")
    if found.occurrences:
        said += f", {counted(found.occurrences, 'occurrence')}"
    screen.line(plain(said, "bold"))
    screen.line(plain(found.understood, "dim"))
    values = found.values
    if not found.by_date:
        values = tuple(item for item in values if item.count)[:most]
    screen.line()
    _show(screen, found, values)
    screen.line()
    if found.occurrences:
        screen.line(plain(f"per million: of the words of {found.scope}; the bars show it", "dim"))
    hidden = sum(1 for item in found.values if item.count) - sum(1 for item in values if item.count)
    if hidden:
        screen.line(plain(f"... and {counted(hidden, 'more value')}: --limit", "yellow"))


def _show(screen: Screen, found: Trend, values: Sequence[TrendValue]) -> None:
    rows = _joined(values)
    columns = [
        Column(found.by, [label for label, _ in rows], right=False),
        Column("speeches", [_number(item.count, item) for _, item in rows], style="bold"),
    ]
    if found.occurrences:
        columns += [
            Column("occurrences", [_number(item.occurrences, item) for _, item in rows], spare=True),
            Column("per million", [_number(item.per_million, item) for _, item in rows]),
        ]
    shares = [f"{item.share:.1%}" if item.speeches else "" for _, item in rows]
    columns.append(Column("of all", shares, spare=True))
    bars = [item.per_million if found.occurrences else float(item.count) for _, item in rows]
    show_rows(screen, columns, bars, [_NOTES[item.coverage] if item.coverage else "" for _, item in rows])


def _number(number: float, item: TrendValue) -> str:
    if not item.speeches:
        return ""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"


def _joined(values: Sequence[TrendValue]) -> list[tuple[str, TrendValue]]:
    """The values with their labels; of periods in a row that hold nothing, the first stands for all."""
    rows: list[tuple[str, TrendValue]] = []
    for gap, items in groupby(values, key=lambda item: item.coverage if not item.speeches else None):
        listed = list(items)
        if gap is not None and len(listed) > 1:
            rows.append((f"{listed[0].value} … {listed[-1].value}", listed[0]))
        else:
            rows += [(item.value if item.value is not None else "(none)", item) for item in listed]
    return rows
