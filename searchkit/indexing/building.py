"""build: SOURCEs become a new generation beside the live one, which is checked and then takes its place."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeGuard

from searchkit import config, generations
from searchkit.cleaning import rules_of
from searchkit.comparing import compare, write_account
from searchkit.engines.base import SpeechWriter
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter, take_over
from searchkit.errors import BuildRefused, IndexDamaged
from searchkit.generations import Draft, FileRecord, Manifest, PageTable, Recipe
from searchkit.indexing.checking import check_deeply
from searchkit.indexing.digests import content_hash
from searchkit.indexing.former import Former
from searchkit.indexing.identifying import identify_index, told_of_speakers
from searchkit.indexing.intake import Intake, TakenTwice
from searchkit.indexing.journal import Journal
from searchkit.indexing.known import Item, Known
from searchkit.indexing.options import BuildOptions, ProgressListener
from searchkit.indexing.outlet import Nowhere, Outlet
from searchkit.indexing.record_crew import RecordCrew
from searchkit.indexing.refusals import nothing_read, refuse_emptied, refuse_losses, require_room
from searchkit.indexing.report import BuildReport
from searchkit.indexing.rules import analysis_of, pipeline_of
from searchkit.indexing.sources import Given, PageReader, Plan, plan
from searchkit.indexing.telling import Teller
from searchkit.indexing.workers import inspect_pages
from searchkit.models import Inspection, RawPage
from searchkit.schema import with_own_fields
from searchkit.version import VERSION

__all__ = ["build"]

Standing = Callable[[Container[str]], None]
"""Lets the pages of the former generation stand in the new index, with their speeches, but those that are given."""
_REMEMBERED = tuple(field.name for field in fields(Recipe) if field.name != "sources")
"""Options that hold for later builds of an index until they are given anew."""


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
    rules_of(options.rules)
    plan(given, Former(index), options, index)  # refuse before anything is written
    generations.refuse_held(index)
    if options.dry_run:
        return _Build(given, index, options, Teller(listener)).rehearse()
    generations.claim(index)
    try:
        with generations.locked(index, "build", options.wait) as doing:
            generations.refuse_held(index)
            progress = Teller(listener, doing)
            try:
                return _Build(given, index, options, progress).run()
            except TakenTwice as twice:
                if not isinstance(given, Sequence):
                    raise BuildRefused(
                        f"the id {twice} stands on two pages now: hand the records in again, with the option full"
                    ) from twice
                return _Build(given, index, options, progress, anew=True).run()
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BuildRefused(f"nothing was published: {error.strerror or error}{where}") from error


class _Build:
    """One build, under the builder's lock."""

    def __init__(
        self, given: Given, index: Path, options: BuildOptions, progress: Teller, *, anew: bool = False
    ) -> None:
        """`anew`: every page that can be read is made again."""
        self._anew = anew
        self._resumed = 0
        self._index = index
        self._former = Former(index)
        self._options = _with_remembered(options, self._former.recipe)
        self._plan: Plan = plan(given, self._former, options, index)
        self._told, self._told_so = told_of_speakers(self._options.speakers, self._plan.sources)
        self._progress = progress

    def run(self) -> BuildReport:
        """Build, check, publish."""
        own = with_own_fields(self._options.own_fields)
        reader = self._plan.reader(self._options, self._index)
        with contextlib.closing(self._former):
            self._former.open(take_over=not self._options.full)
            require_room(self._index, self._former, reader)
            draft = generations.begin(self._index)
            journal = Journal(generations.work_folder(self._index), pipeline_of(self._options))
            try:
                jobs, optimize = config.worker_count(self._options.jobs), self._options.optimize
                writer = EmbeddedWriter(draft.directory, own, jobs=jobs, side=False, optimize=optimize)
                intake = self._take_in(reader, writer, draft.pages, self._standing(draft, writer), journal)
                linked = self._linked(draft)
                draft.read_ahead(linked)
                self._progress.tell("identify", intake)
                identify_index(draft.directory, self._told)
                intake.sites.write(draft.directory)
                self._progress.tell("compare", intake)
                with _damage_as_refusal():
                    self._account(draft)
                    self._progress.tell("check", intake)
                    check_deeply(draft.seal(self._manifest(draft, intake), linked), linked)
                self._progress.tell("publish", intake)
                draft.publish()
            except OSError as error:
                journal.close()
                if draft.discard():
                    raise
                raise BuildRefused(
                    f"{draft.id} was published and answers, and then the disk failed: {error.strerror or error}"
                ) from error
            except BaseException:
                journal.close()
                draft.discard()
                raise
            self._resumed = journal.taken_over
            journal.clear()
            generations.prune(self._index, draft.id)
            return self._report(draft.id, intake, reader)

    def _account(self, draft: Draft) -> None:
        """Keep what the draft changes; of a damaged former generation it cannot be told."""
        former = self._former.opened()
        if former is None:
            return
        with (
            PageTable(draft.pages) as table,
            contextlib.closing(EmbeddedEngine(draft.directory)) as engine,
        ):
            write_account(draft.directory, compare(former, (table, engine)))

    def rehearse(self) -> BuildReport:
        """Do what a build does, but write no index; what would be done?"""
        reader = self._plan.reader(self._options, self._index)
        with contextlib.closing(self._former), tempfile.TemporaryDirectory(prefix="searchkit-") as folder:
            self._former.open(take_over=not self._options.full)
            intake = self._take_in(reader, Nowhere(), Path(folder) / "pages", lambda _: None)
            return self._report(None, intake, reader)

    def _standing(self, draft: Draft, writer: EmbeddedWriter) -> Standing | None:
        """How do pages that are as they were get into the new index?  None: written anew, by another analysis."""
        if self._anew or self._former.analysis != analysis_of(self._options):
            return None

        def stand(leaving: Container[str]) -> None:
            writer.stand(take_over(self._former.directory, draft.directory, lambda page: page not in leaving))

        return stand

    def _linked(self, draft: Draft) -> dict[str, FileRecord]:
        """Which files of the draft are those of the former generation, whose checksums were found right?"""
        pairs = {name: (draft.directory / name, self._former.directory / name) for name in self._former.files}
        return {
            name: self._former.files[name]
            for name, (here, there) in pairs.items()
            if here.exists() and here.samefile(there)
        }

    def _take_in(
        self,
        reader: PageReader,
        writer: SpeechWriter,
        pages: Path,
        stand: Standing | None,
        journal: Journal | None = None,
    ) -> Intake:
        """Write speeches and pages; raises BuildRefused where pages would go that nobody took away."""
        pipeline = pipeline_of(self._options)
        checksum, linked = self._options.checksum, stand is not None
        known = Known(self._former, pipeline, reader.reserved, checksum=checksum, nothing=self._anew, linked=linked)
        if journal is not None:
            known.resume(journal)
        outlet = Outlet(writer, pages, self._former, linked=linked)
        jobs = config.worker_count(self._options.jobs)
        job = writer.job if isinstance(writer, EmbeddedWriter) else None
        crew = RecordCrew(known.of_records(self._options.own_fields), job, jobs)
        try:
            intake = Intake(outlet, self._former, known, self._plan.locations, reader)
            as_they_are = not (self._options.clean_records or self._options.extract_records)
            watched = self._progress.watched(reader, known, together=as_they_are)
            with contextlib.closing(inspect_pages(watched, self._options, jobs, crew)) as inspected:
                for read, inspection in inspected:
                    intake.take(read, inspection)
                    if journal and isinstance(inspection, Inspection) and self._was_work(read):
                        journal.add(read, content_hash(read), inspection)
                    self._progress.tell_sometimes("read", intake)
            crew.end()
            intake.finish()
            outlet.table.finish()
            if not intake.speeches:
                raise nothing_read(self._plan, self._former, intake.skipped, self._index)
            refuse_emptied(self._plan, self._former, self._options, pages, self._index)
            refuse_losses(self._plan, self._former, self._options, intake.counts().withdrawn)
            self._progress.tell("write", intake)
            if isinstance(writer, EmbeddedWriter):
                writer.stand(crew.finish(outlet.unwanted))
            if stand is not None:
                stand(outlet.leaving())
            writer.commit()
        except BaseException:
            outlet.cancel()
            raise
        finally:
            crew.dismiss()
        return intake

    def _resumption(self) -> Iterator[str]:
        if self._resumed:
            many = "1 page was" if self._resumed == 1 else f"{self._resumed:,} pages were"
            yield f"{many} made already by a build that did not come to its end"

    def _was_work(self, page: Item) -> TypeGuard[RawPage]:
        """Is it a page that it would take long to make again?"""
        if not isinstance(page, RawPage):
            return False
        return page.format != "record" or self._options.clean_records or self._options.extract_records

    def _report(self, generation: str | None, intake: Intake, reader: PageReader) -> BuildReport:
        return BuildReport(
            generation=generation,
            index=str(self._index),
            pages=intake.counts(),
            speeches=intake.speeches,
            skipped=tuple(intake.skipped),
            remarks=(
                *self._progress.remarks,
                *self._former.remarks,
                *reader.remarks,
                *intake.remarks(),
                *self._resumption(),
                *self._told_so,
            ),
            seconds=self._progress.seconds,
            stages=self._progress.stages(),
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
            analysis=analysis_of(self._options),
            former=self._former.id,
        )


_FILES = ("metadata", "speakers", "rules")
"""Options that name files: an index may be built again from elsewhere."""


def _recipe(sources: tuple[str, ...], options: BuildOptions) -> Recipe:
    """What a later build of the index needs to know, wherever it is started."""
    remembered = {name: getattr(options, name) for name in _REMEMBERED}
    files = {name: tuple(str(Path(file).absolute()) for file in remembered[name]) for name in _FILES}
    return Recipe(sources, **{**remembered, **files})


def _with_remembered(options: BuildOptions, recipe: Recipe) -> BuildOptions:
    """The options given, and for those that were not, what the live generation was built with."""
    if options.replace:
        return options
    standard = BuildOptions()
    held = {name: getattr(recipe, name) for name in _REMEMBERED if getattr(options, name) == getattr(standard, name)}
    return replace(options, **held)


@contextlib.contextmanager
def _damage_as_refusal() -> Iterator[None]:
    """Raise BuildRefused for a new generation that is not whole, or does not answer."""
    try:
        yield
    except IndexDamaged as damage:
        raise BuildRefused(f"the new generation is not as it was written, and was not published: {damage}") from damage
