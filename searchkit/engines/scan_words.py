"""The words of speeches in memory as arrays, written the plain way: what the other engines' arrays must equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from searchkit.dates import span
from searchkit.engines.arrays import Dates, FacetColumn, Ints, Neighbours, Occurrences, TokenRun, Vocabulary, integers
from searchkit.engines.base import Request
from searchkit.engines.scanned import Scanned

__all__ = ["ScannedWords"]


class ScannedWords:
    """Answers those methods of an Engine that count words, over a list of `Scanned`."""

    _scanned: Sequence[Scanned]

    def answering(self, request: Request) -> list[Scanned]:
        """Which speeches answer the request?"""
        raise NotImplementedError

    def matching(self, request: Request) -> Ints:
        """Which speeches answer the request's query within its filters?"""
        return integers([item.number for item in self.answering(request)])

    def occurrences(self, request: Request) -> Occurrences:
        """Where do the words that the request's query asks for stand, in the speeches that answer it?"""
        found: list[tuple[int, int, int]] = []
        for item in self.answering(request):
            found += [(item.number, first, last) for first, last in item.spans(request.query)]
        return Occurrences(*(integers([span[part] for span in found]) for part in range(3)))

    def lengths(self) -> Ints:
        """How many words has the text of each speech?"""
        return integers([item.terms.length for item in self._scanned])

    def dates(self) -> Dates:
        """On which days may each speech have been held?"""
        days = [span(item.speech.date) if item.speech.date else (0, 0) for item in self._scanned]
        return Dates(integers([first for first, _ in days]), integers([last for _, last in days]))

    def ranks(self, speeches: Ints) -> Ints:
        """Which place has each of `speeches` in the order of ids?"""
        rank = {id: place for place, id in enumerate(sorted(item.speech.id for item in self._scanned))}
        return integers([rank[self._scanned[number].speech.id] for number in speeches.tolist()])

    def column(self, facet: str) -> FacetColumn:
        """Which values has each speech in the facet `facet`?"""
        pairs = [(item.number, value) for item in self._scanned for value in item.facet_values(facet)]
        values = sorted({value for _, value in pairs})
        return FacetColumn(
            values, integers([number for number, _ in pairs]), integers([values.index(value) for _, value in pairs])
        )

    def vocabulary(self) -> Vocabulary:
        """How often does each literal form stand in all speeches?"""
        texts = [item.terms.analysis.forms for item in self._scanned]
        occurring = Counter(form for text in texts for form in text)
        holding = Counter(form for text in texts for form in set(text))
        forms = self._forms()
        return Vocabulary(integers([occurring[form] for form in forms]), integers([holding[form] for form in forms]))

    def forms(self, codes: Ints) -> list[str]:
        """Which literal forms have these codes?"""
        forms = self._forms()
        return [forms[code] for code in codes.tolist()]

    def form_counts(self, numbers: Ints) -> Ints:
        """How often does each form stand in the speeches `numbers`?"""
        counts = Counter(form for number in numbers.tolist() for form in self._scanned[number].terms.analysis.forms)
        return integers([counts[form] for form in self._forms()])

    def neighbours(self, found: Occurrences, window: int) -> Neighbours:
        """Which words stand at most `window` positions beside what was `found`, and how often?"""
        left: set[tuple[int, int]] = set()
        right: set[tuple[int, int]] = set()
        for number, first, last in zip(
            found.speeches.tolist(), found.firsts.tolist(), found.lasts.tolist(), strict=True
        ):
            left |= {(number, first - distance) for distance in range(1, window + 1)}
            right |= {(number, last + distance) for distance in range(1, window + 1)}
        return Neighbours(*(self._standing_at(places) for places in (left | right, left, right)))

    def tokens(self, numbers: Ints) -> TokenRun:
        """Which words stand in the texts of the speeches `numbers`?"""
        code_of = {form: code for code, form in enumerate(self._forms())}
        codes: list[int] = []
        positions: list[int] = []
        starts = [0]
        for number in numbers.tolist():
            analysis = self._scanned[number].terms.analysis
            codes += [code_of[form] for form in analysis.forms]
            positions += analysis.positions
            starts.append(len(codes))
        return TokenRun(integers(codes), integers(positions), integers(starts))

    def codes_at(self, speeches: Ints, positions: Ints) -> Ints:
        """Which form stands in each of `speeches` at its position?"""
        code_of = {form: code for code, form in enumerate(self._forms())}
        codes: list[int] = []
        for number, position in zip(speeches.tolist(), positions.tolist(), strict=True):
            stream = self._scanned[number].streams["text"]
            place = stream.token_at.get(position)
            codes.append(-1 if place is None else code_of[stream.terms[place]])
        return integers(codes)

    def _standing_at(self, places: set[tuple[int, int]]) -> Ints:
        """How often does each form stand at one of these places, each a speech and a position?"""
        counts = Counter(
            form
            for item in self._scanned
            for form, position in zip(item.terms.analysis.forms, item.terms.analysis.positions, strict=True)
            if (item.number, position) in places
        )
        return integers([counts[form] for form in self._forms()])

    def _forms(self) -> list[str]:
        return sorted({form for item in self._scanned for form in item.terms.analysis.forms})
