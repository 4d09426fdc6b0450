"""From clauses to one tree: AND, OR, exclusion, and the two tiers of unquoted words side by side."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace

from searchkit.query.nodes import AllBut, And, DateWithin, Not, Or, Query, Said, Tiered, placed
from searchkit.query.pieces import Piece
from searchkit.query.words import Wording

__all__ = ["Part", "PartKind", "all_of", "either", "in_one_quote", "in_tiers", "refuse_disjoint_dates"]


class PartKind(enum.Enum):
    """Is a clause one that belongs to a quotation?"""

    PLAIN = ""
    SAID = "said"
    """Words to stand in direct speech; the node is not yet a Said."""
    QUOTING = "quoting"
    """A condition on the person quoted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a conjunction: its node, its place, and how it is joined to the others."""

    query: Query
    piece: Piece
    excluded: bool = False
    run: int | None = None
    """Unquoted words that stand side by side share this number; None for every other clause."""
    kind: PartKind = PartKind.PLAIN

    def alone(self) -> Query:
        """Which query is the clause by itself?"""
        return AllBut([self.query]) if self.excluded else self.query


def all_of(parts: Sequence[Part]) -> Query:
    """Which query holds where every part holds?"""
    if all(part.excluded for part in parts):
        return AllBut([part.query for part in parts])
    if len(parts) == 1:
        return parts[0].query
    return And([Not(part.query) if part.excluded else part.query for part in parts])


def either(conjunctions: Sequence[Sequence[Part]]) -> Query:
    """Which query holds where at least one of the conjunctions holds?"""
    if len(conjunctions) == 1:
        return all_of(conjunctions[0])
    return Or([all_of(parts) for parts in conjunctions])


def in_one_quote(parts: Sequence[Part]) -> list[Part]:
    """Which clauses are these if all that is said: and quoting: among them must hold in one quotation?

    What is excluded is excluded by itself.  Without said: nothing changes.
    """
    said = [part for part in parts if part.kind is PartKind.SAID and not part.excluded]
    alone = [replace(part, query=Said(part.query)) if part.kind is PartKind.SAID else part for part in parts]
    if not said:
        return alone
    quoting = [part for part in parts if part.kind is PartKind.QUOTING and not part.excluded]
    together = [part for part in parts if part in said or part in quoting]
    node = Said(all_of(said), all_of(quoting) if quoting else None)
    piece = together[0].piece.to(together[-1].piece)
    first = parts.index(together[0])
    if list(parts[first : first + len(together)]) != together:
        piece = together[0].piece
    merged = Part(placed(node, piece.start, piece.end), piece)
    return [merged if index == first else part for index, part in enumerate(alone) if parts[index] not in together[1:]]


def in_tiers(parts: Sequence[Part], wording: Wording) -> tuple[Query, Query | None]:
    """Which query holds where every part holds, with the unquoted words in two tiers?  And which is their phrase?

    Of several runs of unquoted words the longest makes the tiers (the first of the longest); a run of one makes none.
    """
    runs: dict[int, list[Part]] = {}
    for part in parts:
        if part.run is not None:
            runs.setdefault(part.run, []).append(part)
    run = max(runs.values(), key=len, default=[])
    if len(run) < 2:
        return all_of(parts), None
    piece = run[0].piece.to(run[-1].piece)
    phrase = wording.row(piece)
    tiered = Part(placed(Tiered(all_of(run), phrase), piece.start, piece.end), piece)
    others = [part for part in parts if part.run != run[0].run]
    at = parts.index(run[0])
    return all_of([*others[:at], tiered, *others[at:]]), phrase


def refuse_disjoint_dates(parts: Sequence[Part]) -> None:
    """Raise QueryError where two periods that must both hold have no day in common."""
    periods = [part for part in parts if isinstance(part.query, DateWithin) and not part.excluded]
    if len(periods) < 2:
        return
    begins = [part for part in periods if part.query.first is not None]
    ends = [part for part in periods if part.query.last is not None]
    if not begins or not ends:
        return
    begin = max(begins, key=lambda part: part.query.first)
    end = min(ends, key=lambda part: part.query.last)
    if begin.query.first > end.query.last:
        later, earlier = sorted((begin.piece, end.piece), key=lambda piece: -piece.start)
        raise later.error(
            f"{earlier.shown} and {later.shown} have no day in common, so nothing could match; "
            "for either of two periods write date:(2008 OR 2010)"
        )
