"""Everything that is to be read, listed and checked before the first page is: a wrong call fails at once.

SOURCEs go in; files in the order of their keys come out, with the metadata tables among them taken aside. Only
headers and metadata tables are opened here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from searchkit.errors import UsageError
from searchkit.models import Skipped
from searchkit.sources.folder import Identity, Tree, identity, walk
from searchkit.sources.keys import printable
from searchkit.sources.metadata import take_aside
from searchkit.sources.remarks import Remarks, counted
from searchkit.sources.sidecar import Sidecar
from searchkit.sources.source import STANDARD_INPUT, Found, ReadOptions, Source, holding_index, readable

__all__ = ["Survey", "survey"]


@dataclass(slots=True)
class Survey:
    """What there is to read, and what was learned on the way."""

    entries: list[Found | Skipped] = field(default_factory=list)
    """Files, and what cannot be one, by key."""
    sidecars: list[Sidecar] = field(default_factory=list)
    trees: dict[Source, Tree] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def files(self) -> list[Found]:
        """Which files are to be read?"""
        return [entry for entry in self.entries if isinstance(entry, Found)]

    def sentences(self) -> list[str]:
        """What was left out without being a page?"""
        left_out = (
            (sum(tree.hidden_files for tree in self.trees.values()), "hidden file"),
            (sum(tree.hidden_folders for tree in self.trees.values()), "hidden folder"),
            (sum(tree.repeated_folders for tree in self.trees.values()), "link to a folder already read"),
        )
        plural = {"link to a folder already read": "links to folders already read"}
        return [
            f"{counted(count, noun, plural.get(noun))} {'was' if count == 1 else 'were'} left out"
            for count, noun in left_out
            if count
        ] + self.remarks.sentences()


def survey(sources: Sequence[Source], options: ReadOptions) -> Survey:
    """Which files do `sources` hold, in the order of their keys?

    Raises UsageError for a SOURCE that cannot be read or is an index, for two that yield one key or hold the same
    files, for a single table without a column `text`, and for a metadata table that cannot be used.
    """
    result = Survey()
    for number, source in enumerate(sources):
        if any(source == other or source.path == other.path == STANDARD_INPUT for other in sources[:number]):
            raise UsageError(f"SOURCE {source.as_text()} is given twice. Give it once")
        _check(source, options.exclude)
        _collect(source, options, result)
    result.entries.sort(key=_key)
    _refuse_overlaps(sources, result)
    _refuse_clashes(result.files)
    result.sidecars, aside = take_aside(result.files, options, result.remarks)
    result.entries = [entry for entry in result.entries if isinstance(entry, Skipped) or entry.key not in aside]
    return result


def _key(entry: Found | Skipped) -> str:
    return entry.key if isinstance(entry, Found) else entry.page


def _check(source: Source, exclude: Iterable[Path]) -> None:
    shown = source.as_text()
    reason = readable(source)
    if reason:
        raise UsageError(f"SOURCE {shown} {reason}. Give a folder, a file, or - for standard input")
    if source.is_standard_input:
        return
    index = holding_index(source.path)
    real = Path(source.path).resolve()
    inside = next((folder for folder in exclude if real.is_relative_to(folder.resolve())), index)
    if inside:
        raise UsageError(f"SOURCE {shown}: an index is never a source ({inside}). Give the pages it was built from")


def _collect(source: Source, options: ReadOptions, result: Survey) -> None:
    if source.is_standard_input:
        result.entries.append(Found(source.prefix + STANDARD_INPUT, STANDARD_INPUT, source))
    elif Path(source.path).is_dir():
        tree = walk(source.path, options.exclude)
        result.trees[source] = tree
        result.entries += [Found(source.prefix + key, path, source) for key, path in tree.files]
        result.entries += [replace(skip, page=source.prefix + skip.page) for skip in tree.skipped]
    else:
        result.entries.append(Found(source.prefix + printable(Path(source.path).name), source.path, source))


def _refuse_clashes(files: Sequence[Found]) -> None:
    for one, other in pairwise(files):
        if one.key == other.key:
            first, second = (f"{file.source.as_text()} ({printable(file.path)})" for file in (one, other))
            raise UsageError(
                f"two SOURCEs yield the page key {one.key!r}: {first} and {second}. "
                f"Name one of them, as in NAME={printable(other.source.path)}"
            )


def _refuse_overlaps(sources: Sequence[Source], result: Survey) -> None:
    """Refuse pages that would be counted twice.  Two names say that this is meant."""
    seen: dict[tuple[str | None, Identity], Source] = {}
    for source, tree in result.trees.items():
        for folder, path in tree.folders.items():
            first = seen.setdefault((source.name, folder), source)
            if first is not source:
                raise _overlap(first, source, path)
    for source in sources:
        if source in result.trees or source.is_standard_input or Path(source.path).name.startswith("."):
            continue
        folder_of_file = identity(Path(source.path).resolve().parent)
        other = seen.get((source.name, folder_of_file)) if folder_of_file else None
        if other:
            raise _overlap(other, source, source.path)


def _overlap(one: Source, other: Source, path: str) -> UsageError:
    return UsageError(
        f"SOURCEs {one.as_text()} and {other.as_text()} both hold {printable(path)}: its pages would be counted twice. "
        f"Leave one out, or give them names (NAME={printable(other.path)}) if that is meant"
    )
