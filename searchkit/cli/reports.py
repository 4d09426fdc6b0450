"""What a build did, on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.cli.screen import Screen, plain
from searchkit.indexing import BuildReport
from searchkit.presenting import counted

__all__ = ["show_report"]

_EXAMPLES = 3
"""Pages named for each reason; --json names them all."""


def show_report(screen: Screen, report: BuildReport) -> None:
    """How many pages and speeches, what was skipped and why, and where is the index?"""
    speed = report.pages.read / report.seconds if report.seconds else 0.0
    screen.line(
        plain(f"{counted(report.speeches, 'speech', 'speeches')} from {counted(report.pages.read, 'page')}", "bold")
        + plain(f", {report.seconds:,.1f} s" + (f" ({speed:,.0f} pages a second)" if speed >= 1 else ""))
    )
    screen.rows(
        [
            ("pages", _fates(report)),
            ("index", report.index),
            ("generation", report.generation or "none: nothing was written"),
        ],
        indent=2,
    )
    if report.skipped:
        screen.line()
        screen.line(plain(f"{counted(len(report.skipped), 'page')} skipped or stale", "bold yellow"))
        screen.rows(_reasons(report), indent=2)
    if report.remarks:
        screen.line()
        screen.lines(plain(remark, "yellow") for remark in report.remarks)


def _fates(report: BuildReport) -> str:
    pages = report.pages
    fates = {
        "added": pages.added,
        "changed": pages.changed,
        "unchanged": pages.unchanged,
        "withdrawn": pages.withdrawn,
        "stale": pages.stale,
        "skipped": pages.skipped,
    }
    return ", ".join(f"{number:,} {fate}" for fate, number in fates.items() if number) or "none"


def _reasons(report: BuildReport) -> Iterator[tuple[str, str]]:
    for reason, number in report.reasons():
        pages = [skipped.page for skipped in report.skipped if skipped.reason == reason][: _EXAMPLES + 1]
        more = " ..." if len(pages) > _EXAMPLES else ""
        yield f"{number:,}  {reason}", ", ".join(pages[:_EXAMPLES]) + more
