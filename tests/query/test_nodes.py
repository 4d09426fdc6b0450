"""Our nodes are values, survive Whoosh's own rewriting, and are answered rightly by Whoosh's own searcher."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from searchkit.dates import span
from searchkit.query.nodes import (
    AllBut,
    And,
    Cased,
    DateWithin,
    DisjunctionMax,
    Every,
    Forms,
    Fuzzy,
    Near,
    Not,
    NoValue,
    Or,
    Phrase,
    Prefix,
    Said,
    StockPhrase,
    Term,
    Tiered,
    Word,
    placed,
)

Ask = Callable[[Any], set[str]]
EVERYTHING = {"shusha", "apart", "war", "crimes", "joined", "hyphen", "numbers"}


def text(word: str) -> Any:
    return Term("text", word)


def declaration() -> Any:
    return Word([Term("stems", "en:declar")], "declaration")


def within(first: str | None, last: str | None) -> DateWithin:
    return DateWithin(span(first)[0] if first else None, span(last)[1] if last else None)


def tiered() -> Tiered:
    return Tiered(And([text("shusha"), declaration()]), Phrase("text", ["shusha", "declaration"]))


def ceasefire() -> Forms:
    return Forms([text("ceasefire"), Phrase("text", ["cease", "fire"])], ["ceasefire", "cease fire"])


ONE_OF_EACH = [
    declaration(),
    Phrase("text", ["war", "crimes"]),
    Phrase("text", ["war", "crimes"], [0, 2]),
    Phrase("text", ["one", "two"], slop=3),
    ceasefire(),
    tiered(),
    within("2021", "2022"),
    within("2021", None),
    NoValue("speaker_value"),
    AllBut([text("the")]),
    Not(text("the")),
    Near(text("war"), text("crimes"), 2),
    Near(text("war"), text("crimes"), 3),
    Near(text("crimes"), text("war"), 2),
    Said(text("war")),
    Said(text("war"), Term("quoting", "khan")),
    Cased(text("us"), Term("cased", "US")),
    Cased(text("us"), Term("cased", "Us")),
    Fuzzy("text", "war"),
    Fuzzy("text", "wars"),
]


# -- answered by Whoosh ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (declaration(), {"shusha", "apart"}),
        (Word([Term("stems", "en:declar"), Term("stems", "en:crime")], "x"), {"shusha", "apart", "war", "crimes"}),
        (Phrase("text", ["war", "crimes"]), {"crimes"}),
        (Phrase("text", ["war", "crimes"], [4, 6]), {"war"}),  # across a sentence end
        (Phrase("text", ["war", "crimes"], slop=2), {"war", "crimes"}),
        (Phrase("text", ["one", "five"], slop=2), {"numbers"}),
        (Phrase("text", ["three", "two"]), set()),
        (Phrase("text", ["three", "two"], slop=2), {"numbers"}),
        (Phrase("text", ["two", "three", "one", "two", "four"]), {"numbers"}),
        (Phrase("text", ["war", "nowhere"]), set()),
        (Phrase("nowhere", ["war", "crimes"]), set()),
        (Phrase("text", ["joy"]), {"shusha"}),
        (Phrase("speaker", ["ilham", "aliyev"]), {"shusha"}),
        (ceasefire(), {"joined", "hyphen"}),
        (tiered(), {"shusha", "apart"}),
        (within("2021", "2021"), {"shusha", "apart"}),
        (within("2021-06", "2021-06"), {"shusha"}),  # the whole date must lie inside
        (within("2021-02", None), {"shusha", "war"}),
        (within(None, "1999"), {"crimes"}),
        (NoValue("speaker_value"), {"war", "joined", "hyphen", "numbers"}),
        (AllBut([text("the"), text("of")]), {"numbers"}),
        (And([text("war"), Not(text("of"))]), {"war"}),
        (Not(text("the")), {"crimes", "numbers"}),
        (Or([AllBut([text("the")]), text("joy")]), {"crimes", "numbers", "shusha"}),
        (Or([text("joy"), text("five"), within("1999", "1999")]), {"shusha", "numbers", "crimes"}),
        (And([tiered(), Term("speaker", "ilham"), within("2021", None)]), {"shusha"}),
        (Not(AllBut([text("war")])), {"war", "crimes"}),
        (Near(text("war"), text("crimes"), 1), {"crimes"}),
        (Near(text("crimes"), text("war"), 2), {"war", "crimes"}),
        (Near(Near(text("two"), text("three"), 1), text("five"), 6), {"numbers"}),
        (Near(Near(text("two"), text("three"), 1), text("five"), 5), {"numbers"}),
        (Near(Near(text("two"), text("three"), 1), text("five"), 4), set()),
        (Near(Or([text("shusha"), Prefix("text", "decl")]), text("of"), 1), {"apart"}),
        (And([Near(text("war"), text("crimes"), 2), Not(text("of"))]), {"war"}),
        (Fuzzy("text", "crimez"), {"war", "crimes"}),
        (Fuzzy("speaker", "aliyef"), {"shusha", "apart"}),
    ],
    ids=repr,
)
def test_whoosh_answers_rightly(query: Any, found: set[str], ask: Ask) -> None:
    assert ask(query) == found
    assert ask(query.normalize()) == found
    assert ask(And([query, Every()])) == found


def test_a_phrase_scores_as_the_sum_of_its_words(searcher: Any) -> None:
    """Whoosh's searcher hands out scores; the phrase's words alone must give the same ones."""
    phrase = searcher.search(Phrase("text", ["war", "crimes"]), limit=None)
    words = {hit.docnum: hit.score for hit in searcher.search(And([text("war"), text("crimes")]), limit=None)}
    assert [(hit.docnum, hit.score) for hit in phrase] == [(hit.docnum, words[hit.docnum]) for hit in phrase]


def test_filters_and_exclusions_score_nothing(searcher: Any) -> None:
    alone = {hit.docnum: hit.score for hit in searcher.search(text("war"), limit=None)}
    filters = [within("1999", "2022"), Not(text("numbers")), AllBut([text("joy")]), Not(NoValue("speaker_value"))]
    for query in filters[:3]:
        found = searcher.search(And([text("war"), query]), limit=None)
        assert {hit.docnum: hit.score for hit in found} == pytest.approx(alone)
    assert [hit.score for hit in searcher.search(filters[3], limit=None)] == pytest.approx([0.0, 0.0, 0.0])


def test_the_best_ten_are_the_first_of_all(searcher: Any) -> None:
    """Skipping by quality must not move a phrase past its positions."""
    query = Or([Phrase("text", ["cease", "fire"]), text("the")])
    whole = [(hit.docnum, hit.score) for hit in searcher.search(query, limit=None)]
    assert [(hit.docnum, hit.score) for hit in searcher.search(query, limit=3)] == whole[:3]


# -- values ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("node", ONE_OF_EACH, ids=repr)
def test_equal_alike_and_picklable(node: Any) -> None:
    for twin in (copy.deepcopy(node), copy.copy(node), pickle.loads(pickle.dumps(node))):
        assert twin == node
        assert hash(twin) == hash(node)
        assert twin.__dict__.keys() == node.__dict__.keys()


def test_all_different() -> None:
    assert len(set(ONE_OF_EACH)) == len(ONE_OF_EACH)
    assert within("2021", "2022") != within("2021", "2023")
    assert Phrase("text", ["a", "b"]) != StockPhrase("text", ["a", "b"])
    assert Phrase("text", ["a", "b"], [7, 8]) == Phrase("text", ["a", "b"])
    assert Phrase("text", ["a", "b"], [0, 5], slop=4) == Phrase("text", ["a", "b"], slop=4)


def test_how_it_was_typed_makes_no_difference() -> None:
    assert Word([text("a")], "A") == Word([text("a")], "a")
    assert placed(Term("text", "a"), 3, 4, "A") == Term("text", "a")


def test_a_phrase_needs_a_word_and_a_period_an_end() -> None:
    with pytest.raises(ValueError, match="a phrase needs a word"):
        Phrase("text", [])
    with pytest.raises(ValueError, match="first or a last day"):
        DateWithin(None, None)


# -- rewriting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("node", ONE_OF_EACH, ids=repr)
@pytest.mark.parametrize("parent", [And, Or, DisjunctionMax])
def test_normalize_keeps_nodes_in_one_piece(parent: Any, node: Any) -> None:
    other = text("other")
    assert parent([node, parent([other, node])]).normalize() == parent([node, other])
    assert parent([node]).normalize() == node
    assert (node & other) == And([node, other])
    assert (node | other) == Or([node, other])


def test_a_boost_counts_once() -> None:
    boosted = Word([text("a")], "a", boost=2.0)
    (kept, _) = And([boosted, text("b")], boost=1.0).normalize().subqueries
    assert kept.boost == 2.0
    (kept, _) = Or([boosted, text("b")]).normalize().subqueries
    assert kept.boost == 2.0


def test_tree_walks_reach_the_leaves() -> None:
    def louder(node: Any) -> Any:
        if isinstance(node, Term):
            return Term(node.fieldname, node.text.upper())
        return node.apply(louder)

    assert louder(tiered()).words == And([Term("text", "SHUSHA"), Word([Term("stems", "EN:DECLAR")], "")])
    assert louder(tiered()).phrase == tiered().phrase
    assert louder(ceasefire()).labels == ("ceasefire", "cease fire")
    assert sorted(tiered().iter_all_terms()) == [
        ("stems", "en:declar"),
        ("text", "declaration"),
        ("text", "shusha"),
        ("text", "shusha"),
    ]
    assert tiered().replace("text", "shusha", "susa").phrase == Phrase("text", ["susa", "declaration"])


def test_a_phrase_tells_where_it_stands() -> None:
    assert Phrase("text", ["war", "crimes"]).spans([[1, 8], [2, 10]]) == [(1, 2)]
