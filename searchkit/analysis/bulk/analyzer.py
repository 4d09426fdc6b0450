"""From many texts to flat arrays of tokens: what `analyze` says of each, in one pass over all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
Flags = npt.NDArray[np.bool_]
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
    as_forms: Flags
    """Is each word written as its form, but for capitals A-Z and the kind of its apostrophes?"""
    spaced: Flags
    """Has each word a single space between it and the next one of its text?"""
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
        left = [
            place
            for place, (text, found) in enumerate(zip(texts, noted, strict=True))
            if not found or _in_order(found, len(text))
        ]
        parts: list[Batch] = []
        places: list[int] = []
        for alphabet in self._alphabets_for_all():
            if not left:
                break
            written = alphabet.page.encode([texts[place] for place in left])
            own = [place for place, found in zip(left, written, strict=True) if found is not None]
            if own:
                part = alphabet.analyze(
                    [texts[place] for place in own],
                    [found for found in written if found is not None],
                    [noted[place] for place in own],
                )
                parts.append(part)
                places += own
                left = [place for place, found in zip(left, written, strict=True) if found is None]
        alone = sorted(set(range(len(texts))).difference(places))
        if alone or not parts:
            parts.append(self._one_by_one([texts[place] for place in alone], [noted[place] for place in alone]))
        return parts[0] if len(parts) == 1 else _interleaved(parts, places + alone)

    def _alphabets_for_all(self) -> Iterator[_Alphabet]:
        """The alphabets that there are, and then new ones, as long as they are of use."""
        yield from self._alphabets
        while len(self._alphabets) < _MOST_ALPHABETS:
            alphabet = _Alphabet(CodePage(), self.vocabulary, self.compounds)
            yield alphabet
            if not alphabet.is_used:
                break
            self._alphabets.append(alphabet)

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
            spaced=np.asarray(
                [spaced for text, found in zip(texts, analyses, strict=True) for spaced in _spaced(text, found)], bool
            ),
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
        self.is_used = False
        """Has it analysed anything?"""

    def analyze(self, texts: list[str], written: list[bytes], notes: list[Notes]) -> Batch:
        self.is_used = True
        tokens = self._tokenizer.tokens(written)
        intervals = tokens.placed(notes)
        kept = tokens.without(intervals, NO_FORM)
        gaps = Gaps(kept, self._separators, self._vocabulary, intervals)
        compounds, compound_bounds = self._compounds.of_texts(kept.forms, gaps.hyphens, kept.bounds)
        positions = _positions(kept, gaps.sizes)
        starts, ends = kept.offsets()
        return Batch(
            bounds=kept.bounds,
            forms=kept.forms,
            positions=positions,
            starts=starts,
            ends=ends,
            as_forms=kept.as_forms,
            spaced=gaps.spaced,
            compound_bounds=compound_bounds,
            compounds=compounds,
            names=names_of_texts(texts, tokens, self.page),
        )


def _positions(tokens: Tokens, gaps: Numbers) -> Numbers:
    """Positions from the `gaps` before each token; every text begins at 0."""
    positions = gaps + np.int32(1)
    np.cumsum(positions, out=positions)
    counts = np.diff(tokens.bounds)
    filled = counts > 0
    firsts = positions[tokens.bounds[:-1][filled]]
    positions -= np.repeat(firsts, counts[filled])
    return positions


def _spaced(text: str, analysis: Analysis) -> Iterator[bool]:
    """Has each token a single space between it and the next one of its text?"""
    for end, start in zip(analysis.ends, [*analysis.starts, 0][1:], strict=True):
        yield text[end:start] == " "


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
    forms, positions, starts, ends, as_forms, spaced = (
        np.concatenate([getattr(part, name) for part in parts])[tokens]
        for name in ("forms", "positions", "starts", "ends", "as_forms", "spaced")
    )
    return Batch(
        bounds,
        forms,
        positions,
        starts,
        ends,
        as_forms,
        spaced,
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
