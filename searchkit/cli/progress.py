"""A bar on a terminal while a build runs: how far, how fast, how long still."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from searchkit.indexing import Progress, ProgressListener

__all__ = ["count_bar", "progress_bar"]


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[ProgressListener | None]:
    """Give a listener that draws a bar on standard error; None if that is no terminal, or none is to be `shown`."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages, {task.fields[rate]}, {task.fields[speeches]:,} speeches,"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Bars(*columns, console=Console(file=sys.stderr), transient=True) as bars:
        task = bars.add_task("reading", total=None, rate="", speeches=0)

        def advance(progress: Progress) -> None:
            speed = bars.tasks[0].speed
            bars.update(
                task,
                description=progress.stage,
                completed=progress.pages,
                total=progress.total,
                speeches=progress.speeches,
                rate=f"{speed:,.0f} a second" if speed else "",
            )

        yield advance


@contextmanager
def count_bar(what: str, *, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a listener that draws a bar of speeches done on standard error, likewise."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("speeches,"))
    with Bars(*columns, TimeRemainingColumn(compact=True), console=Console(file=sys.stderr), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
