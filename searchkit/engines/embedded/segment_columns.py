"""What is known of each speech of a segment by its number: mapped arrays, read where they are asked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.arrays import Array, ArrayFile

__all__ = ["CodedColumn", "SegmentColumns", "StringTable"]


class StringTable(Sequence[str]):
    """Many strings in two arrays."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._blob = file.bytes(f"{name}.blob")
        self._at = file.array(f"{name}.offsets")

    def __len__(self) -> int:
        return len(self._at) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Which string is this?"""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0:
            raise IndexError(index)
        return str(self._blob[int(self._at[index]) : int(self._at[index + 1])], "utf-8", "surrogatepass")

    def chosen(self, places: Array) -> list[str]:
        """Which strings have these places?"""
        begins, ends, blob = self._at.take(places).tolist(), self._at.take(places + 1).tolist(), self._blob
        return [str(blob[begin:end], "utf-8", "surrogatepass") for begin, end in zip(begins, ends, strict=True)]

    def listed(self) -> list[str]:
        """Which strings are there?"""
        return [string.decode("utf-8", "surrogatepass") for string in self.encoded()]

    def encoded(self) -> list[bytes]:
        """Which strings are there, as bytes?  They have the same order."""
        ends, blob = self._at.tolist(), bytes(self._blob)
        return [blob[begin:end] for begin, end in itertools.pairwise(ends)]


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """Which values each speech has: one at most, or several."""

    values: Sequence[str]
    codes: Array
    """With `at` None: 0 for no value, else 1 + the place of the value; with `at` the places themselves."""
    at: Array | None

    def counts(self, speeches: Array) -> tuple[Array, int]:
        """How many of `speeches` have each value, and how many have none?"""
        if self.at is None:
            counted = np.bincount(self.codes.take(speeches), minlength=len(self.values) + 1)
            return counted[1:], int(counted[0])
        places, lengths = self._places(speeches)
        return np.bincount(self.codes.take(places), minlength=len(self.values)), int((lengths == 0).sum())

    def pairs(self, speeches: Array) -> tuple[Array, Array]:
        """Each of `speeches` that has values, once for each, and the places of the values."""
        if self.at is None:
            codes = self.codes.take(speeches).astype(np.int64)
            held = codes > 0
            return speeches[held], codes[held] - 1
        places, lengths = self._places(speeches)
        return np.repeat(speeches, lengths), self.codes.take(places)

    def _places(self, speeches: Array) -> tuple[Array, Array]:
        assert self.at is not None
        starts, ends = self.at.take(speeches).astype(np.int64), self.at.take(speeches + 1).astype(np.int64)
        lengths = ends - starts
        firsts = np.cumsum(lengths) - lengths
        return np.repeat(starts - firsts, lengths) + np.arange(int(lengths.sum())), lengths

    def listed(self) -> list[str]:
        """All values, read at once."""
        return self.values.listed() if isinstance(self.values, StringTable) else list(self.values)

    def firsts(self, speeches: Array) -> list[str | None]:
        """Which value has each of `speeches`, the first of several?"""
        if self.at is None:
            codes = self.codes.take(speeches).tolist()
            values = {code: self.values[code - 1] if code else None for code in set(codes)}
            return [values[code] for code in codes]
        bounds = zip(self.at.take(speeches).tolist(), self.at.take(speeches + 1).tolist(), strict=True)
        return [self.values[int(self.codes[begin])] if begin < end else None for begin, end in bounds]


class SegmentColumns:
    """The columns of one segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._coded: dict[str, CodedColumn | None] = {}
        self.ids = StringTable(file, "id")
        self._pages_are_ids = bool(file.meta.get("pages_are_ids"))
        self.words: dict[str, int] = {name: int(count) for name, count in file.meta.get("words", {}).items()}
        """Field -> words of all speeches together, deleted ones included."""

    def numbers(self, name: str) -> Array:
        """Which number has each speech in the column `name`?"""
        return self._file.array(name)

    def coded(self, name: str) -> CodedColumn | None:
        """Which values has each speech in the column `name`?  None if there is no such column."""
        if name not in self._coded:
            if f"{name}.codes" not in self._file:
                self._coded[name] = None
            else:
                at = self._file.array(f"{name}.at") if f"{name}.at" in self._file else None
                table = StringTable(self._file, f"{name}.values")
                self._coded[name] = CodedColumn(table, self._file.array(f"{name}.codes"), at)
        return self._coded[name]

    def told(self, speeches: Array) -> list[dict[str, Any]]:
        """What is told here of all that a snippet asks of `speeches` beside their texts?  Nothing where it is not all.

        Of the rest their records tell (records.py).
        """
        if self._plain is None:
            return [{} for _ in speeches]
        kinds, languages = self.firsts("kind", speeches), self.firsts("language", speeches)
        return [
            {"kind": kind, "language": language, "notes": (), "quotes": ()} if plain else {}
            for plain, kind, language in zip(self._plain.take(speeches).tolist(), kinds, languages, strict=True)
        ]

    def firsts(self, name: str, speeches: Array) -> list[str | None]:
        """Which value has each of `speeches` in the column `name`, the first of several?"""
        column = self.coded(name)
        return [None] * len(speeches) if column is None else column.firsts(speeches)

    @cached_property
    def _plain(self) -> Array | None:
        """Of which speeches do columns tell all that a snippet asks, as 0 and 1?  None where nothing says so."""
        return self._file.array("plain") if "plain" in self._file else None

    @cached_property
    def pages(self) -> StringTable:
        """The keys of the pages, by their codes."""
        return self.ids if self._pages_are_ids else StringTable(self._file, "page")

    @cached_property
    def page_codes(self) -> Array:
        """The code of each speech's page."""
        return np.arange(len(self.ids), dtype=np.uint32) if self._pages_are_ids else self._file.array("page.codes")

    @cached_property
    def one_a_page(self) -> bool:
        """Does every speech stand on a page of its own?"""
        return bool(self._file.meta["pages"]["single"])

    def count_pages(self, speeches: Array) -> int:
        """On how many pages do `speeches` (rising) stand?"""
        told = self._file.meta["pages"]
        if self.one_a_page or len(speeches) < 2:
            return len(speeches)
        codes = self.page_codes.take(speeches)
        if not told["rising"]:
            return len(distinct(np.sort(codes)))
        return int(np.count_nonzero(codes[1:] != codes[:-1])) + 1
