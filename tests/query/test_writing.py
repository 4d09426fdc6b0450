"""The read-back in the query language, parsed again, gives the same query."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.errors import QueryError
from searchkit.query import Profile, parse
from searchkit.query.writing import written
from tests.contract.test_same_answers import QUERIES as EVERY_FORM
from tests.query.test_parser import QUERIES

TODAY = datetime.date(2024, 3, 1)
PROFILE = Profile(
    languages=frozenset({"en", "ru"}),
    compounds={"ceasefire": ("cease", "fire"), "oldage": ("old", "age")},
    names={"shusha": ("shusha", "susa", "шуша")},
)


@pytest.mark.parametrize(
    ("query", "again"),
    [
        ("Shusha declaration", "Shusha declaration"),
        ('"a b" speaker:aliyev date:2024 sort:newest',
         'exact:"a b" AND speaker:"aliyev" AND date:[2024-01-01 to 2024-12-31] sort:newest'),
        ("a -(b OR c)", "a AND -(b OR c)"),
        ("-a -b", "-a AND -b"),
        ("a NEAR/3 (b OR c) NEAR d", "a NEAR/3 (b OR c) NEAR/10 d"),
        ('said:"we will" quoting:x y group:copies', 'said:(exact:"we will") AND quoting:"x"'),
        ("case:US exact:ceasefire", 'case:"US" AND exact:"ceasefire"'),
        ("from:2008-07 word~ declar*", "from:2008-07-01 AND word~ AND declar*"),
        ('“he said "no" twice”', '“he said "no" twice”'),
    ],
)  # fmt: skip
def test_how_it_is_written(query: str, again: str) -> None:
    assert again in written(parse(query, Profile(languages=frozenset({"en"})), today=TODAY))


def assert_same(query: str) -> None:
    parsed = parse(query, PROFILE, today=TODAY)
    again = parse(written(parsed), PROFILE, today=TODAY)
    assert again.query == parsed.query
    assert (again.sort, again.group) == (parsed.sort, parsed.group)
    assert written(again) == written(parsed)


@pytest.mark.parametrize("query", [query for query in EVERY_FORM if not query.startswith("party:")])
def test_every_form_of_the_language(query: str) -> None:
    assert_same(query)


CLAUSES = (
    "a", "B", "cease fire", "ceasefire", '"cease-fire"', "shusha", '"Shusha, Declaration"', "declar*", "w?rd", "word~",
    '"a b"~3', "said:a", "said:(a -b)", "quoting:x", 'quoting:="X Y"', "case:US", 'case:"US army"', "exact:ceasefire",
    "speaker:aliyev", 'speaker:(a OR "b c")', 'venue:="Shusha"', "title:(a NEAR/2 b)", "date:2024", "2008..", "..2010",
    "from:2008-07", "to:2010", "a NEAR/5 b", '"a b" NEAR c* NEAR/2 d', "kind:debate", "id:x/y#1", "procedural:no",
    "sort:oldest", "group:copies",
)  # fmt: skip
GRAMMAR = st.recursive(
    st.sampled_from(CLAUSES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(" ".join),
        st.lists(inner.map("({})".format), min_size=2, max_size=3).map(" OR ".join),
        inner.map("-({})".format),
    ),
    max_leaves=8,
)
ASKED_OF_THE_WHOLE = st.lists(
    st.sampled_from(("sort:relevance", "sort:newest", "sort:oldest", "group:copies")), max_size=2
).map(" ".join)
"""At the top, where they are understood; among CLAUSES they come inside groups too."""


@given(st.one_of(GRAMMAR, QUERIES, st.tuples(ASKED_OF_THE_WHOLE, GRAMMAR, ASKED_OF_THE_WHOLE).map(" ".join)))
@settings(deadline=None, max_examples=400)
@example("cease. Fire a")
@example("quoting:x said:a (quoting:y said:b)")
@example("said:a (said:b)")
@example("sort:oldest a OR b group:copies")
@example("group:copies -(a) sort:relevance")
def test_anything_that_is_understood(query: str) -> None:
    try:
        parse(query, PROFILE, today=TODAY)
    except QueryError:
        return
    assert_same(query)


def test_words_that_are_meant_literally_stay_so() -> None:
    literally = parse("organisation organization", PROFILE, literal=True)
    assert written(literally) == 'exact:"organisation" AND exact:"organization"'
