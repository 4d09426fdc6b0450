"""What a build did and what the index holds, in Prometheus' text format, for the node exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # neither is needed to look at its values, and both are slow to load
    from searchkit.generations import Generation
    from searchkit.indexing.report import BuildReport

__all__ = ["Measured", "metrics_text"]

Samples = Iterable[tuple[Mapping[str, str], float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One build as a monitoring system sees it; without `report` it failed."""

    index: str
    now: float
    """When the build ended: seconds since 1970."""
    exit_status: int
    report: BuildReport | None = None
    live: Generation | None = None
    held: bool = False


def metrics_text(measured: Measured) -> str:
    """The metrics of one build and of the generation that is live after it."""
    return "".join(f"{line}\n" for line in _lines(measured))


def _lines(measured: Measured) -> Iterator[str]:
    index = {"index": measured.index}

    def one(value: float) -> Samples:
        return [(index, value)]

    yield from _metric("build_success", "Did the last build publish?  1 yes, 0 no", one(measured.exit_status == 0))
    yield from _metric("build_exit_status", "Exit status of the last build", one(measured.exit_status))
    yield from _metric("build_end_timestamp_seconds", "When the last build ended", one(measured.now))
    yield from _metric("held", "Does a rollback hold the index?  1 yes, 0 no", one(measured.held))
    if measured.report is not None:
        yield from _of_build(measured.report, index)
    if measured.live is not None:
        manifest = measured.live.manifest
        created = datetime.fromisoformat(manifest.created).timestamp()
        yield from _metric("generation_created_timestamp_seconds", "When the live one was begun", one(created))
        yield from _metric("generation_age_seconds", "Its age when this was written", one(measured.now - created))
        yield from _metric("generation_speeches", "Speeches that answer", one(manifest.speeches))
        yield from _metric("generation_pages", "Pages with speeches", one(manifest.pages))
        yield from _metric("generation_stale_pages", "Pages that could not be read and stand", one(manifest.stale))
        size = sum(file.size for file in manifest.files.values())
        yield from _metric("generation_bytes", "Size of its files", one(size))


def _of_build(report: BuildReport, index: Mapping[str, str]) -> Iterator[str]:
    pages = report.pages
    fates = {name: getattr(pages, name) for name in ("added", "changed", "unchanged", "withdrawn", "stale", "skipped")}
    yield from _metric(
        "build_pages", "Pages by what became of them", [({**index, "fate": f}, n) for f, n in fates.items()]
    )
    skips = [({**index, "reason": reason}, count) for reason, count in report.reasons()]
    yield from _metric("build_skipped_pages", "Skipped and stale pages by reason", skips)
    stages = [({**index, "stage": stage}, seconds) for stage, seconds in report.stages]
    yield from _metric("build_stage_seconds", "Seconds of each stage", stages)
    yield from _metric("build_duration_seconds", "Seconds of the build", [(index, report.seconds)])


def _metric(name: str, help: str, samples: Samples) -> Iterator[str]:
    yield f"# HELP searchkit_{name} {help}"
    yield f"# TYPE searchkit_{name} gauge"
    for labels, value in samples:
        told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"searchkit_{name}{{{told}}} {float(value):.15g}"


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
    return escaped.encode("utf-8", "backslashreplace").decode()
