"""searchkit: evidence-grade full-text search for speeches.

    import searchkit

    searchkit.build(["pages/"], index="index")
    with searchkit.open("index") as speeches:
        results = speeches.search('"Shusha Declaration"', facets=["speaker"])
        for hit in results:
            print(hit.speech.speaker, hit.speech.date, hit.snippets[0].text)

Importing it loads nothing but this package; what a call needs is loaded by the call.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from searchkit.errors import (
    BuildRefused,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    QueryError,
    QueryTimeout,
    SearchkitError,
    UsageError,
)
from searchkit.version import VERSION

if TYPE_CHECKING:
    from searchkit.comparing import Changes
    from searchkit.counting import (
        CollocateOptions,
        Collocates,
        Comparison,
        Concordance,
        Echoes,
        Frequencies,
        Keyness,
        KeynessOptions,
        Ngrams,
        SimilarSpeech,
        Trend,
    )
    from searchkit.identity.roll import RollEntry
    from searchkit.indexing import BuildOptions, BuildReport, CopyReport, ProgressListener
    from searchkit.models import (
        Facet,
        FacetValue,
        Form,
        Hit,
        Inspection,
        Quote,
        Removal,
        Results,
        Skipped,
        Snippet,
        Speech,
    )
    from searchkit.searching import QuoteHit, Quotes, RemovedPart, Searcher, Stats, Where

__version__ = VERSION

__all__ = [
    "SimilarSpeech",
    "Ngrams",
    "Echoes",
    "Comparison",
    "BuildOptions",
    "BuildRefused",
    "BuildReport",
    "CollocateOptions",
    "Collocates",
    "Concordance",
    "CopyReport",
    "Changes",
    "Facet",
    "FacetValue",
    "Form",
    "Frequencies",
    "Hit",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "Inspection",
    "Keyness",
    "KeynessOptions",
    "QueryError",
    "QueryTimeout",
    "Quote",
    "QuoteHit",
    "Quotes",
    "Removal",
    "Results",
    "RemovedPart",
    "RollEntry",
    "Searcher",
    "SearchkitError",
    "Skipped",
    "Snippet",
    "Speech",
    "Stats",
    "Trend",
    "UsageError",
    "Where",
    "build",
    "changes",
    "copy",
    "inspect",
    "memory",
    "open",
    "removed",
]

_LOADED_WHEN_USED = {
    "Facet": "searchkit.models",
    "FacetValue": "searchkit.models",
    "Form": "searchkit.models",
    "Hit": "searchkit.models",
    "Inspection": "searchkit.models",
    "Quote": "searchkit.models",
    "Removal": "searchkit.models",
    "Results": "searchkit.models",
    "Skipped": "searchkit.models",
    "Snippet": "searchkit.models",
    "Speech": "searchkit.models",
    "SimilarSpeech": "searchkit.counting",
    "Ngrams": "searchkit.counting",
    "Echoes": "searchkit.counting",
    "Comparison": "searchkit.counting",
    "BuildOptions": "searchkit.indexing",
    "BuildReport": "searchkit.indexing",
    "CopyReport": "searchkit.indexing",
    "CollocateOptions": "searchkit.counting",
    "Collocates": "searchkit.counting",
    "Concordance": "searchkit.counting",
    "Frequencies": "searchkit.counting",
    "Keyness": "searchkit.counting",
    "KeynessOptions": "searchkit.counting",
    "Changes": "searchkit.comparing",
    "QuoteHit": "searchkit.searching",
    "Quotes": "searchkit.searching",
    "RollEntry": "searchkit.identity.roll",
    "RemovedPart": "searchkit.searching",
    "Searcher": "searchkit.searching",
    "Stats": "searchkit.searching",
    "Trend": "searchkit.counting",
    "Where": "searchkit.searching",
}


def __getattr__(name: str) -> Any:
    home = _LOADED_WHEN_USED.get(name)
    if home is None:
        raise AttributeError(f"module 'searchkit' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home), name)


def build(
    sources: Sequence[str] | Iterable[Mapping[str, object]],
    index: str | os.PathLike[str] | None = None,
    *,
    options: BuildOptions | None = None,
    listener: ProgressListener | None = None,
) -> BuildReport:
    """Make the index hold exactly what `sources` now yield; what became of each page?

    Arguments:
        sources: folders, files, "-" for standard input, each perhaps as NAME=SOURCE; or an iterable of records
            (mappings with a `text`).  An empty list stands for the sources that the index remembers.
        index: its folder; by default SEARCHKIT_INDEX, else ./index.
        listener: is told of the progress.

    Raises BuildRefused where the build would do harm, IndexLocked while another one runs, UsageError for sources that
    make no sense.  Whatever happens, the live generation serves on until the new one is whole.
    """
    from searchkit import config, indexing

    chosen = options or indexing.BuildOptions()
    address = config.cluster_place(index)
    if address is not None:
        return indexing.build_on_cluster(sources, address, chosen, listener)
    return indexing.build(sources, config.index_path(index), chosen, listener)


def changes(
    index: str | os.PathLike[str] | None = None, since: str | None = None, *, generation: str | None = None
) -> Changes:
    """Which speeches are new, changed and withdrawn since an earlier generation?

    `since` is a generation's id or a date ("2026-11-20"); without it, the live generation (or `generation`) is compared
    with the one that it took the place of.  Raises UsageError for what is no longer kept, IndexMissing or IndexDamaged.
    """
    from searchkit import comparing, config

    address = config.cluster_place(index)
    if address is not None:
        return comparing.changes_on_cluster(address, since, generation)
    return comparing.changes_since(config.index_path(index), since, generation)


def copy(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    listener: Callable[[int, int], None] | None = None,
    wait: float = 0.0,
) -> CopyReport:
    """Make the index `target` hold what `source` holds: a folder and an index on a cluster, in either direction.

    `listener` is told how many speeches of how many are copied.  Raises UsageError, IndexMissing, IndexDamaged,
    IndexLocked while somebody builds there, or BuildRefused; what `target` held answers until the copy is whole.
    """
    from searchkit import indexing

    return indexing.copy_index(os.fspath(source), os.fspath(target), listener, wait)


def inspect(paths: Sequence[str], *, options: BuildOptions | None = None) -> Iterator[Inspection]:
    """What would a build make of the pages at `paths`?  One Inspection a page, in page order; nothing is written."""
    from searchkit import indexing

    return indexing.inspect(paths, options or indexing.BuildOptions())


def removed(
    words: Sequence[str] = (),
    index: str | os.PathLike[str] | None = None,
    *,
    rule: str | None = None,
    generation: str | None = None,
) -> Iterator[RemovedPart]:
    """Which parts were cut out of the pages of `index` that hold all of `words`, by `rule` if one is given?

    Asked of `generation`, or of the live one.
    """
    from searchkit import config, searching

    return searching.removed_parts(config.place(index), words, rule, generation)


def open(index: str | os.PathLike[str] | None = None, *, refresh: float | None = None) -> Searcher:
    """Which searcher answers from the live generation of `index` (by default SEARCHKIT_INDEX, else ./index)?

    `index` is a folder, or the address of an index on a cluster: "opensearch://host:9200/speeches".
    It holds that generation until `refresh()`; with `refresh=SECONDS` it looks so often by itself for a newer one, and
    each answer is of one generation.  Raises IndexMissing or IndexDamaged.
    """
    from searchkit import config, searching

    address = config.cluster_place(index)
    if address is not None:
        opener = lambda: searching.open_cluster(address)  # noqa: E731
        return searching.Searcher(searching.State(opener, lambda: searching.cluster_live_id(address), refresh))
    path = config.index_path(index)
    state = searching.State(lambda: searching.open_index(path), lambda: searching.live_id(path), refresh)
    return searching.Searcher(state)


def memory(records: Iterable[Mapping[str, object]], *, options: BuildOptions | None = None) -> Searcher:
    """Which searcher answers from `records`, without any file?  For tests and small sets.

    Each record is a mapping with a `text`; see the README for its other keys.  Raises UsageError for a record that
    would be skipped in a build: in a small set nothing is lost quietly.
    """
    from searchkit import indexing, searching

    chosen = options or indexing.BuildOptions()
    opened = searching.open_memory(indexing.speeches_of(records, chosen), chosen.own_fields, chosen.speakers)
    return searching.Searcher(searching.State(lambda: opened, lambda: None))
