"""Runs saved queries over the live generation: every hit is compared with every hit of the run before.

A report is kept in the file of its query in the same step in which the query comes to know its new hits, and struck out
there once it is told.  So a crash loses no report and draws none up twice; one that it cut off between telling and
striking out is told again, under the same id and marked as such.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from searchkit.comparing import former_ids, shadow
from searchkit.engines.base import Request
from searchkit.errors import SearchkitError
from searchkit.generations import Generation, PageTable, require_live
from searchkit.highlighting import highlight
from searchkit.models import Speech
from searchkit.query import Parsed, parse
from searchkit.searching import Opened, open_cluster, open_index
from searchkit.watching.reports import Report, WatchHit
from searchkit.watching.store import Store
from searchkit.watching.watch import Known, Watch

__all__ = ["Failed", "Round", "run"]

_SNIPPETS = 500
"""Speeches of a report that are told with a snippet: the first run of a frequent word may have a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A saved query that could not be run, and why; what it knows stays as it was."""

    name: str
    error: SearchkitError


@dataclass(frozen=True, slots=True)
class Round:
    """What one run of saved queries has to tell."""

    store: Store
    generation: str
    reports: tuple[Report, ...]
    """Those with news, in the order of names; of one query the oldest first."""
    quiet: tuple[str, ...]
    """Names of those without news."""
    failed: tuple[Failed, ...]

    def told(self) -> None:
        """Strike the reports out: they have reached whoever they are for."""
        for name in dict.fromkeys(report.name for report in self.reports):
            self.store.keep(replace(self.store.find(name), pending=()))


def run(index: Path | str, store: Store, names: Sequence[str] = ()) -> Round:
    """What became of the hits of the saved queries `names` (of all, without names) since each was last run?

    Wants the lock of the store; call `told` on the answer once it is told.  Raises UsageError for an unknown name,
    IndexMissing or IndexDamaged.
    """
    watches = [store.find(name) for name in names] if names else store.watches()
    if isinstance(index, str):
        with shadow(index) as laid_out:
            return _run(laid_out.folder, store, watches, open_cluster(index))
    return _run(index, store, watches, open_index(index))


def _run(folder: Path, store: Store, watches: Sequence[Watch], opened: Opened) -> Round:
    """`folder` has the table of pages and the account of each generation."""
    assert opened.manifest is not None
    reports, quiet, failed = [], [], []
    directory = opened.directory or require_live(folder).directory
    with (
        contextlib.closing(opened.engine),
        PageTable(Generation(directory, opened.manifest).pages) as table,
    ):
        for watch in watches:
            # Drawn up by a run that was cut off, and perhaps told by it.
            reports += [replace(report, again=True) for report in watch.pending]
            try:
                report = _run_one(watch, folder, store, opened, table)
            except SearchkitError as error:
                failed.append(Failed(watch.name, error))
                continue
            if report is not None:
                reports.append(report)
            elif not watch.pending:
                quiet.append(watch.name)
    return Round(store, opened.manifest.generation, tuple(reports), tuple(quiet), tuple(failed))


def _run_one(watch: Watch, index: Path, store: Store, opened: Opened, table: PageTable) -> Report | None:
    generation = opened.generation
    assert generation is not None
    parsed = parse(watch.query, opened.engine.profile)
    speeches = opened.engine.speeches(opened.engine.matching(Request(parsed.query)).tolist())
    known = _known(speeches, table)
    report = _report(watch, generation, parsed, speeches, known, former_ids(index, watch.generation))
    after = replace(watch, generation=generation, known=known)
    if not report:
        if after != watch:
            store.keep(after)
        return None
    store.keep(replace(after, runs=watch.runs + 1, pending=(*watch.pending, report)))
    return report


def _report(
    watch: Watch,
    generation: str,
    parsed: Parsed,
    speeches: Iterable[Speech],
    known: Mapping[str, Known],
    former: Mapping[str, str],
) -> Report:
    """Compare every hit with every hit of the run before; `former` maps present ids of edited turns to former ones."""
    by_id = {speech.id: speech for speech in speeches}
    before = watch.known
    renamed = {id: former[id] for id in known.keys() - before.keys() if former.get(id) in before}
    new = sorted(known.keys() - before.keys() - renamed.keys())
    changed = sorted(
        {id for id in known.keys() & before.keys() if known[id].digest != before[id].digest} | renamed.keys()
    )
    lost = sorted(before.keys() - known.keys() - set(renamed.values()))
    left = _SNIPPETS
    hits = {}
    for id in (*changed, *new):
        shown = highlight(parsed.query, by_id[id], 1) if left > 0 else ()
        left -= 1
        hit = WatchHit.of(by_id[id], shown[0].text if shown else None)
        hits[id] = replace(hit, former_id=renamed.get(id))
    return Report(
        id=f"{watch.key}-{watch.runs + 1}",
        name=watch.name,
        query=watch.query,
        understood=parsed.understood,
        generation=generation,
        since=watch.generation,
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        total=len(known),
        new=tuple(hits[id] for id in new),
        changed=tuple(hits[id] for id in changed),
        lost=tuple(_lost(id, before[id]) for id in lost),
    )


def _lost(id: str, hit: Known) -> WatchHit:
    return WatchHit(id, hit.page, hit.title, hit.speaker, hit.date, hit.source, hit.url)


def _known(speeches: Iterable[Speech], table: PageTable) -> dict[str, Known]:
    known = {}
    for speech in speeches:
        row = table.speech(speech.id)
        assert row is not None, speech.id  # the table of pages lists what the engine was given
        known[speech.id] = Known(
            row.digest.hex(), speech.page, speech.title, speech.speaker, speech.date, speech.source, speech.url
        )
    return known
