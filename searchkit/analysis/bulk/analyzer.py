"""From many texts to flat arrays of tokens: what `analyze` says of each, in one pass over all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.analysis.analyzer import Analysis, analyze
from searchkit.analysis.bulk.code_page import CodePage
from searchkit.analysis.bulk.compounds import Compounds
from searchkit.analysis.bulk.foreign import names_of_texts
from searchkit.analysis.bulk.gaps import Gaps, Separators
from searchkit.analysis.bulk.tokens import Tokenizer, Tokens
from searchkit.analysis.bulk.vocabulary import NO_FORM, Vocabulary
from searchkit.analysis.notes import Interval, stage_notes
from searchkit.analysis.transliteration import foreign_names
from searchkit.analysis.words import APOSTROPHES

__all__ = ["Batch", "BulkAnalyzer"]

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Notes = Sequence[Interval]

_MOST_ALPHABETS = 4
"""Alphabets that are kept: Latin, Cyrillic, Arabic and one more; a text in none of them is analysed by itself."""
_SPELLED = str.maketrans(ascii_uppercase + APOSTROPHES, ascii_lowercase + "'" * len(APOSTROPHES))


@dataclass(frozen=True, slots=True)
class Batch:
    """The tokens of several texts, one text after the other, as parallel arrays."""

    bounds: Integers
    """The tokens of text i are bounds[i] to bounds[i + 1]."""
    forms: Numbers
    """Places in `Vocabulary.forms`."""
    positions: Numbers
    starts: Numbers
    """Where each word stands in its text: code points."""
    ends: Numbers
    as_forms: npt.NDArray[np.bool_]
    """Is each word written as its form, but for capitals A-Z and the kind of its apostrophes?"""
    compound_bounds: Integers
    """The compounds of text i are compound_bounds[i] to compound_bounds[i + 1]."""
    compounds: Numbers
    """The hyphenated compounds of each text, each once: places in `Compounds.met`."""
    names: tuple[tuple[str, ...], ...]
    """What `foreign_names` says of each text."""

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def lengths(self) -> Integers:
        """How many words has each text?"""
        return np.diff(self.bounds)


class BulkAnalyzer:
    """Analyses batches of texts; what it has learned of words, separators and alphabets serves all of them.

    Batches of some 300 KB keep the arrays in the processor's cache.  One object serves one thread.
    """

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.compounds = Compounds(self.vocabulary)
        self._alphabets: list[_Alphabet] = []

    def analyze(self, texts: Sequence[str], notes: Sequence[Notes | None] | None = None) -> Batch:
        """Which words stand in each of `texts`, in which form, at which positions?  As `analyze` says it of each.

        `notes` are intervals of each text whose words give no token; None: those that `stage_notes` finds.
        """
        given = notes or [None] * len(texts)
        noted = [stage_notes(text) if found is None else found for text, found in zip(texts, given, strict=True)]
        groups: dict[_Alphabet | None, list[int]] = {}
        written: list[bytes] = []
        for place, (text, found) in enumerate(zip(texts, noted, strict=True)):
            alphabet, bytes = self._written(text, found)
            groups.setdefault(alphabet, []).append(place)
            written.append(bytes)
        parts = [] if texts else [self._one_by_one([], [])]
        for alphabet, places in groups.items():
            own, found_in = [texts[place] for place in places], [noted[place] for place in places]
            if alphabet is None:
                parts.append(self._one_by_one(own, found_in))
            else:
                parts.append(alphabet.analyze(own, [written[place] for place in places], found_in))
        if len(parts) == 1:
            return parts[0]
        return _interleaved(parts, [place for places in groups.values() for place in places])

    def _written(self, text: str, notes: Notes) -> tuple[_Alphabet | None, bytes]:
        """Which alphabet writes `text`, and how?  None where it has to be analysed by itself."""
        if notes and not _in_order(notes, len(text)):
            return None, b""
        for alphabet in self._alphabets:
            written = alphabet.page.encode(text)
            if written is not None:
                return alphabet, written
        if len(self._alphabets) < _MOST_ALPHABETS:
            page = CodePage()
            written = page.encode(text)
            if written is not None:
                self._alphabets.append(_Alphabet(page, self.vocabulary, self.compounds))
                return self._alphabets[-1], written
        return None, b""

    def _one_by_one(self, texts: list[str], notes: list[Notes]) -> Batch:
        analyses = [analyze(text, found) for text, found in zip(texts, notes, strict=True)]
        spelled = [
            text[start:end].translate(_SPELLED)
            for text, analysis in zip(texts, analyses, strict=True)
            for start, end in zip(analysis.starts, analysis.ends, strict=True)
        ]
        forms = _joined(analyses, "forms")
        compounds = [compound for analysis in analyses for compound in sorted(analysis.compounds)]
        return Batch(
            bounds=_bounds(np.fromiter(map(len, analyses), np.int64)),
            forms=np.asarray(self.vocabulary.numbers(forms), np.int32),
            positions=np.asarray(_joined(analyses, "positions"), np.int32),
            starts=np.asarray(_joined(analyses, "starts"), np.int32),
            ends=np.asarray(_joined(analyses, "ends"), np.int32),
            as_forms=np.fromiter(map(str.__eq__, spelled, forms), bool, len(forms)),
            compound_bounds=_bounds(np.fromiter((len(analysis.compounds) for analysis in analyses), np.int64)),
            compounds=np.asarray([self.compounds.number(compound) for compound in compounds], np.int32),
            names=tuple(map(foreign_names, texts)),
        )


class _Alphabet:
    """Analyses the texts that one code page can write."""

    def __init__(self, page: CodePage, vocabulary: Vocabulary, compounds: Compounds) -> None:
        self.page = page
        self._compounds = compounds
        self._tokenizer = Tokenizer(page, vocabulary)
        self._separators = Separators(page)
        self._vocabulary = vocabulary

    def analyze(self, texts: list[str], written: list[bytes], notes: list[Notes]) -> Batch:
        tokens = self._tokenizer.tokens(written)
        intervals = tokens.placed(notes)
        kept = tokens.without(intervals, NO_FORM)
        gaps = Gaps(kept, self._separators, self._vocabulary, intervals)
        compounds, compound_bounds = self._compounds.of_texts(kept.forms, gaps.hyphens, kept.bounds)
        positions = _positions(kept, gaps.sizes)
        names = names_of_texts(texts, tokens, self.page)
        return Batch(
            kept.bounds, kept.forms, positions, *kept.offsets(), kept.as_forms, compound_bounds, compounds, names
        )  # fmt: skip


def _positions(tokens: Tokens, gaps: Integers) -> Numbers:
    """Positions from the `gaps` before each token; every text begins at 0."""
    counted = np.cumsum(gaps + 1)
    counts = np.diff(tokens.bounds)
    filled = counts > 0
    firsts = counted[tokens.bounds[:-1][filled]]
    return (counted - np.repeat(firsts, counts[filled])).astype(np.int32)


def _in_order(notes: Notes, length: int) -> bool:
    """Are the intervals as `stage_notes` gives them: one after the other, none empty, all inside the text?"""
    end = 0
    for low, high in notes:
        if not end <= low < high <= length:
            return False
        end = high
    return True


def _joined(analyses: list[Analysis], name: str) -> list[Any]:
    return [item for analysis in analyses for item in getattr(analysis, name)]


def _bounds(counts: Integers) -> Integers:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


def _interleaved(parts: list[Batch], places: list[int]) -> Batch:
    """One batch of `parts`, whose texts stand at `places` of it."""
    order = np.argsort(np.asarray(places, np.int64))
    names = [found for part in parts for found in part.names]
    bounds, tokens = _reordered([part.bounds for part in parts], order)
    compound_bounds, compounds = _reordered([part.compound_bounds for part in parts], order)
    forms, positions, starts, ends, as_forms = (
        np.concatenate([getattr(part, name) for part in parts])[tokens]
        for name in ("forms", "positions", "starts", "ends", "as_forms")
    )
    return Batch(
        bounds,
        forms,
        positions,
        starts,
        ends,
        as_forms,
        compound_bounds,
        np.concatenate([part.compounds for part in parts])[compounds],
        tuple(names[place] for place in order.tolist()),
    )


def _reordered(bounds: list[Integers], order: Integers) -> tuple[Integers, Integers]:
    """The bounds of items that are taken in this `order`, and where each of their members comes from."""
    counts = np.concatenate([np.diff(part) for part in bounds])
    after = _bounds(counts[order])
    shifts = _bounds(counts)[:-1][order] - after[:-1]
    return after, np.arange(after[-1]) + np.repeat(shifts, counts[order])
