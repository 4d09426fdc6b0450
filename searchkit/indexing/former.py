"""The live generation as the next build sees it: its SOURCEs, its pages, and the speeches of those it cannot read.

Nothing of it can block a build: a generation that is not as it was written is left alone, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from searchkit import generations
from searchkit.engines.base import Engine
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.errors import IndexDamaged
from searchkit.generations import FileRecord, FileRow, PageRow, PageTable, Recipe
from searchkit.models import Speech

__all__ = ["Former"]

Digest = bytes


class Former:
    """The generation of `index` that is live when a build begins, if there is one."""

    def __init__(self, index: Path) -> None:
        self.damage: IndexDamaged | None = None
        """Why its manifest could not be read."""
        self.remarks: tuple[str, ...] = ()
        self._takes_over = True
        self._table: PageTable | None = None
        self._engine: Engine | None = None
        self._generation: generations.Generation | None = None
        try:
            self._generation = generations.live(index)
        except IndexDamaged as damage:
            self.damage = damage
            self.remarks = (f"the former generation is damaged and was not looked at: {damage}",)

    @property
    def exists(self) -> bool:
        """Is there a generation that answers meanwhile?"""
        return self._generation is not None

    @property
    def recipe(self) -> Recipe:
        """From what was it built, and how?"""
        return self._generation.manifest.recipe if self._generation else Recipe()

    @property
    def id(self) -> str | None:
        """Which generation is it?"""
        return self._generation.id if self._generation else None

    @property
    def bytes(self) -> int:
        """How much room do its files take?"""
        return sum(file.size for file in self._generation.manifest.files.values()) if self._generation else 0

    @property
    def analysis(self) -> str | None:
        """What made its segments?  None where nothing can be taken over from them."""
        return self._generation.manifest.analysis if self._generation and self._engine and self._takes_over else None

    @property
    def directory(self) -> Path:
        """Where does it stand?"""
        assert self._generation is not None
        return self._generation.directory

    @property
    def files(self) -> Mapping[str, FileRecord]:
        """Its files, every checksum of which was found right."""
        return self._generation.manifest.files if self._generation and self._engine else {}

    def opened(self) -> tuple[PageTable, Engine] | None:
        """Its pages and speeches, to be compared with; None if there are none or they are damaged."""
        return (self._table, self._engine) if self._table and self._engine else None

    def open(self, *, take_over: bool) -> None:
        """Open its pages and speeches, once every checksum is found right; without `take_over` only to compare."""
        self._takes_over = take_over
        if self._generation is None:
            return
        try:
            # Words that are taken over must be those that were published.
            generations.verify(self._generation)
            self._table = PageTable(self._generation.pages)
            self._engine = EmbeddedEngine(self._generation.directory)
        except IndexDamaged as damage:
            self.close()
            self.remarks += (f"the former generation is damaged, and nothing was taken over from it: {damage}",)

    def close(self) -> None:
        """Release its files."""
        if self._table is not None:
            self._table.close()
        if self._engine is not None:
            self._engine.close()
        self._table, self._engine = None, None

    def page(self, key: str) -> PageRow | None:
        """Which page with speeches had this key?"""
        row = self.any_row(key)
        return row if row and row.speeches else None

    def any_row(self, key: str) -> PageRow | None:
        """What became of the page `key`, with or without speeches, whether or not it may be taken over?"""
        return self._table.find(key) if self._table else None

    def row(self, key: str) -> PageRow | None:
        """What became of the page `key`, with or without speeches?  None where nothing is taken over."""
        return self._table.find(key) if self._table and self._takes_over else None

    def file_rows(self, pipeline: str) -> dict[str, FileRow]:
        """Location -> each file, with what became of its pages; are these of the rules `pipeline`?"""
        return self._table.files(pipeline) if self._table and self._takes_over else {}

    def of_file(self, number: int) -> list[PageRow]:
        """What became of the pages of this file?"""
        return list(self._table.of_file(number)) if self._table else []

    def speechless_of_file(self, number: int) -> list[PageRow]:
        """Which pages of this file gave no speech?"""
        return list(self._table.speechless_of_file(number)) if self._table else []

    def keys_of_file(self, number: int) -> list[str]:
        """Which pages of this file gave speeches?"""
        return self._table.keys_of_file(number) if self._table else []

    def inside_files(self) -> Iterator[tuple[str, int]]:
        """Key and file of every page that is not a file by itself."""
        return self._table.inside_files() if self._table and self._takes_over else iter(())

    def lines_of_file(self, number: int, key: str, pipeline: str) -> Iterator[tuple[Digest, int, bool]]:
        """Hash and number of each line of this file that stands if it is as it was: see PageTable."""
        return self._table.lines_of_file(number, key, pipeline) if self._table and self._takes_over else iter(())

    def key_of_line(self, file: int, line: int) -> str:
        """Which key had the record on this line of the file?"""
        return (self._table.key_of_line(file, line) if self._table else None) or ""

    def pages_outside(self, files: Set[int]) -> Iterator[tuple[str, int, int | None]]:
        """Which pages with speeches belong to none of these files?  Key, file, and the line there."""
        return self._table.pages_outside(files) if self._table else iter(())

    def page_of_speech(self, id: str) -> str | None:
        """On which page did the speech `id` stand?"""
        row = self._table.speech(id) if self._table and self._takes_over else None
        return row.page if row else None

    def ids_of(self, page: str) -> list[str]:
        """Which ids have the speeches of the page `page`?"""
        return self._table.ids_of(page) if self._table else []

    @property
    def table(self) -> Path | None:
        """Its table of pages, if it can be taken over from."""
        return self.pages if self.takes_over else None

    @property
    def pages(self) -> Path | None:
        """Its table of pages, if it can be compared with."""
        return self._generation.pages if self._generation and self._table else None

    @property
    def takes_over(self) -> bool:
        """May pages stand as they are in it?"""
        return self._table is not None and self._takes_over

    def pages_behind(self, key: str, locations: Iterable[str]) -> list[PageRow]:
        """Which pages with speeches are the page `key`, or were found in the file or folder that it stands for?

        A record's key may say nothing of its file, so its location is asked as well.  None where nothing is taken over.
        """
        if self._table is None or not self._takes_over:
            return []
        own = self.page(key)
        if own is not None:
            return [own]
        rows = {row.key: row for row in self._table.below_key(key)}
        for location in locations:
            rows.update((row.key, row) for row in self._table.below_location(location))
        return list(rows.values())

    def had_pages_at(self, location: str) -> bool:
        """Did the file or folder `location` yield pages with speeches?"""
        return self._table is not None and self._table.has_below(location)

    def count_pages(self) -> int:
        """How many pages had speeches?"""
        return self._table.count_with_speeches() if self._table else 0

    def speeches_of(self, page: str) -> list[Speech]:
        """Which speeches did the page `page` give?"""
        return self._engine.as_written(page) if self._engine else []
