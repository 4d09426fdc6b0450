"""What was gathered of the words of some speeches, in memory or left in files by the process that did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.arrays import Array, ArrayFile, ArrayFileWriter
from searchkit.engines.embedded.bulk.sorting import KeySpace
from searchkit.engines.embedded.layout import Strings

__all__ = ["KEYS", "STREAM", "Gathered", "keep", "left_in"]

KEYS, STREAM = "keys", "stream"
_FILE, _KIND = "words", "gathered"
_SLOTS_AT_ONCE = 1 << 21


@dataclass(frozen=True, slots=True)
class Gathered:
    """The words of some speeches, under the numbers of a vocabulary."""

    forms: Sequence[str]
    """Each form that stands in them."""
    numbers: Array
    """Its number, rising."""
    times: Array
    """How often it stands there."""
    languages: Sequence[str]
    """Which stemmer serves each speech."""
    slots: Array
    """How many slots each speech has in the stream."""
    space: KeySpace
    key_parts: Callable[[], Iterator[Array]]
    """All keys, unsorted, range of forms by range of forms."""
    stream: Callable[[], Iterator[Array]]
    """1 + the number of the form in each slot, 0 for an empty one, in pieces of any length."""


def keep(gathered: Gathered, parts: int, folder: Path) -> None:
    """Write what is not in files of `folder` yet, where keys stand in so many `parts`."""
    forms = Strings.of_texts(gathered.forms)
    names = sorted(set(gathered.languages))
    place = {name: number for number, name in enumerate(names)}
    languages = np.fromiter(map(place.__getitem__, gathered.languages), np.int64, len(gathered.languages))
    file = ArrayFileWriter(FileStorage(str(folder)), _FILE, _KIND)
    file.write("forms", np.frombuffer(forms.blob, np.uint8), "<u1")
    file.write("forms_at", forms.at, "<u8")
    file.write("numbers", gathered.numbers, "<u4")
    file.write("times", gathered.times, "<u8")
    file.write("languages", languages, "<u2")
    file.write("slots", gathered.slots, "<u4")
    space = gathered.space
    file.meta = {"languages": names, "parts": parts, "space": [space.speech_bits, space.slot_bits]}
    file.close()


def left_in(folder: Path) -> Gathered:
    """What was left in `folder`?"""
    file = ArrayFile(FileStorage(str(folder), readonly=True), _FILE, _KIND)
    forms = Strings(bytes(file.bytes("forms")), file.array("forms_at"))
    names = file.meta["languages"]

    def key_parts() -> Iterator[Array]:
        for part in range(file.meta["parts"]):
            yield np.fromfile(folder / f"{KEYS}.{part}", np.uint64)

    def stream() -> Iterator[Array]:
        with (folder / STREAM).open("rb") as held:
            while len(piece := np.fromfile(held, np.int32, _SLOTS_AT_ONCE)):
                yield piece

    return Gathered(
        forms=[form.decode("utf-8", "surrogatepass") for form in forms.listed()],
        numbers=file.array("numbers").astype(np.int64),
        times=file.array("times").astype(np.int64),
        languages=[names[place] for place in file.array("languages").tolist()],
        slots=file.array("slots").astype(np.int64),
        space=KeySpace(*file.meta["space"]),
        key_parts=key_parts,
        stream=stream,
    )
