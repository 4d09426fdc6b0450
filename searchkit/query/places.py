"""Nodes that ask where words stand: near each other, inside direct speech, with their capitals.

They belong to no class that Whoosh's engines or ours would evaluate by itself: whoever does not know them must say so.
The plain meaning of each is in occurrences.py; engines that are faster answer the same.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from whoosh import query as stock

__all__ = ["Cased", "InOnePiece", "Near", "Said"]


class InOnePiece:
    """Keeps a compound node together.

    Whoosh's normalize() melts a compound into a parent of its base class: And([DateWithin, x]) would become
    And([range, range, x]), and And([NoValue, x]) simply Every().  It does so by iterating over the child; iterating
    over a node of ours gives the node itself.  Its parts are `subqueries`, and `children()` walks them.
    """

    subqueries: list[Any]
    boost: float

    def __iter__(self) -> Iterator[Any]:
        whole = copy.copy(self)
        whole.boost = 1.0  # the caller multiplies ours in
        yield whole

    def normalize(self) -> Any:
        return self

    def simplify(self, _ixreader: Any) -> Any:
        return self

    def apply(self, fn: Callable[[Any], Any]) -> Any:
        changed = copy.copy(self)
        changed.subqueries = [fn(part) for part in self.subqueries]
        return changed


class _Placed(InOnePiece, stock.compound.CompoundQuery):  # type: ignore[misc]
    """A node whose words must stand in certain places.  It scores as the sum of its words."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        # The witness walks trees of these very classes.
        from searchkit.query.witness import placed_matcher

        return placed_matcher(self, searcher, context)


class Near(_Placed):
    """`left` and `right` with their nearest ends at most `distance` positions apart (1: adjacent).

    In either order, without overlap; both are of one field.  It stands from the first word of the one to the last word
    of the other.
    """

    def __init__(self, left: Any, right: Any, distance: int, boost: float = 1.0) -> None:
        super().__init__([left, right], boost=boost)
        self.distance = distance

    def __eq__(self, other: object) -> bool:
        return bool(super().__eq__(other)) and self.distance == getattr(other, "distance", None)

    def __hash__(self) -> int:
        return hash((Near, *self.subqueries, self.distance, self.boost))

    def __repr__(self) -> str:
        return f"Near({self.left!r}, {self.right!r}, {self.distance})"

    @property
    def left(self) -> Any:
        """What was typed before NEAR."""
        return self.subqueries[0]

    @property
    def right(self) -> Any:
        """What was typed behind NEAR."""
        return self.subqueries[1]


class Said(_Placed):
    """`words` that all hold inside one stretch of direct speech.

    Without `person`: the whole text of a speech that is the speaker's own words, else one of its quotations.  With
    `person`, a condition on the name (fields quoting and quoting_value): one quotation of such a person, in any text.
    """

    def __init__(self, words: Any, person: Any = None, boost: float = 1.0) -> None:
        super().__init__([words], boost=boost)
        self.person = person

    def __eq__(self, other: object) -> bool:
        return bool(super().__eq__(other)) and self.person == getattr(other, "person", None)

    def __hash__(self) -> int:
        return hash((Said, self.words, self.person, self.boost))

    def __repr__(self) -> str:
        return f"Said({self.words!r}, {self.person!r})"

    @property
    def words(self) -> Any:
        """What must hold inside the stretch."""
        return self.subqueries[0]


class Cased(_Placed):
    """A word or phrase with its capitals as typed: `literal` holds its folded forms, `words` its cased ones.

    `words` is a Term or Phrase of the field "cased", which no index needs to keep: what stands as `literal` is looked
    at in the text (see analysis.cased_forms).
    """

    def __init__(self, literal: Any, words: Any, boost: float = 1.0) -> None:
        super().__init__([literal], boost=boost)
        self.words = words

    def __eq__(self, other: object) -> bool:
        return bool(super().__eq__(other)) and self.words == getattr(other, "words", None)

    def __hash__(self) -> int:
        return hash((Cased, self.literal, self.words, self.boost))

    def __repr__(self) -> str:
        return f"Cased({self.words!r})"

    @property
    def literal(self) -> Any:
        """The same without its capitals."""
        return self.subqueries[0]
