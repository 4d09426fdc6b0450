"""Which words of a ranking are listed?  What the options of collocates and of keywords have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from searchkit.counting.question import is_stop_word
from searchkit.engines.arrays import Ints
from searchkit.engines.base import Engine
from searchkit.errors import UsageError

__all__ = ["Listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How words are ranked, and how many of them are listed."""

    least: int
    """Times that a word must stand there."""
    stop_words: bool = True
    order: str = "log-likelihood"
    limit: int | None

    def check(self, orders: Sequence[str]) -> None:
        """Raise UsageError for an order that is none of `orders`, or a negative limit."""
        if self.order not in orders:
            raise UsageError(f"there is no order {self.order!r}; there are {', '.join(orders)}")
        if self.limit is not None and self.limit < 0:
            raise UsageError("limit must not be negative")

    def listed(self, engine: Engine, codes: Ints, ranked: Ints) -> tuple[list[tuple[str, int]], bool]:
        """Which forms are listed of `codes`, whose places are `ranked`, each with its place?  And are there more?"""
        listed: list[tuple[str, int]] = []
        for place in ranked.tolist():
            [form] = engine.forms(codes[place : place + 1])
            if self.stop_words or not is_stop_word(engine, form):
                if self.limit is not None and len(listed) == self.limit:
                    return listed, True
                listed.append((form, place))
        return listed, False
