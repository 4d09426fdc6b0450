"""Which cuts of the cleaner hold these words?  Asked of pages.sqlite, page by page: what was cut is in no index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit import deadline
from searchkit.analysis import fold_value
from searchkit.generations import PAGES, named, require_live
from searchkit.plain import Plain

__all__ = ["RemovedPart", "removed_from", "removed_parts"]


@dataclass(frozen=True, slots=True)
class RemovedPart(Plain):
    """A part of a page that was cut, and the rule that cut it."""

    page: str
    rule: str
    text: str


def removed_parts(
    index: Path | str, words: Sequence[str] = (), rule: str | None = None, generation: str | None = None
) -> Iterator[RemovedPart]:
    """Which parts were cut out of pages, by `rule` if one is given, that hold all of `words`?

    Asked of `generation` of `index`, or of the live one; `index` is a folder or an address on a cluster.  Case and
    diacritics count for nothing; a word is a whole word.
    Parts come in the order of the keys of their pages.
    Raises UsageError for a generation that is not kept, IndexMissing or IndexDamaged.
    """
    from searchkit.generations import PageTable  # with SQLite, of which other questions need nothing

    if isinstance(index, str):
        from searchkit.comparing import shadow

        with shadow(index) as generations:
            yield from removed_parts(generations.folder, words, rule, generation)
        return
    wanted = [form for word in words for form in fold_value(word).split()]
    asked = named(index, generation) if generation else require_live(index)
    with PageTable(asked.pages) as table:
        for row in table:
            deadline.check()
            for part in row.removed:
                if (rule is None or part.rule == rule) and _holds(part.text, wanted):
                    yield RemovedPart(row.key, part.rule, part.text)


def removed_from(directory: Path, page: str) -> list[RemovedPart]:
    """Which parts were cut out of this page, in the generation in `directory`?  In the order of the page.

    Raises IndexDamaged.
    """
    from searchkit.generations import PageTable

    with PageTable(directory / PAGES) as table:
        row = table.find(page)
    return [RemovedPart(row.key, part.rule, part.text) for part in row.removed] if row else []


def _holds(text: str, wanted: list[str]) -> bool:
    if not wanted:
        return True
    folded = f" {fold_value(text)} "
    return all(f" {word} " in folded for word in wanted)
