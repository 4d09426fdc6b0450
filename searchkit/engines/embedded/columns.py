"""What is known of each speech by its number: flat arrays beside the Whoosh segment, memory-mapped when first used.

One `column-NAME.npy` a column (NumPy's own format, never a pickle) and `column-values.json` for the facets' values.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.dates import span
from searchkit.engines.arrays import FacetColumn
from searchkit.engines.naming import PEOPLE
from searchkit.engines.terms import SpeechTerms
from searchkit.errors import IndexDamaged
from searchkit.schema import DATE_FACETS, Field, FieldKind, exact_name

__all__ = ["ColumnWriter", "Columns", "Ints"]

Ints = npt.NDArray[np.int32]
_VALUES_FILE = "column-values.json"


def _file(directory: Path, name: str) -> Path:
    return directory / f"column-{name}.npy"


@dataclass(slots=True)
class _Values:
    """The values of one facet while speeches are added: which speech has which."""

    codes: dict[str, int] = field(default_factory=dict)
    speeches: list[int] = field(default_factory=list)
    codes_of: list[int] = field(default_factory=list)

    def add(self, number: int, value: str) -> None:
        self.speeches.append(number)
        self.codes_of.append(self.codes.setdefault(value, len(self.codes)))


class ColumnWriter:
    """Collects the columns while speeches are added, and writes them at the end."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._facets = {item.name: _Values() for item in fields if item.facet and item.name not in PEOPLE}
        self._facets.update((name, _Values()) for name in DATE_FACETS)
        self._scored = tuple(item.name for item in fields if item.kind is FieldKind.WORDS)
        self._lengths: dict[str, list[int]] = {name: [] for name in self._scored}
        self._first: list[int] = []
        self._last: list[int] = []
        self._ids: list[str] = []
        self._pages: list[int] = []
        self._page_codes: dict[str, int] = {}
        self._quotes: list[tuple[int, int, int]] = []

    def add(self, terms: SpeechTerms) -> None:
        """Take in the next speech."""
        number = len(self._ids)
        self._ids.append(terms.values["id"][0])
        self._pages.append(self._page_codes.setdefault(terms.values["page"][0], len(self._page_codes)))
        for name in self._scored:
            self._lengths[name].append(len(terms.tokens[name].terms))
        self._quotes += [(number, first, last) for first, last in terms.quotes]
        date = next(iter(terms.values["date"]), None)
        first, last = span(date) if date else (0, 0)
        self._first.append(first)
        self._last.append(last)
        for name, values in self._facets.items():
            if name not in DATE_FACETS:
                for value in terms.values[exact_name(name)]:
                    values.add(number, value)
        if date:
            self._facets["year"].add(number, date[:4])
            self._facets["month"].add(number, date[:7])

    def write(self, directory: Path) -> None:
        """Write every column into `directory`."""
        arrays: dict[str, list[int]] = {"pages": self._pages, "date_first": self._first, "date_last": self._last}
        arrays.update((f"length_{name}", lengths) for name, lengths in self._lengths.items())
        for place, name in enumerate(("quote_speeches", "quote_first", "quote_last")):
            arrays[name] = [quote[place] for quote in self._quotes]
        rank = [0] * len(self._ids)
        for place, number in enumerate(sorted(range(len(self._ids)), key=self._ids.__getitem__)):
            rank[number] = place
        arrays["id_rank"] = rank
        for name, values in self._facets.items():
            arrays[f"facet_{name}_speeches"] = values.speeches
            arrays[f"facet_{name}_codes"] = values.codes_of
        for name, items in arrays.items():
            np.save(_file(directory, name), np.asarray(items, dtype="<i4"), allow_pickle=False)
        listed = {name: list(values.codes) for name, values in self._facets.items()}
        (directory / _VALUES_FILE).write_text(json.dumps(listed, ensure_ascii=True), encoding="ascii")


class Columns:
    """Reads the columns of one index; a column is opened when it is first asked for."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._opened: dict[str, Ints] = {}

    def __len__(self) -> int:
        return len(self["id_rank"])

    def __getitem__(self, name: str) -> Ints:
        """Which number has each speech in the column `name`?"""
        column = self._opened.get(name)
        if column is None:
            column = self._opened[name] = self._open(name)
        return column

    def facet(self, name: str) -> FacetColumn:
        """Which values has each speech in the facet `name`?"""
        return FacetColumn(self._values.get(name, []), self[f"facet_{name}_speeches"], self[f"facet_{name}_codes"])

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        path = self._directory / _VALUES_FILE
        try:
            values: Any = json.loads(path.read_text(encoding="ascii"))
        except (OSError, ValueError) as error:
            raise _damaged(path) from error
        if not isinstance(values, dict):
            raise _damaged(path)
        return values

    def _open(self, name: str) -> Ints:
        path = _file(self._directory, name)
        try:
            column: Ints = np.load(path, mmap_mode=None, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise _damaged(path) from error
        if column.dtype != np.dtype("<i4") or column.ndim != 1:
            raise _damaged(path)
        return column


def _damaged(path: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} is not as it was written; build the index anew: searchkit build")
