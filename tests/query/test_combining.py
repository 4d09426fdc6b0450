"""How clauses are joined."""

from __future__ import annotations

from typing import Any

import pytest

from searchkit.errors import QueryError
from searchkit.query.combining import Part, all_of, either, in_tiers, refuse_disjoint_dates
from searchkit.query.nodes import AllBut, And, DateWithin, Not, Or, Phrase, Term, Tiered
from searchkit.query.pieces import Piece
from searchkit.query.words import Wording

QUERY = "one two three four five six"
WORDS = QUERY.split()


def part(form: str, **options: Any) -> Part:
    start = QUERY.index(form)
    return Part(Term("text", form), Piece(QUERY, start, start + len(form)), **options)


def text(form: str) -> Any:
    return Term("text", form)


def test_all_of() -> None:
    assert all_of([part("one")]) == text("one")
    assert all_of([part("one"), part("two")]) == And([text("one"), text("two")])
    assert all_of([part("one", excluded=True), part("two")]) == And([Not(text("one")), text("two")])
    assert all_of([part("one", excluded=True)]) == AllBut([text("one")])


def test_either() -> None:
    assert either([[part("one")]]) == text("one")
    assert either([[part("one")], [part("two"), part("three")]]) == Or([text("one"), And([text("two"), text("three")])])


@pytest.mark.parametrize(
    ("runs", "phrase"),
    [
        ([0, 0, None, None, None, None], ["one", "two"]),
        ([0, None, 1, 1, 1, None], ["three", "four", "five"]),
        ([0, 0, None, 1, 1, None], ["one", "two"]),  # the first of the longest
        ([0, 1, 2, 3, 4, 5], None),
        ([None] * 6, None),
    ],
)
def test_the_longest_run_makes_the_tiers(runs: list[int | None], phrase: list[str] | None) -> None:
    parts = [part(form, run=run) for form, run in zip(WORDS, runs, strict=True)]
    query, found = in_tiers(parts, Wording())
    if phrase is None:
        assert (query, found) == (And([text(form) for form in WORDS]), None)
        return
    assert found == Phrase("text", phrase)
    at = WORDS.index(phrase[0])
    tiered = Tiered(And([text(form) for form in phrase]), Phrase("text", phrase))
    before, behind = WORDS[:at], WORDS[at + len(phrase) :]
    assert query == And([*map(text, before), tiered, *map(text, behind)])


def dated(form: str, first: int | None, last: int | None, **options: Any) -> Part:
    start = QUERY.index(form)
    return Part(DateWithin(first, last), Piece(QUERY, start, start + len(form)), **options)


def test_dates_that_exclude_each_other() -> None:
    with pytest.raises(QueryError, match="one and three have no day in common") as raised:
        refuse_disjoint_dates([dated("one", 5, None), part("two"), dated("three", None, 4)])
    assert QUERY[raised.value.start : raised.value.end] == "three"
    refuse_disjoint_dates([dated("one", 5, None), dated("three", None, 5)])
    refuse_disjoint_dates([dated("one", 5, None), dated("three", None, 4, excluded=True)])
    refuse_disjoint_dates([dated("one", 5, None), dated("three", 9, None)])
