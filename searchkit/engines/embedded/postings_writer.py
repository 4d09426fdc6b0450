"""Writes the postings of one field, in pieces of rising terms, every term of a piece at once.  See layout.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFileWriter, Section
from searchkit.engines.embedded.layout import BITS, FieldPostings, Strings, widths_of
from searchkit.engines.embedded.narrow import HALF, NarrowWriter

__all__ = ["FieldFiles", "FieldWriter", "prefix_numbers"]

_WIDTHS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class FieldFiles:
    """The files that a field's sections go to."""

    terms: ArrayFileWriter
    postings: ArrayFileWriter
    places: ArrayFileWriter


class FieldWriter:
    """Takes the postings of one field, piece by piece."""

    def __init__(
        self, files: FieldFiles, name: str, speeches: int, *, positions: bool, streamed_from: int | None = None
    ) -> None:
        """Of a term that stands `streamed_from` times or more, no positions are kept; None: of all that are given."""
        self._files = files
        self._name = name
        self._speeches = speeches
        self._blob = files.terms.section(f"{name}/blob", "<u1")
        self._bits: Section = files.postings.section(f"{name}/bits", "<u1")
        self._by_width = {
            width: NarrowWriter(files.postings, f"{name}/speeches{width}", width) for width in _WIDTHS
        }  # fmt: skip
        self._frequencies = NarrowWriter(files.postings, f"{name}/frequencies", HALF)
        self._weights_at: list[Array] = []
        self._weights: list[Array] = []
        self._shortest: list[Array] = []
        self._longest: list[Array] = []
        self._values: Section | None = None
        self._positions = (
            NarrowWriter(files.places, f"{name}/positions", 2, direct=True) if positions else None
        )  # fmt: skip
        self._streamed_from = streamed_from
        self._streamed: list[Array] = []
        self._streamed_occurrences: list[Array] = []
        self._terms = 0
        self._dense = 0
        self._blobs: list[bytes] = []
        self._lengths: list[Array] = []  # of terms, in bytes
        self._prefixes: list[Array] = []
        self._counts: list[Array] = []
        self._occurrences: list[Array] = []
        self._speeches_at: list[Array] = []
        self._value_lengths: list[Array] = []
        self._form_counts: list[Array] = []
        self._forms: list[Array] = []
        self._once = True

    def add(self, piece: FieldPostings) -> None:
        """Write the postings of the next terms."""
        if not len(piece.terms):
            return
        counts = piece.counts.astype(np.int64)
        starts = np.cumsum(counts) - counts
        self._blob.append(piece.terms.blob)
        if self._name == "text":
            self._blobs.append(piece.terms.blob)
        self._lengths.append(np.diff(piece.terms.at))
        self._prefixes.append(prefix_numbers(piece.terms))
        self._counts.append(counts)
        self._add_speeches(piece.speeches, counts, starts)
        self._add_foreign(piece)
        self._add_frequencies(piece, starts)
        if self._positions is not None:
            self._add_positions(piece)
        self._terms += len(counts)
        if piece.forms_at is not None and piece.forms is not None:
            self._form_counts.append(np.diff(piece.forms_at))
            self._forms.append(piece.forms)

    def close(self) -> dict[str, Any]:
        """Finish the field; which facts of it are kept with the file?"""
        counts = _joined(self._counts)
        self._close_sections()
        terms = self._files.terms
        self._write_starts("at", _joined(self._lengths))
        single = bool((counts == 1).all())
        if not single:
            terms.write(f"{self._name}/prefix", np.concatenate([*self._prefixes, np.empty(0, np.uint64)]), "<u8")
            terms.write(f"{self._name}/speeches_at", _joined(self._speeches_at), _type_of_places(self._speeches_at))
            self._write_starts("postings_at", counts)
        if self._positions is not None:
            self._write_starts("positions_at", _joined(self._occurrences))
            self._write_streamed()
        if self._forms:
            self._write_starts("forms_at", _joined(self._form_counts))
            terms.write(f"{self._name}/forms", _joined(self._forms), "<u4")
        if self._shortest:
            terms.write(f"{self._name}/shortest", _joined(self._shortest), "<u1")
            terms.write(f"{self._name}/longest", _joined(self._longest), "<u1")
        occurrences = int(_joined(self._occurrences).sum())
        return {
            "terms": len(counts),
            "postings": int(counts.sum()),
            "occurrences": occurrences,
            "single": single,
            "speeches": self._speeches,
        }

    def terms(self) -> Strings:
        """Which terms were written?  Of `text` alone."""
        return Strings(b"".join(self._blobs), np.concatenate(([0], np.cumsum(_joined(self._lengths)))))

    # ------------------------------------------------------------------------------------------------------------------

    def _add_speeches(self, speeches: Array, counts: Array, starts: Array) -> None:
        deltas = np.diff(speeches.astype(np.int64), prepend=0)
        deltas[starts] = speeches[starts]
        widths = widths_of(counts, self._speeches)
        at = np.zeros(len(counts), np.int64)
        for width in np.unique(widths).tolist():
            chosen = widths == width
            if width == BITS:
                at[chosen] = self._dense + np.arange(int(chosen.sum()))
                for start, count in zip(starts[chosen].tolist(), counts[chosen].tolist(), strict=True):
                    self._add_bits(speeches[start : start + count])
                continue
            writer, held = self._by_width[width], counts[chosen]
            at[chosen] = len(writer) + np.cumsum(held) - held
            writer.append(deltas[np.repeat(chosen, counts)])
        self._speeches_at.append(at)

    def _add_bits(self, speeches: Array) -> None:
        mask = np.zeros(self._speeches, bool)
        mask[speeches] = True
        self._bits.append(np.packbits(mask, bitorder="little"))
        self._dense += 1

    def _add_frequencies(self, piece: FieldPostings, starts: Array) -> None:
        if piece.frequencies is None:
            frequencies = np.ones(len(piece.speeches), np.int64)
        else:
            frequencies = piece.frequencies.astype(np.int64)
            self._once = self._once and bool((frequencies == 1).all())
        self._frequencies.append(frequencies)
        self._occurrences.append(np.add.reduceat(frequencies, starts))

    def _add_positions(self, piece: FieldPostings) -> None:
        assert self._positions is not None
        assert piece.positions is not None
        occurrences = self._occurrences[-1]
        given = np.zeros(len(occurrences), bool) if piece.streamed is None else piece.streamed
        if self._streamed_from is None:
            assert not given.any()
            self._positions.append(piece.positions)
            return
        streamed = given | (occurrences >= self._streamed_from)
        dropped = (streamed & ~given)[~given]
        kept = piece.positions
        self._positions.append(kept[np.repeat(~dropped, occurrences[~given])] if dropped.any() else kept)
        self._streamed.append(self._terms + np.flatnonzero(streamed))
        self._streamed_occurrences.append(occurrences[streamed])

    def _write_streamed(self) -> None:
        streamed = _joined(self._streamed)
        if len(streamed):
            self._files.places.write(f"{self._name}/streamed", streamed, "<u4")
            before = np.concatenate(([0], np.cumsum(_joined(self._streamed_occurrences))))
            self._files.places.write(f"{self._name}/streamed_at", before, _type_for(before))

    def _add_foreign(self, piece: FieldPostings) -> None:
        if piece.weights is not None:
            usual = np.ones(len(piece.weights)) if piece.frequencies is None else piece.frequencies
            unusual = np.flatnonzero(piece.weights != usual)
            self._weights_at.append(unusual + len(self._frequencies))
            self._weights.append(piece.weights[unusual])
        if piece.lengths is not None:
            self._shortest.append(piece.lengths[0])
            self._longest.append(piece.lengths[1])
        if piece.values is not None:
            if self._values is None:
                self._values = self._files.postings.section(f"{self._name}/values", "<u1")
            self._values.append(piece.values.blob)
            self._value_lengths.append(np.diff(piece.values.at))

    def _close_sections(self) -> None:
        self._blob.close()
        self._bits.close()
        for writer in self._by_width.values():
            if len(writer):
                writer.close()
            else:
                writer.drop()
        if self._once:
            self._frequencies.drop()
        else:
            self._frequencies.close()
        if self._positions is not None:
            self._positions.close()
        if any(map(len, self._weights)):
            at = _joined(self._weights_at)
            self._files.postings.write(f"{self._name}/weights_at", at, "<u8" if at[-1] >> 32 else "<u4")
            self._files.postings.write(f"{self._name}/weights", _joined(self._weights), "<f8")
        if self._values is not None:
            self._values.close()
            lengths = _joined(self._value_lengths)
            starts = np.concatenate([[0], np.cumsum(lengths)])
            self._files.postings.write(f"{self._name}/values_at", starts, _type_for(starts))

    def _write_starts(self, name: str, lengths: Array) -> None:
        starts = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        self._files.terms.write(f"{self._name}/{name}", starts, _type_for(starts))


def prefix_numbers(terms: Strings) -> Array:
    """Which number stands for the first 8 bytes of each term, so that numbers compare as the bytes do?"""
    blob = np.frombuffer(terms.blob + bytes(8), np.uint8)
    starts = terms.at[:-1].astype(np.int64)
    lengths = np.diff(terms.at)
    numbers = np.zeros(len(starts), np.uint64)
    for place in range(8):
        byte = np.where(place < lengths, blob[starts + place], 0).astype(np.uint64)
        numbers |= byte << np.uint64(8 * (7 - place))
    return numbers


def _joined(pieces: list[Array]) -> Array:
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def _type_of_places(pieces: list[Array]) -> str:
    return "<u8" if any(len(piece) and int(piece.max()) >> 32 for piece in pieces) else "<u4"


def _type_for(starts: Array) -> str:
    return "<u8" if int(starts[-1]) >> 32 else "<u4"
