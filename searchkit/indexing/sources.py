"""Which SOURCEs does a build read: those given, those remembered, and what would be lost between the two?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import BuildRefused, UsageError
from searchkit.indexing.former import Former
from searchkit.indexing.options import BuildOptions
from searchkit.sources import Reader, ReadOptions, RecordReader, Source, parse_source, readable

__all__ = ["RECORDS", "Given", "PageReader", "Plan", "location", "plan"]

RECORDS = "records"
"""How an index remembers records that a program handed in."""

Given = Sequence[str] | Iterable[Mapping[str, object]]


PageReader = Reader | RecordReader


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build reads, and what the index remembers of it."""

    sources: tuple[Source, ...]
    records: Iterable[Mapping[str, object]] | None

    @property
    def remembered(self) -> tuple[str, ...]:
        """The SOURCEs as the manifest keeps them."""
        return (RECORDS,) if self.records is not None else tuple(source.as_text() for source in self.sources)

    def reader(self, options: BuildOptions, index: Path) -> PageReader:
        """Who reads the pages?  Raises UsageError for sources that make no sense together."""
        if self.records is not None:
            return RecordReader(self.records)
        return Reader(self.sources, ReadOptions(options.metadata, options.metadata_key, exclude=(index,)))

    def locations(self, key: str) -> list[str]:
        """Where may the file or folder with the page key `key` stand?  One place for each SOURCE that may hold it."""
        places = []
        for source in self.sources:
            if key.startswith(source.prefix):
                place = location(source)
                below = key.removeprefix(source.prefix).strip("/")
                places.append(f"{place}/{below}" if below and Path(source.path).is_dir() else place)
        return places


def location(source: Source) -> str:
    """What do the locations of its pages begin with?"""
    return Source(None, source.path).as_text()


def plan(given: Given, former: Former, options: BuildOptions, index: Path) -> Plan:
    """Which SOURCEs are read, if `former` is what the index `index` was built from?

    Raises UsageError where nothing is given or remembered, IndexDamaged where it can no longer be known what was, and
    BuildRefused where pages of the index would go because their SOURCE is not named or cannot be read.
    """
    if options.add and options.replace:
        raise UsageError("--add keeps the former SOURCEs, --replace drops them: choose one")
    chosen, sources = _chosen(given), former.recipe.sources
    if chosen.records is None and not chosen.sources:
        if former.damage is not None:
            raise former.damage
        if not sources:
            raise UsageError(f"nothing to read: name a folder, a file or - for standard input (the index is {index})")
        chosen = _again(sources, index)
    if options.add and RECORDS in (*sources, *chosen.remembered):
        raise UsageError("records of a program cannot be added to others: write them to a .jsonl file")
    gone = [text for text in sources if text not in chosen.remembered]
    if gone and options.add:
        chosen = Plan((*_again(gone, index).sources, *chosen.sources), None)
    elif gone and not options.replace:
        raise BuildRefused(
            f"{index} is built from {', '.join(sources)}; the pages of {', '.join(gone)} would go. "
            f"To keep them too: --add.  To let the new SOURCE take their place: --replace"
        )
    _check_readable(chosen, sources, index)
    return chosen


def _chosen(given: Given) -> Plan:
    if isinstance(given, (str, Path)):
        raise UsageError(f"sources are a list: [{str(given)!r}]")
    if isinstance(given, Sequence) and all(isinstance(item, (str, Path)) for item in given):
        sources = (parse_source(str(item)) for item in given)
        return Plan(tuple({source.as_text(): source for source in sources}.values()), None)
    if isinstance(given, Mapping):
        raise UsageError("records are a list, even a single one: [{'text': ...}]")
    return Plan((), given)  # type: ignore[arg-type]  # not a list of texts: records


def _again(remembered: Sequence[str], index: Path) -> Plan:
    """Reads what is remembered once more; what was handed in from outside has to be handed in again."""
    if RECORDS in remembered:
        raise UsageError(f"{index} was built from records of a program: hand them in again")
    sources = tuple(map(Source.from_text, remembered))
    for source in sources:
        if source.is_standard_input:
            # Whatever stands there this time, perhaps nothing, would take the place of what was piped in then.
            raise UsageError(
                f"{index} was built from standard input: pipe it in again, and name it: {source.as_text()}"
            )
    return Plan(sources, None)


def _check_readable(chosen: Plan, former: tuple[str, ...], index: Path) -> None:
    for source in chosen.sources:
        reason = readable(source)
        if reason and source.as_text() in former:
            raise BuildRefused(
                f"{source.as_text()} {reason}, and its pages in {index} would go. Make it readable again, "
                "or build from other SOURCEs with --replace"
            )
        if reason:
            raise UsageError(f"{source.as_text()} {reason}: check the path")
