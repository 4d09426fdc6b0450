"""inspect: what a build would make of pages, without an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from searchkit.cleaning import rules_of
from searchkit.errors import UsageError
from searchkit.indexing.options import BuildOptions
from searchkit.indexing.pipeline import inspect_page
from searchkit.models import Inspection, Skipped, Speech
from searchkit.sources import Reader, ReadOptions, RecordReader, parse_source

__all__ = ["inspect", "speeches_of"]


def inspect(paths: Sequence[str], options: BuildOptions | None = None) -> Iterator[Inspection]:
    """What does the write arrow make of the pages at `paths`, up to but not into the engine?  In page order."""
    options = options or BuildOptions()
    rules_of(options.rules)  # a file that cannot be used is no fault of the first page
    sources = [parse_source(path) for path in paths]
    reader = Reader(sources, ReadOptions(options.metadata, options.metadata_key))
    for read in reader.read():
        yield Inspection(read) if isinstance(read, Skipped) else inspect_page(read, options)


def speeches_of(records: Iterable[Mapping[str, object]], options: BuildOptions | None = None) -> list[Speech]:
    """Which speeches are the records `records`?

    Raises UsageError for a record that a build would skip: what a program hands in is not lost quietly.
    """
    options = options or BuildOptions()
    speeches: dict[str, Speech] = {}
    for read in RecordReader(records).read():
        inspection = Inspection(read) if isinstance(read, Skipped) else inspect_page(read, options)
        if isinstance(inspection.page, Skipped):
            skipped = inspection.page
            raise UsageError(
                f"record {skipped.page}: {skipped.reason}{f' ({skipped.detail})' if skipped.detail else ''}"
            )
        for speech in inspection.speeches:
            speeches.setdefault(speech.id, speech)
    return list(speeches.values())
