"""A build that nobody watches: structured logs, metrics, and polite use of the machine."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli.failures import SystemFailed
from searchkit.errors import IndexDamaged, IndexMissing, SearchkitError, UsageError
from searchkit.presenting import JSONObject, report_json, to_json
from searchkit.presenting.metrics import Measured, metrics_text

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.generations import Generation
    from searchkit.indexing import BuildReport, Progress, ProgressListener

__all__ = ["Size", "be_polite", "log_event", "log_report", "logging_listener", "measured"]

_LOG_SECONDS = 10.0
"""A stage that goes on is logged so often."""
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


_LEAST_MEMORY = 100 << 20
"""Bytes below which a process may end without a word: at 60M NumPy's OpenBLAS ends it while it is loaded."""


class Size(click.ParamType[int]):
    """Is an amount of memory: 800M, 2G."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """How many bytes does `value` mean?"""
        text = str(value).strip().upper()
        if text[-1:] in _UNITS and text[:-1].isdigit():
            return int(text[:-1]) * _UNITS[text[-1]]
        return self.fail(f"{value!r} is no amount of memory; write 800M or 2G", param, ctx)


def be_polite(nice: int | None, memory: int | None) -> None:
    """Let others go first, and take no more than `memory` bytes in each process; workers inherit both."""
    if nice is not None:
        if not hasattr(os, "nice"):
            raise UsageError("--nice: this operating system knows no nice level")
        os.nice(nice)
    if memory is not None:
        if memory < _LEAST_MEMORY:
            raise UsageError("--memory: too little for a process to start; give 100M or more, 1G for a large corpus")
        try:
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        except (ImportError, ValueError, OSError) as error:
            raise UsageError(f"--memory: this operating system sets no such limit ({error})") from error


def log_event(event: str, level: str = "info", facts: JSONObject | None = None, **more: object) -> None:
    """Write one line of JSON to standard error: time, level, event, facts."""
    line: JSONObject = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "event": event}
    print(to_json(line | (facts or {}) | more, one_line=True), file=sys.stderr, flush=True)


def logging_listener() -> ProgressListener:
    """A listener that logs each stage when it begins, and how far it is every ten seconds."""
    last = ("", 0.0)

    def listen(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if progress.stage != last[0] or now - last[1] >= _LOG_SECONDS:
            last = (progress.stage, now)
            log_event("stage", stage=progress.stage, pages=progress.pages, speeches=progress.speeches)

    return listen


def log_report(report: BuildReport) -> None:
    """Log what a build did: its skips by reason, its remarks, its counts."""
    for reason, count in report.reasons():
        pages = [page.page for page in report.skipped if page.reason == reason]
        log_event("skipped", "warning", reason=reason, count=count, pages=pages[:10])
    for remark in report.remarks:
        log_event("remark", "warning", text=remark)
    told = {name: value for name, value in report_json(report).items() if name != "skipped"}
    log_event("published" if report.generation else "rehearsed", facts={**told, "stages": dict(report.stages)})


@contextmanager
def measured(file: Path | None, index: Path | str) -> Iterator[list[BuildReport]]:
    """Write metrics to `file` when the block ends, whether it fails or puts a report into the list it is given."""
    reports: list[BuildReport] = []
    try:
        yield reports
    except SearchkitError as error:
        _write_metrics(file, index, error.exit_status, None)
        raise
    except BaseException:
        _write_metrics(file, index, 70, None)
        raise
    _write_metrics(file, index, 0, reports[0] if reports else None)


def _write_metrics(file: Path | None, index: Path | str, status: int, report: BuildReport | None) -> None:
    if file is None:
        return
    from searchkit.generations import replace_file

    generation, held = _state(index)
    text = metrics_text(Measured(str(index), time.time(), status, report, generation, held))
    try:
        # The collector reads at any moment: the file is replaced in one step.
        replace_file(file, text, beside=file.with_name(f".{file.name}.next"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SystemFailed(f"the metrics cannot be written to {file}: {reason}") from error


def _state(index: Path | str) -> tuple[Generation | None, bool]:
    """Which generation is live, and is it held?  Of what cannot be read there is none."""
    from searchkit.generations import hold_of, live
    from searchkit.indexing import states_at

    try:
        if isinstance(index, Path):
            return live(index), hold_of(index) is not None
        with states_at(index) as states:
            return next((item.generation for item in states.kept() if item.live), None), states.hold() is not None
    except (IndexDamaged, IndexMissing):
        return None, isinstance(index, Path) and hold_of(index) is not None
