"""The nodes of a query tree: those of whoosh.query that the parser writes and engines answer, and ours.

Ours are subclasses of Whoosh's classes with a right `matcher()`, so that a tree stays a true Whoosh query.  They
compare and hash by what they match, not by how it was typed.  A node may carry `startchar` and `endchar`, its place
in the query text, and `surface`, its words as typed.

Never here: AndNot and Require, which Whoosh's searcher answers wrongly.  "x without y" is And([x, Not(y)]).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from searchkit.query.stock import loading_whoosh

with loading_whoosh():
    from whoosh import query as stock
    from whoosh.query import (
        And,
        AndMaybe,
        ConstantScoreQuery,
        DisjunctionMax,
        Every,
        NullQuery,
        NumericRange,
        Or,
        Prefix,
        Query,
        Term,
        Wildcard,
    )

from searchkit.query.matchers import NullMatcher, PhraseMatcher, follow, unscored
from searchkit.query.places import Cased, InOnePiece, Near, Said
from searchkit.query.similar import one_edit_apart

__all__ = [
    "AllBut",
    "And",
    "AndMaybe",
    "Cased",
    "ConstantScoreQuery",
    "DateWithin",
    "DisjunctionMax",
    "Every",
    "Forms",
    "Fuzzy",
    "Near",
    "NoValue",
    "Not",
    "NullQuery",
    "NumericRange",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Said",
    "StockNot",
    "StockPhrase",
    "Term",
    "Tiered",
    "Wildcard",
    "Word",
    "placed",
]

StockPhrase = stock.Phrase
"""Whoosh's phrase, in trees that a program gives; ours is a subclass of it."""
StockNot = stock.Not
"""Whoosh's Not, likewise."""


def placed(node: Any, start: int, end: int, surface: str | None = None) -> Any:
    """Which node is this, with its place in the query text (and its words as typed) written on it?"""
    node.startchar, node.endchar = start, end
    if surface is not None:
        node.surface = surface
    return node


class Not(stock.Not):  # type: ignore[misc]
    """Speeches that do not match `query`.  Unlike Whoosh's, it adds nothing to a score, and knows deletions."""

    def matcher(self, searcher: Any, _context: Any = None) -> Any:
        excluded = set(self.query.docs(searcher))
        return unscored(number for number in searcher.reader().all_doc_ids() if number not in excluded)


class Word(InOnePiece, Or):  # type: ignore[misc]
    """One unquoted word: the terms it stands for, one for each language of the corpus."""

    def __init__(self, terms: Sequence[Any], surface: str, boost: float = 1.0) -> None:
        super().__init__(list(terms), boost=boost)
        self.surface = surface


class Phrase(stock.Phrase):  # type: ignore[misc]
    """Words of one field in a row.

    With `slop` 1 they stand exactly `offsets` apart: 0, 1, 2 … unless a sentence end was typed inside.  With a
    greater slop each stands at most `slop` positions after the one before, and offsets count for nothing.
    It scores as the sum of its words.
    """

    def __init__(
        self,
        fieldname: str,
        words: Sequence[str],
        offsets: Sequence[int] | None = None,
        slop: int = 1,
        boost: float = 1.0,
    ) -> None:
        if not words:
            raise ValueError("a phrase needs a word")
        super().__init__(fieldname, tuple(words), slop=slop, boost=boost)
        if offsets is None or slop > 1:
            offsets = range(len(self.words))
        self.offsets = tuple(offset - offsets[0] for offset in offsets)

    def __eq__(self, other: object) -> bool:
        return bool(super().__eq__(other)) and self.offsets == getattr(other, "offsets", None)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.words, self.offsets, self.slop, self.boost))

    def __repr__(self) -> str:
        return f"Phrase({self.fieldname!r}, {self.words!r}, offsets={self.offsets!r}, slop={self.slop})"

    def normalize(self) -> Any:
        return self

    def replace(self, fieldname: str, oldtext: str, newtext: str) -> Any:
        changed = copy.copy(self)
        if self.fieldname == fieldname:
            changed.words = tuple(newtext if word == oldtext else word for word in self.words)
        return changed

    def spans(self, positions: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
        """Where does the phrase stand in a speech, given the sorted positions of each of its words there?

        Answers with the positions of its first and its last word.
        """
        return follow(positions, self.offsets, self.slop)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        words = [Term(self.fieldname, word, boost=self.boost).matcher(searcher, context) for word in self.words]
        if not all(word.is_active() for word in words):
            return NullMatcher()
        return PhraseMatcher(words, self.offsets, self.slop)


class Fuzzy(stock.MultiTerm):  # type: ignore[misc]
    """Words of one field that are `text`, or at most one letter more, less or other (Levenshtein distance 1)."""

    constantscore = True

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.text = text
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return type(other) is Fuzzy and self._value() == other._value()

    def __hash__(self) -> int:
        return hash((Fuzzy, *self._value()))

    def __repr__(self) -> str:
        return f"Fuzzy({self.fieldname!r}, {self.text!r})"

    def _value(self) -> tuple[Any, ...]:
        return self.fieldname, self.text, self.boost

    def field(self) -> str:
        return self.fieldname

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        return (term for term in ixreader.lexicon(self.fieldname) if one_edit_apart(self.text, term.decode()))


class Forms(InOnePiece, Or):  # type: ignore[misc]
    """One thing in its written forms: ceasefire, cease fire.  The form that was typed comes first."""

    def __init__(self, forms: Sequence[Any], labels: Sequence[str], boost: float = 1.0) -> None:
        super().__init__(list(forms), boost=boost)
        self.labels = tuple(labels)


class Tiered(InOnePiece, DisjunctionMax):  # type: ignore[misc]
    """Unquoted words side by side: all the `words`, and first those speeches that hold them as one `phrase`.

    A speech matches by either.  (Where a form of the phrase joins two words into one, as ceasefire does, it need not
    hold the words one by one.)  The tier is a sort key, not a score.
    """

    def __init__(self, words: Any, phrase: Any, boost: float = 1.0) -> None:
        super().__init__([words, phrase], boost=boost)

    @property
    def words(self) -> Any:
        """The words, each by itself: an And."""
        return self.subqueries[0]

    @property
    def phrase(self) -> Any:
        """The words in a row: a Phrase, or the Forms of one."""
        return self.subqueries[1]


class _Filter(InOnePiece, And):  # type: ignore[misc]
    """Conditions that choose speeches and say nothing of relevance: they score as good as nothing."""

    def matcher(self, searcher: Any, _context: Any = None) -> Any:
        return unscored(super().matcher(searcher, searcher.boolean_context()).all_ids())


class DateWithin(_Filter):
    """Speeches whose whole date lies within the days `first` to `last` (ordinals); None leaves an end open."""

    def __init__(self, first: int | None, last: int | None, boost: float = 1.0) -> None:
        if first is None and last is None:
            raise ValueError("a period needs a first or a last day")
        ranges = []
        if first is not None:
            ranges.append(NumericRange("date_first", first, None))
        if last is not None:
            ranges.append(NumericRange("date_last", None, last))
        super().__init__(ranges, boost=boost)
        self.first = first
        self.last = last


class NoValue(_Filter):
    """Speeches without a value in the field `fieldname` of the index."""

    def __init__(self, fieldname: str, boost: float = 1.0) -> None:
        super().__init__([Every(), Not(Every(fieldname))], boost=boost)
        self.fieldname = fieldname


class AllBut(_Filter):
    """Every speech that matches none of `excluded`: a query that only excludes."""

    def __init__(self, excluded: Sequence[Any], boost: float = 1.0) -> None:
        super().__init__([Every(), *(Not(query) for query in excluded)], boost=boost)
