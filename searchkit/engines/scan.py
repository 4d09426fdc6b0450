"""No index at all: every query is answered by looking at each speech.  Slow, plainly right: the oracle of the others,
and what `searchkit.memory` searches with.
"""

from __future__ import annotations

import copy
import fnmatch
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from searchkit import deadline
from searchkit.analysis import foreign_names, stem_language
from searchkit.dates import span
from searchkit.engines import scoring
from searchkit.engines.base import Match, Matches, Request
from searchkit.engines.facets import facet, own_filters
from searchkit.engines.scan_words import ScannedWords
from searchkit.engines.scanned import Scanned, ScannedSide, beside, earliest_of_groups, scanned
from searchkit.engines.terms import Hyphenation
from searchkit.identity.side import Side
from searchkit.models import Facet, Form, Speech
from searchkit.query import (
    MAX_EXPANSION,
    Profile,
    Query,
    TokenStream,
    forms_of,
    holds,
    nodes,
    positive_words,
    tier_phrases,
    too_many_words,
    unknown_node,
)
from searchkit.schema import FIELDS, Field, exact_name

__all__ = ["ScanEngine"]

_SCORED = {"text": "text", "stems": "text", "title": "title", "event": "event"}

_DATES = ("date_first", "date_last")


class ScanEngine(ScannedWords, ScannedSide):
    """Keeps analysed speeches in memory and answers requests by looking at each; an Engine."""

    def __init__(
        self, speeches: Iterable[Speech], fields: tuple[Field, ...] = FIELDS, side: Side | None = None
    ) -> None:
        self._scanned = scanned(speeches, fields, side)
        self._group_sizes = Counter(item.original for item in self._scanned)
        hyphenation = Hyphenation()
        for item in self._scanned:
            hyphenation.add(item.terms.analysis)
        languages = {stem_language(item.speech.language) for item in self._scanned}
        names = Counter(name for item in self._scanned for name in foreign_names(item.speech.text))
        self._profile = hyphenation.profile(fields, languages, lambda form: self._holding("text", form), names)

    def beside(self, side: Side) -> ScanEngine:
        """The same speeches with the people and the copies of `side`."""
        other = copy.copy(self)
        other._scanned = beside(self._scanned, side)
        other._group_sizes = Counter(item.original for item in other._scanned)
        return other

    @property
    def profile(self) -> Profile:
        """What must a query know of the corpus?"""
        return self._profile

    def __len__(self) -> int:
        return len(self._scanned)

    def search(self, request: Request) -> Matches:
        """Which speeches answer the request, how many, and how do they spread over the facets?"""
        unfiltered = self._unfiltered(request)
        found = [item for item in unfiltered if self._passes(item, request)]
        phrases = tier_phrases(request.query)
        first_tier = {item.number for item in found if all(self._matches(phrase, item) for phrase in phrases)}
        matches = [
            Match(
                item.number,
                self._score(request.query, item),
                0 if item.number in first_tier else 1,
                self._group_sizes[item.original] - 1,
            )
            for item in (earliest_of_groups(found) if request.collapsed else found)
        ]
        matches.sort(key=lambda match: self._order(match, request.sort))
        facets: dict[str, Facet] = {}
        for name in request.facets:
            counted = [item for item in unfiltered if self._passes(item, request, own_filters(name))]
            facets[name] = self._facet(name, counted, request)
        return Matches(
            total=len(found),
            pages=len({item.speech.page for item in found}),
            originals=len({item.original for item in found}),
            phrase_total=len(first_tier) if phrases else None,
            page=tuple(matches[request.offset : request.offset + request.limit]),
            facets=facets,
            forms=tuple(
                Form(label, sum(self._matches(form, item) for item in found)) for label, form in forms_of(request.query)
            ),
        )

    def speeches(self, numbers: Sequence[int], *, texts: bool = False) -> list[Speech]:  # noqa: ARG002 -- it has all
        """Which speeches have these numbers?"""
        return [self._scanned[number].speech for number in numbers]

    def find(self, id: str) -> Speech | None:
        """Which speech has this id?"""
        return self.find_all([id])[0]

    def find_all(self, ids: Sequence[str]) -> list[Speech | None]:
        """Which speeches have these ids?"""
        by_id = {item.speech.id: item.speech for item in self._scanned}
        return [by_id.get(id) for id in ids]

    def of_page(self, page: str) -> list[Speech]:
        """Which speeches stand on this page?"""
        return [item.speech for item in self._scanned if item.speech.page == page]

    def values(self, field: str) -> list[str]:
        """Which exact values occur in the facet or key `field`, or which forms in a field of words?"""
        kept = exact_name(field) if any(item.name == field and item.facet for item in self._profile.fields) else field
        return sorted({value for item in self._scanned for value in item.all_terms(kept)})

    def words(self) -> int:
        """How many words have all speeches together?"""
        return sum(item.terms.length for item in self._scanned)

    def close(self) -> None:
        """Release nothing: there are no files."""

    def answering(self, request: Request) -> list[Scanned]:
        """Which speeches answer the request?"""
        return [item for item in self._unfiltered(request) if self._passes(item, request)]

    # -- does it match? ------------------------------------------------------------------------------------------------

    def _unfiltered(self, request: Request) -> list[Scanned]:
        self._check_wildcards(request.query)
        return [item for item in self._scanned if self._matches(request.query, item)]

    def _passes(self, item: Scanned, request: Request, ignored: frozenset[str] = frozenset()) -> bool:
        return all(self._matches(query, item) for field, query in request.filters.items() if field not in ignored)

    def _matches(self, query: Query, item: Scanned) -> bool:
        deadline.check()
        for kind in type(query).__mro__:
            matcher = _MATCHERS.get(kind)
            if matcher is not None:
                return matcher(self, query, item)
        raise unknown_node(query)

    def _term(self, query: Any, item: Scanned) -> bool:
        return item.holds(query.fieldname, query.text)

    def _pattern(self, query: Any, item: Scanned) -> bool:
        terms = list(item.all_terms(query.fieldname))
        return holds(query, {query.fieldname: TokenStream(terms, range(len(terms)))})

    def _placed(self, query: Any, item: Scanned) -> bool:
        return holds(query, item.streams, item.stretches)

    def _every(self, query: Any, item: Scanned) -> bool:
        if query.fieldname in _DATES:
            return item.speech.date is not None
        return query.fieldname in (None, "*") or any(True for _ in item.all_terms(query.fieldname))

    def _range(self, query: Any, item: Scanned) -> bool:
        if query.fieldname not in _DATES or query.startexcl or query.endexcl:
            raise unknown_node(query)
        if item.speech.date is None:
            return False
        day = span(item.speech.date)[_DATES.index(query.fieldname)]
        return (query.start is None or day >= query.start) and (query.end is None or day <= query.end)

    def _all_children(self, query: Any, item: Scanned) -> bool:
        return all(self._matches(child, item) for child in query.children())

    def _any_child(self, query: Any, item: Scanned) -> bool:
        return any(self._matches(child, item) for child in query.children())

    def _absent(self, query: Any, item: Scanned) -> bool:
        return not self._matches(query.query, item)

    def _required(self, query: Any, item: Scanned) -> bool:
        return self._matches(query.a, item)

    def _wrapped(self, query: Any, item: Scanned) -> bool:
        return self._matches(query.child, item)

    def _never(self, _query: Any, _item: Scanned) -> bool:
        return False

    def _check_wildcards(self, query: Query) -> None:
        if isinstance(query, (nodes.Prefix, nodes.Wildcard)):
            expanded = {
                term
                for item in self._scanned
                for term in item.all_terms(query.fieldname)
                if fnmatch.fnmatchcase(term, query.text + "*" * isinstance(query, nodes.Prefix))
            }
            if len(expanded) > MAX_EXPANSION:
                raise too_many_words(query)
        for child in query.children():
            self._check_wildcards(child)

    # -- how well? -----------------------------------------------------------------------------------------------------

    def _score(self, query: Any, item: Scanned) -> float:
        """The score of a speech that may or may not match `query`: 0 if not."""
        if not self._matches(query, item):
            return 0.0
        if isinstance(query, nodes.ConstantScoreQuery):
            return float(query.score)
        return self._unboosted(query, item) * float(query.boost)

    def _unboosted(self, query: Any, item: Scanned) -> float:
        if isinstance(query, nodes.Term):
            return self._word_score(query.fieldname, query.text, item)
        if isinstance(query, nodes.StockPhrase):
            return sum(self._word_score(query.fieldname, word, item) for word in query.words)
        if isinstance(query, (nodes.DateWithin, nodes.NoValue, nodes.AllBut, nodes.StockNot)):
            return 0.0
        if isinstance(query, (nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.Every, nodes.NumericRange)):
            return 1.0
        if isinstance(query, (nodes.Near, nodes.Said, nodes.Cased)):
            return sum(self._score(word, item) for word in positive_words(query))
        parts = [self._score(child, item) for child in query.children()]
        return max(parts) if isinstance(query, nodes.DisjunctionMax) else sum(parts)

    def _word_score(self, field: str, term: str, item: Scanned) -> float:
        measured = _SCORED.get(field)
        if measured is None:
            return 0.0
        lengths = [len(other.streams[measured].terms) for other in self._scanned]
        return scoring.bm25(
            scoring.idf(len(self._scanned), self._holding(field, term)),
            len(item.streams[field].places.get(term, ())),
            scoring.quantised(len(item.streams[measured].terms)),
            sum(lengths) / len(lengths),
        )

    def _holding(self, field: str, term: str) -> int:
        return sum(item.holds(field, term) for item in self._scanned)

    # -- in which order, and how spread? -------------------------------------------------------------------------------

    def _order(self, match: Match, sort: str) -> tuple[Any, ...]:
        speech = self._scanned[match.number].speech
        first = span(speech.date)[0] if speech.date else 0
        if sort == "newest":
            return (-first, speech.id)
        if sort == "oldest":
            return (first == 0, first, speech.id)
        return (match.tier, -match.score, -first, speech.id)

    def _facet(self, name: str, items: list[Scanned], request: Request) -> Facet:
        counted: dict[str | None, dict[object, int]] = {}
        for item in items:
            unit = {"pages": item.speech.page, "originals": item.original}.get(request.unit, item.number)
            for value in item.facet_values(name) or (None,):
                counted.setdefault(value, {})[unit] = item.terms.length if request.unit == "words" else 1
        without = sum(counted.pop(None, {}).values())
        counts = ((value, sum(units.values())) for value, units in counted.items() if value is not None)
        return facet(counts, without, request.selected.get(name, ()), request.facet_limit)


_MATCHERS: dict[type, Callable[[ScanEngine, Any, Scanned], bool]] = {
    nodes.Term: ScanEngine._term,
    nodes.StockPhrase: ScanEngine._placed,
    nodes.Prefix: ScanEngine._pattern,
    nodes.Wildcard: ScanEngine._pattern,
    nodes.Fuzzy: ScanEngine._pattern,
    nodes.Near: ScanEngine._placed,
    nodes.Said: ScanEngine._placed,
    nodes.Cased: ScanEngine._placed,
    nodes.Every: ScanEngine._every,
    nodes.NumericRange: ScanEngine._range,
    nodes.And: ScanEngine._all_children,
    nodes.Or: ScanEngine._any_child,
    nodes.DisjunctionMax: ScanEngine._any_child,
    nodes.StockNot: ScanEngine._absent,
    nodes.AndMaybe: ScanEngine._required,
    nodes.ConstantScoreQuery: ScanEngine._wrapped,
    type(nodes.NullQuery): ScanEngine._never,
}
