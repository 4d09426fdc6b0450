"""Every form of the query language has the same answer in every engine: documents, totals, facets, order, scores."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from searchkit.engines.base import Engine, Matches, Request
from searchkit.query import nodes, parse
from searchkit.schema import facet_names

QUERIES = (
    "shusha",
    "susa",
    "Şuşa",
    "declaration",
    "declarations",
    '"declarations"',
    '"Shusha Declaration"',
    "Shusha Declaration",
    "“shusha declaration”",
    "«declaration of shusha»",
    "shusha -declaration",
    "NOT shusha",
    "shusha OR ceasefire",
    "shusha | law | war",
    "(shusha OR law) declaration",
    "(shusha -ankara) OR (rule law)",
    "ceasefire",
    "cease-fire",
    '"cease fire"',
    "cease fire",
    "ceasefire agreement",
    '"cease fire agreement"',
    "rule of law",
    '"rule of law"',
    '"of"',
    "the",
    '"as a matter of fact"',
    "as a matter of fact",
    '"matter of"~3',
    '"one five"~2',
    '"one two"~5',
    '"three one two four"',
    '"one one"~3',
    "notes",
    "not\u200bes OR note",
    "déclaration",
    '"Mr. Lee Kuan Yew"',
    '"U.S. President"',
    '"the war. Crimes"',
    '"war crimes"',
    '"will win"',
    "won't",
    "o'brien",
    "中国",
    "和平",
    "война",
    "declar*",
    "s*a OR w?r",
    "wa*",
    "title:shusha",
    "title:notes OR event:fact",
    'event:"fact day"',
    "speaker:aliyev",
    'speaker:"ilham aliyev"',
    "speaker:president",
    'speaker:="Ilham Aliyev"',
    "speaker:khan law",
    "-speaker:aliyev declaration",
    "person:erdogan",
    "venue:ankara",
    "place:shusha",
    'venue:"grand assembly"',
    "source:news.az",
    'source:="News.Az"',
    "role:president",
    "language:en",
    "kind:article",
    "quoting:kaya",
    "party:yap",
    'party:"civil contract"',
    "procedural:yes",
    "procedural:no war",
    "date:2021",
    "date:2021-06",
    "date:2021-06-15",
    "2020..2021",
    "1949..",
    "..1967",
    "from:2021-06",
    "to:2000",
    "date:[1999 to 2020]",
    "shusha date:2021",
    "id:s05",
    "shusha NEAR declaration",
    "declaration NEAR/1 shusha",
    "one NEAR/2 two NEAR/3 five",
    '(war OR law) NEAR/5 "of law"',
    'wa* NEAR/2 crimes',
    "-(peace NEAR war)",
    "ceasefire NEAR/3 agreement",
    "title:(shusha NEAR/2 on)",
    "speaker:(lee NEAR/2 yew)",
    "declaratoin~ OR declaratio~",
    "speaker:aliyef~",
    "war~ -war",
    "said:peace",
    "said:war -said:peace",
    "said:(peace war)",
    "said:(war -peace)",
    'said:"no war" said:shusha',
    "said:peace quoting:khan",
    "said:(peace NEAR/3 war) quoting:khan",
    'said:war quoting:="Ali Khan"',
    "said:war quoting:(kaya OR ali)",
    "said:(-peace) kind:article",
    "case:US",
    "case:us",
    'case:"US troops"',
    'case:"The told"~3',
    "case:Susa",
    "said:(case:No NEAR/9 shusha)",
    "exact:declarations",
    "exact:ceasefire",
    'exact:"cease fire"',
    "xyzzy",
    "shusha xyzzy",
    '"declaration shusha declaration"',
)  # fmt: skip


def ranking(matches: Matches, engine: Engine) -> list[tuple[str, float, int]]:
    ids = [speech.id for speech in engine.speeches([match.number for match in matches.page])]
    return [(id, match.score, match.tier) for id, match in zip(ids, matches.page, strict=True)]


def assert_same(request: Request, engine: Engine, scan: Engine) -> None:
    answer, expected = engine.search(request), scan.search(request)
    assert (answer.total, answer.pages, answer.phrase_total) == (expected.total, expected.pages, expected.phrase_total)
    assert answer.forms == expected.forms
    assert answer.facets == expected.facets
    got, wanted = ranking(answer, engine), ranking(expected, scan)
    assert [score for _, score, _ in got] == pytest.approx([score for _, score, _ in wanted], rel=1e-4)
    assert [tier for _, _, tier in got] == [tier for _, _, tier in wanted]
    # speeches whose scores differ by less than that may stand in either order
    key: Any = lambda row: (row[2], round(row[1], 3))  # noqa: E731
    for (_, ours), (_, theirs) in zip(itertools.groupby(got, key), itertools.groupby(wanted, key), strict=True):
        assert sorted(id for id, *_ in ours) == sorted(id for id, *_ in theirs)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_every_form_of_the_language(query: str, sort: Any, engine: Engine, scan: Engine) -> None:
    assert engine.profile == scan.profile
    tree = parse(query, scan.profile).query
    facets = facet_names(scan.profile.fields)
    assert_same(Request(tree, facets=facets, sort=sort, limit=100), engine, scan)


def test_the_language_is_not_asked_in_vain(scan: Engine) -> None:
    """Each query above but those made to find nothing finds something."""
    empty = [query for query in QUERIES if not scan.search(Request(parse(query, scan.profile).query)).total]
    assert empty == ["xyzzy", "shusha xyzzy", '"declaration shusha declaration"']


@pytest.mark.parametrize("offset", [0, 1, 3, 50])
@pytest.mark.parametrize("limit", [0, 1, 4])
def test_a_page_is_a_part_of_the_whole_order(offset: int, limit: int, engine: Engine) -> None:
    tree = parse("the OR declaration", engine.profile).query
    whole = engine.search(Request(tree, limit=100))
    page = engine.search(Request(tree, limit=limit, offset=offset))
    assert page.page == whole.page[offset : offset + limit]
    assert page.total == whole.total


FILTERS = {
    "speaker": nodes.Term("speaker_value", "Ilham Aliyev"),
    "venue": nodes.Or([nodes.Term("venue_value", "Shusha"), nodes.NoValue("venue_value")]),
    "date": nodes.DateWithin(737_425, None),
}
SELECTED: dict[str, tuple[str | None, ...]] = {"speaker": ("Ilham Aliyev", "Nobody"), "venue": ("Shusha", None)}


@pytest.mark.parametrize("names", [names for size in (1, 2, 3) for names in itertools.combinations(FILTERS, size)])
def test_facets_ignore_their_own_filter(names: tuple[str, ...], engine: Engine, scan: Engine) -> None:
    request = Request(
        nodes.Every(),
        filters={name: FILTERS[name] for name in names},
        selected={name: SELECTED[name] for name in names if name in SELECTED},
        facets=facet_names(scan.profile.fields),
        limit=100,
    )
    assert_same(request, engine, scan)


def test_facets_are_cut_where_asked_and_say_so(engine: Engine, scan: Engine) -> None:
    request = Request(nodes.Every(), facets=("speaker", "language"), facet_limit=2)
    assert_same(request, engine, scan)
    facets = engine.search(request).facets
    assert facets["speaker"].truncated
    assert len(facets["speaker"].values) == 2


def test_a_single_valued_facet_sums_to_the_total(engine: Engine) -> None:
    answer = engine.search(Request(nodes.Every(), facets=("language", "year", "month", "source", "kind", "procedural")))
    for name, counted in answer.facets.items():
        assert not counted.truncated, name
        assert sum(value.count for value in counted.values) == answer.total, name


@pytest.mark.parametrize(
    "tree",
    [
        nodes.Every(),
        nodes.Every("title"),
        nodes.Not(nodes.Term("text", "the")),
        nodes.And([nodes.Term("text", "the"), nodes.Not(nodes.Term("text", "of"))]),
        nodes.And([nodes.Not(nodes.Term("text", "the"))]),
        nodes.AndMaybe(nodes.Term("text", "the"), nodes.Term("text", "of")),
        nodes.DisjunctionMax([nodes.Term("text", "the"), nodes.Term("text", "of")]),
        nodes.ConstantScoreQuery(nodes.Term("text", "the"), score=2.5),
        nodes.Term("text", "the", boost=3.0),
        nodes.Or([nodes.Term("text", "the", boost=0.5), nodes.Prefix("text", "d", boost=2.0)], boost=2.0),
        nodes.StockPhrase("text", ["rule", "of", "law"]),
        nodes.StockPhrase("text", ["one", "two"], slop=3),
        nodes.NullQuery,
        nodes.Wildcard("text", "d*n"),
        nodes.Term("nowhere", "the"),
    ],
    ids=repr,
)
def test_trees_that_a_program_hands_in(tree: Any, engine: Engine, scan: Engine) -> None:
    assert_same(Request(tree, limit=100), engine, scan)


def test_speeches_come_back_as_they_were(engine: Engine, corpus: Any) -> None:
    assert engine.speeches(range(len(corpus))) == list(corpus)
    assert engine.find("s05") == corpus[4]
    assert engine.find("nobody") is None
    assert engine.find_all(["s05", "nobody", "s01", "s05"]) == [corpus[4], None, corpus[0], corpus[4]]
    assert engine.find_all([]) == []
    assert engine.of_page("p1") == [item for item in corpus if item.page == "p1"]


def test_values_and_words(engine: Engine, scan: Engine) -> None:
    for name in ("speaker", "venue", "id", "page", "party", "text", "title"):
        assert engine.values(name) == scan.values(name)
    assert engine.words() == scan.words()
    assert len(engine) == len(scan)
