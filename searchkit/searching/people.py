"""What a searcher tells of people: what they are quoted with, and whom each label was resolved to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from searchkit import counting, searching
from searchkit.analysis import fold_value
from searchkit.engines.base import Request, Sort
from searchkit.identity.roll import RollEntry
from searchkit.query import Query, nodes
from searchkit.searching.opening import Opened
from searchkit.searching.where import Exact, Where

__all__ = ["People"]


class People:
    """Answers questions about people; `where` is that of `search` throughout."""

    def _question(self, query: str | Query, where: Exact | Where | None) -> counting.Question:
        raise NotImplementedError

    def _current(self) -> Opened:
        raise NotImplementedError

    def speakers(self, name: str = "", *, unresolved: bool = False) -> tuple[RollEntry, ...]:
        """Which labels occur, whom was each resolved to and why, and how often?  The most frequent first.

        Arguments:
            name: only labels with these words in them or in the person's name, whatever their case, accents and order.
            unresolved: only labels of which it is not known who is meant.
        """
        forms = fold_value(name).split()
        if name.strip() and not forms:
            return ()
        roll = self._current().speakers()
        return tuple(entry for entry in roll if not (unresolved and entry.resolved) and _named(entry, forms))

    def copies(self, id: str) -> tuple[str, ...]:
        """Which speeches are the same text as the speech `id`, itself included?  The original first, then by date.

        Empty for a text that stands on one page only, and for an id that no speech has.
        """
        engine = self._current().engine
        matches = engine.search(Request(nodes.Term("id", id), limit=1)).page
        group = engine.copies(matches[0].number) if matches else []
        return tuple(speech.id for speech in engine.speeches(group)) if len(group) > 1 else ()

    def quotes(
        self,
        query: str | Query = "",
        *,
        speaker: Sequence[str] = (),
        where: Exact | Where | None = None,
        limit: int = 20,
        offset: int = 0,
        sort: Sort = "newest",
    ) -> searching.Quotes:
        """In which words is `speaker` quoted inside texts?  Every quotation in which all words of `query` stand.

        Arguments:
            query: words, phrases, NEAR, all within one quotation; what it asks of other fields is asked of the speech.
                Without it, every quotation.
            speaker: names of people quoted, as `quoting:"X Y"` has them; several: one of them.
            limit, offset: which quotations of the whole order are wanted.
            sort: newest or oldest, by the date of the speech; within it by its text.

        Raises QueryError where the query cannot be understood, UsageError for an unknown order or a negative number.
        """
        question = self._question(query or nodes.Every(), where)
        if isinstance(query, str):
            question = replace(question, query=query)
        return searching.quotes_of(question, tuple(speaker), limit=limit, offset=offset, sort=sort)


def _named(entry: RollEntry, forms: Sequence[str]) -> bool:
    """Do the folded words stand in the label or in the person's name?"""
    if not forms:
        return True
    held = {*fold_value(entry.label).split(), *fold_value(entry.speaker or "").split()}
    return held.issuperset(forms)
