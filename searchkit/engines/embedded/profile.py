"""Keeps the Profile of an index: its fields and languages in `profile.json`, its words in `profile.words`.

The words, hyphenated compounds and names in other letters, grow with the corpus.  They are mapped and looked up one by
one, so that opening an index reads none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.arrays import ArrayFile, ArrayFileWriter
from searchkit.engines.embedded.layout import Strings
from searchkit.engines.embedded.vocabulary import Vocabulary
from searchkit.errors import IndexDamaged
from searchkit.query import Profile
from searchkit.schema import with_own_fields

__all__ = ["read_profile", "write_profile"]

_FILE, _WORDS, _KIND = "profile.json", "profile.words", "profile"
_COMPOUNDS, _NAMES, _NEVER = "compounds", "names", "never_joined"
_BETWEEN = "\0"
_SIGNS = (ValueError, IndexError, OverflowError)
"""What places and bytes lead to that were never written."""


def write_profile(directory: Path, profile: Profile) -> None:
    """Keep `profile` in `directory`."""
    kept = {
        "own_fields": [field.name for field in profile.fields if field.own],
        "languages": sorted(profile.languages),
    }
    (directory / _FILE).write_text(json.dumps(kept, ensure_ascii=True), encoding="ascii")
    file = ArrayFileWriter(FileStorage(str(directory)), _WORDS, _KIND)
    try:
        _write_table(file, _NAMES, profile.names)
        joined = _write_table(file, _COMPOUNDS, profile.compounds)
        file.write(_NEVER, np.asarray([word in profile.never_joined for word in joined], bool), "<u1")
        file.close()
    except BaseException:
        file.abandon()
        raise


def read_profile(directory: Path) -> Profile:
    """Which profile has the index in `directory`?  Raises IndexDamaged if it cannot be told."""
    path = directory / _FILE
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
        fields = with_own_fields(tuple(str(name) for name in kept["own_fields"]))
        languages = frozenset(str(language) for language in kept["languages"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path} is not as it was written; build the index anew: searchkit build") from error
    file = ArrayFile(FileStorage(str(directory), readonly=True), _WORDS, _KIND)
    compounds = _Table(file, _COMPOUNDS)
    return Profile(fields, languages, compounds, _Marked(file, _NEVER, compounds), _Table(file, _NAMES))


def _write_table(file: ArrayFileWriter, name: str, table: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Write the entries of `table` in the order of their keys; which keys are there?"""
    from searchkit.engines.embedded.postings_writer import prefix_numbers  # which readers do not load

    keys = sorted(table, key=_encoded)
    packed, values = (
        Strings.of(list(map(_encoded, keys))),
        Strings.of([_encoded(_BETWEEN.join(table[key])) for key in keys]),
    )
    for section, strings in ((name, packed), (f"{name}/values", values)):
        out = file.stream(f"{section}/blob", "<u1")
        out.append(strings.blob)
        out.close()
        file.write(f"{section}/at", strings.at, "<u4")
    file.write(f"{name}/prefix", prefix_numbers(packed), "<u8")
    return keys


class _Table(Mapping[str, tuple[str, ...]]):
    """A mapping that stays on the disk."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._keys = Vocabulary(file, name)
        self._values = file.bytes(f"{name}/values/blob")
        self._at = file.array(f"{name}/values/at")

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return (key.decode("utf-8", "surrogatepass") for key in self._keys.terms(0, len(self._keys)))

    def __getitem__(self, key: str) -> tuple[str, ...]:
        place = self.place(key)
        if place < 0:
            raise KeyError(key)
        try:
            value = bytes(self._values[int(self._at[place]) : int(self._at[place + 1])])
            return tuple(value.decode("utf-8", "surrogatepass").split(_BETWEEN))
        except _SIGNS as error:
            raise self._file.damaged(str(error)) from error

    def place(self, key: str) -> int:
        """Where does `key` stand among the keys?  -1 if it does not."""
        try:
            return self._keys.find(_encoded(key))
        except _SIGNS as error:
            raise self._file.damaged(str(error)) from error


class _Marked(Set[str]):
    """The keys of a table that have a mark."""

    def __init__(self, file: ArrayFile, name: str, table: _Table) -> None:
        self._marks = file.array(name)
        self._table = table
        if len(self._marks) != len(table):
            raise file.damaged("its sections do not fit together")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        return (key for key, mark in zip(self._table, self._marks.tolist(), strict=True) if mark)

    def __contains__(self, key: object) -> bool:
        place = self._table.place(key) if isinstance(key, str) else -1
        return place >= 0 and bool(self._marks[place])


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
