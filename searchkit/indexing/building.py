"""build: SOURCEs become a new generation beside the live one, which is checked and then takes its place."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from searchkit import config, generations
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.errors import BuildRefused, IndexDamaged, SearchkitError
from searchkit.generations import Draft, Generation, Manifest, PageTable, PageTableWriter, Recipe
from searchkit.indexing.former import Former
from searchkit.indexing.intake import Intake
from searchkit.indexing.options import BuildOptions, Progress, ProgressListener
from searchkit.indexing.report import BuildReport
from searchkit.indexing.sources import Given, PageReader, Plan, location, plan
from searchkit.indexing.workers import inspect_pages
from searchkit.models import RawPage, Skipped
from searchkit.schema import Field, with_own_fields
from searchkit.sources import Reader
from searchkit.version import VERSION

__all__ = ["build"]

_REMEMBERED = tuple(field.name for field in fields(Recipe) if field.name != "sources")
"""Options that hold for later builds of an index until they are given anew."""
_PROGRESS_SECONDS = 0.1
_PROBES = 5
"""Speeches that are looked up again in a new generation before it goes live."""


def build(
    given: Given, index: Path, options: BuildOptions | None = None, listener: ProgressListener | None = None
) -> BuildReport:
    """Make `index` hold exactly what the SOURCEs `given` now yield; what became of each page?

    `given` is a list of SOURCEs as people type them, or an iterable of records; an empty list stands for the SOURCEs
    that the index remembers.  Raises BuildRefused, IndexLocked or UsageError, and IndexDamaged where nothing is given
    and what is remembered cannot be read; the live generation is untouched then, and whenever the process dies.
    """
    options = options or BuildOptions()
    with_own_fields(options.own_fields)
    plan(given, Former(index), options, index)  # refuse before anything is written
    generations.claim(index)
    try:
        with generations.locked(index, "build", options.wait):
            return _Build(given, index, options, listener).run()
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BuildRefused(f"nothing was published: {error.strerror or error}{where}") from error


class _Build:
    """One build, under the builder's lock."""

    def __init__(self, given: Given, index: Path, options: BuildOptions, listener: ProgressListener | None) -> None:
        self._started = time.monotonic()
        self._index = index
        self._former = Former(index)
        self._options = _with_remembered(options, self._former.recipe)
        self._plan: Plan = plan(given, self._former, options, index)
        self._progress = _Teller(listener)

    def run(self) -> BuildReport:
        """Build, check, publish."""
        own = with_own_fields(self._options.own_fields)
        reader = self._plan.reader(self._options, self._index)
        with contextlib.closing(self._former):
            self._former.open(speeches=not self._options.full)
            draft = generations.begin(self._index)
            try:
                intake = self._take_in(reader, draft, own)
                self._progress.tell("check", intake)
                _check(draft.seal(self._manifest(draft, intake)), intake)
                draft.publish()
            except BaseException:
                draft.discard()
                raise
            generations.prune(self._index, draft.id)
            return BuildReport(
                generation=draft.id,
                index=str(self._index),
                pages=intake.counts(),
                speeches=intake.speeches,
                skipped=tuple(intake.skipped),
                remarks=(*self._former.remarks, *reader.remarks, *intake.remarks()),
                seconds=round(time.monotonic() - self._started, 3),
            )

    def _take_in(self, reader: PageReader, draft: Draft, own: tuple[Field, ...]) -> Intake:
        """Write speeches and pages; raises BuildRefused where pages would go that nobody took away."""
        writer, table = EmbeddedWriter(draft.directory, own), PageTableWriter(draft.pages)
        try:
            intake = Intake(writer, table, self._former, self._plan.locations)
            jobs = config.worker_count(self._options.jobs)
            pages = self._progress.watched(reader)
            with contextlib.closing(inspect_pages(pages, self._options, jobs)) as inspected:
                for read, inspection in inspected:
                    intake.take(read, inspection)
                    self._progress.tell_sometimes("read", intake)
            intake.finish()
            table.finish()
            if not intake.speeches:
                raise self._nothing(intake)
            self._refuse_emptied(draft.pages)
            self._progress.tell("write", intake)
            writer.commit()
        except BaseException:
            table.cancel()
            writer.cancel()
            raise
        return intake

    def _refuse_emptied(self, pages: Path) -> None:
        """Refuse to withdraw a whole SOURCE among several: a disk that is not mounted looks like an empty folder."""
        if self._options.replace:
            return
        with PageTable(pages) as table:
            for source in self._plan.sources:
                place = location(source)
                if self._former.had_pages_at(place) and next(table.below_location(place), None) is None:
                    raise BuildRefused(
                        f"{source.as_text()}: not one page gave a speech, and its pages in {self._index} would go. "
                        "If that is meant: --replace"
                    )

    def _manifest(self, draft: Draft, intake: Intake) -> Manifest:
        counts = intake.counts()
        return Manifest(
            generation=draft.id,
            created=draft.created,
            software=f"searchkit {VERSION}",
            recipe=_recipe(self._plan.remembered, self._options),
            speeches=intake.speeches,
            pages=counts.added + counts.changed + counts.unchanged + counts.stale,
            skipped=counts.skipped,
            stale=counts.stale,
        )

    def _nothing(self, intake: Intake) -> SearchkitError:
        reasons = Counter(page.reason for page in intake.skipped).most_common()
        listed = ", ".join(f"{count:,} {reason}" for reason, count in reasons) or "no files there"
        kept = f"; {self._index} answers as before" if self._former.exists else ""
        return BuildRefused(f"{', '.join(self._plan.remembered)}: not one page gave a speech ({listed}){kept}")


class _Teller:
    """Tells the listener how far the build is, and not too often."""

    def __init__(self, listener: ProgressListener | None) -> None:
        self._listener = listener
        self._told = 0.0
        self._reader: PageReader | None = None
        self._read = 0

    def watched(self, reader: PageReader) -> Iterator[RawPage | Skipped]:
        """The pages of `reader`, counted as they are read."""
        self._reader = reader
        for page in reader.read():
            self._read += 1
            yield page

    def tell_sometimes(self, stage: str, intake: Intake) -> None:
        if time.monotonic() - self._told >= _PROGRESS_SECONDS:
            self.tell(stage, intake)

    def tell(self, stage: str, intake: Intake) -> None:
        if self._listener is not None:
            self._told = time.monotonic()
            self._listener(Progress(stage, intake.pages_read, intake.speeches, self._total()))

    def _total(self) -> int | None:
        if not isinstance(self._reader, Reader) or not self._reader.fraction_read:
            return None
        return max(self._read, round(self._read / self._reader.fraction_read))


def _recipe(sources: tuple[str, ...], options: BuildOptions) -> Recipe:
    """What a later build of the index needs to know, wherever it is started."""
    remembered = {name: getattr(options, name) for name in _REMEMBERED}
    return Recipe(sources, **{**remembered, "metadata": tuple(str(Path(name).absolute()) for name in options.metadata)})


def _with_remembered(options: BuildOptions, recipe: Recipe) -> BuildOptions:
    """The options given, and for those that were not, what the live generation was built with."""
    if options.replace:
        return options
    standard = BuildOptions()
    held = {name: getattr(recipe, name) for name in _REMEMBERED if getattr(options, name) == getattr(standard, name)}
    return replace(options, **held)


def _check(sealed: Generation, intake: Intake) -> None:
    """Raise BuildRefused unless the new generation is whole and answers."""
    try:
        generations.verify(sealed)
        with contextlib.closing(EmbeddedEngine(sealed.directory)) as engine:
            wrong = len(engine) != intake.speeches or any(
                (found := engine.find(id)) is None or found.id != id for id in intake.some_ids(_PROBES)
            )
    except IndexDamaged as damage:
        raise BuildRefused(f"the new generation is not as it was written, and was not published: {damage}") from damage
    if wrong:
        raise BuildRefused("the new generation does not answer as it should, and was not published: please report it")
