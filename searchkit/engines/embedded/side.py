"""The side columns of a generation: people and copies by the number of the speech, in `side-*.npy` and `side.json`.

They are written after the segment and may be written anew without it.  A query on people is answered over the
combinations of names, of which there are few, and only then turned into speeches.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.engines.arrays import FacetColumn, distinct
from searchkit.engines.embedded.answers import Answer
from searchkit.engines.embedded.columns import Columns, Ints
from searchkit.engines.embedded.name_postings import NamePostings
from searchkit.engines.naming import PEOPLE
from searchkit.errors import IndexDamaged
from searchkit.held import HeldFile
from searchkit.identity.side import Names, Side

__all__ = ["SideColumns", "write_side"]

_NAMES = "side.json"


def _file(directory: Path, name: str) -> Path:
    return directory / f"side-{name}.npy"


def write_side(directory: Path, side: Side) -> None:
    """Give the index in `directory` its side columns, in the place of those that it has."""
    copies = [number for number, original in enumerate(side.originals) if number != original]
    arrays = {
        "speakers": side.speakers,
        "quoted": list(itertools.chain.from_iterable(side.quoted)),
        "copies": [*copies, *(side.originals[number] for number in copies)],
    }
    for name, items in arrays.items():
        np.save(_file(directory, name), np.asarray(items, dtype="<i4"), allow_pickle=False)
    listed = [[names.values, names.spelled] for names in side.names]
    (directory / _NAMES).write_text(json.dumps(listed, ensure_ascii=True), encoding="ascii")


def _held(path: Path) -> HeldFile:
    try:
        return HeldFile(path)
    except OSError as error:
        raise _damaged(path) from error


class SideColumns:
    """Reads the side columns of one index; a column is opened when it is first asked for."""

    def __init__(self, directory: Path, columns: Columns) -> None:
        self._columns = columns
        # Opened now: whoever reads on may be asked for the first column when the generation has been pruned.
        self._names_file = _held(directory / _NAMES)
        self._files = {name: _held(_file(directory, name)) for name in ("speakers", "quoted", "copies")}

    @cached_property
    def originals(self) -> Ints:
        """Number of a speech -> number of its original."""
        copies, originals = self._copies
        every = np.arange(len(self._columns), dtype=np.int32)
        every[copies] = originals
        return every

    def count_others(self, speeches: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many other speeches are the text of each of `speeches`?"""
        copies, originals = self._copies
        if not len(copies):
            return np.zeros(len(speeches), np.int64)
        places = copies.searchsorted(speeches)
        own = np.where(copies.take(places, mode="clip") == speeches, originals.take(places, mode="clip"), speeches)
        return self._grouped.searchsorted(own, side="right") - self._grouped.searchsorted(own)

    def count_originals(self, answer: Answer) -> int:
        """Of how many texts are the speeches of `answer`, if copies are counted with their original?"""
        copies, originals = self._copies
        if not len(copies):
            return len(answer)
        among = answer.holds(copies)
        if not np.count_nonzero(among):
            return len(answer)
        groups = distinct(np.sort(originals[among]))
        return len(answer) - int(np.count_nonzero(among)) + int(np.count_nonzero(~answer.holds(groups)))

    @cached_property
    def _copies(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The speeches that are copies, rising, and the original of each: few beside those that are none."""
        pairs = self._open("copies", None).astype(np.int64)
        if len(pairs) and pairs.max() >= len(self._columns):
            raise _damaged(self._files["copies"].path)
        copies, originals = np.split(pairs, [len(pairs) // 2])
        if len(copies) != len(originals) or (np.diff(copies) <= 0).any():
            raise _damaged(self._files["copies"].path)
        return copies, originals

    @cached_property
    def _grouped(self) -> npt.NDArray[np.int64]:
        """The originals of all copies, rising."""
        return np.sort(self._copies[1])

    @cached_property
    def speakers(self) -> npt.NDArray[np.uint32]:
        """Number of a speech -> place in `names` of its speakers."""
        return self._open("speakers", len(self._columns))

    @cached_property
    def quoted(self) -> npt.NDArray[np.uint32]:
        """Place in `names` of the person of each quote, in the order of the column `quote_speeches`."""
        return self._open("quoted", len(self._columns["quote_speeches"]))

    @cached_property
    def names(self) -> list[Names]:
        """Every combination of names that occurs."""
        path = self._names_file.path
        try:
            listed: Any = json.loads(self._names_file.read().decode("ascii"))
            return [Names(tuple(map(str, values)), tuple(map(str, spelled))) for values, spelled in listed]
        except (OSError, ValueError, TypeError) as error:
            raise _damaged(path) from error

    def people(self, number: int) -> tuple[Names, tuple[Names, ...]]:
        """Who speaks in the speech `number`, and who is quoted, quote by quote?"""
        return self.speakers_of([number])[0], self.quoted_in(number)

    def speakers_of(self, numbers: Sequence[int]) -> list[Names]:
        """Who speaks in each of the speeches `numbers`?"""
        names = self.names
        return [names[place] for place in self.speakers.take(np.asarray(numbers, np.int64)).tolist()]

    def quoted_in(self, number: int) -> tuple[Names, ...]:
        """Who is quoted, quote by quote, in the speech `number`?"""
        first, behind = np.searchsorted(self._columns["quote_speeches"], (number, number + 1))
        return tuple(self.names[place] for place in self.quoted[first:behind])

    def postings(self, field: str) -> NamePostings:
        """Which combinations of names have which terms in `field`, speaker or quoting?"""
        return self._postings[field]

    def speeches(self, field: str, places: Iterable[int]) -> npt.NDArray[np.int64]:
        """Which speeches have one of these combinations of names in `field`?  In rising order."""
        wanted = np.zeros(len(self.names), bool)
        wanted[np.fromiter(places, np.int64)] = True
        if field == "speaker":
            return np.flatnonzero(wanted[self.speakers])
        return distinct(self._columns["quote_speeches"][wanted[self.quoted]]).astype(np.int64)

    def facet(self, field: str) -> FacetColumn:
        """Which values has each speech in the facet `field`, speaker or quoting?"""
        return self._facets[field]

    @cached_property
    def _postings(self) -> dict[str, NamePostings]:
        used = {"speaker": distinct(np.sort(self.speakers)), "quoting": distinct(np.sort(self.quoted))}
        return {field: NamePostings((place, self.names[place]) for place in used[field].tolist()) for field in PEOPLE}

    @cached_property
    def _facets(self) -> dict[str, FacetColumn]:
        everyone = np.arange(len(self._columns), dtype=np.int64)
        return {
            "speaker": self._facet(everyone, self.speakers),
            "quoting": self._facet(self._columns["quote_speeches"].astype(np.int64), self.quoted),
        }

    def _facet(self, speeches: npt.NDArray[np.int64], places: npt.NDArray[np.integer[Any]]) -> FacetColumn:
        """The facet of a column that says for each of `speeches` the place of its names; a pair counts once."""
        codes = {
            value: code for code, value in enumerate(sorted({value for names in self.names for value in names.values}))
        }
        lists = [[codes[value] for value in names.values] for names in self.names]
        counts = np.asarray([len(items) for items in lists], np.int64)
        flat = np.asarray(list(itertools.chain.from_iterable(lists)), np.int64)
        each = counts[places]
        # For every entry of the column the run of its values in `flat`.
        starts = (np.cumsum(counts) - counts)[places]
        within = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
        pairs = distinct(np.sort((np.repeat(speeches, each) << 32) + flat[np.repeat(starts, each) + within]))
        return FacetColumn(list(codes), (pairs >> 32).astype("<i4"), (pairs & 0xFFFFFFFF).astype("<i4"))

    def _open(self, name: str, length: int | None) -> npt.NDArray[np.uint32]:
        """The column `name`, mapped: `length` numbers (None: any)."""
        path = self._files[name].path
        try:
            mapped = self._files[name].map()
            if np.lib.format.read_magic(mapped) != (1, 0):
                raise ValueError("it has another version")
            shape, _, dtype = np.lib.format.read_array_header_1_0(mapped)
            if dtype != np.dtype("<i4") or len(shape) != 1 or shape[0] != (shape[0] if length is None else length):
                raise ValueError("it has another shape")
            # Unsigned, so that what was never written points behind the end of whatever it is looked up in.
            return np.frombuffer(mapped, "<u4", shape[0], mapped.tell())
        except (OSError, ValueError, EOFError) as error:
            raise _damaged(path) from error


def _damaged(path: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} is not as it was written; build the index anew: searchkit build")
