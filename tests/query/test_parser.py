"""The query language: what every form means, what every mistake is told, and that nothing else can happen."""

from __future__ import annotations

import datetime
import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.analysis import analyze, stem_term
from searchkit.dates import span
from searchkit.errors import QueryError
from searchkit.query import Parsed, Profile, describe, parse
from searchkit.query.nodes import (
    AllBut,
    And,
    Cased,
    DateWithin,
    Forms,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Said,
    Term,
    Tiered,
    Word,
)

Ask = Callable[[Any], set[str]]

TODAY = datetime.date(2024, 3, 1)


def word(form: str) -> Word:
    return Word([Term("stems", stem_term(form, "en"))], form)


def row(*words: str, **options: Any) -> Phrase:
    return Phrase("text", words, **options)


def tiers(*words: str) -> Tiered:
    return Tiered(And([word(form) for form in words]), row(*words))


def within(first: str | None, last: str | None) -> DateWithin:
    return DateWithin(span(first)[0] if first else None, span(last)[1] if last else None)


A, B, C, D = (word(letter) for letter in "abcd")
ALIYEV = Term("speaker", "aliyev")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("Shusha", word("shusha")),
        ("Shusha Declaration", tiers("shusha", "declaration")),
        ('"Shusha Declaration"', row("shusha", "declaration")),
        ("“Shusha Declaration”", row("shusha", "declaration")),
        ('"declarations"', Term("text", "declarations")),
        ('"a b c"~5', row("a", "b", "c", slop=5)),
        ('"a b"~1', row("a", "b")),
        ("declar*", Prefix("text", "declar")),
        # near
        ("a NEAR b", Near(A, B, 10)),
        ("a NEAR/3 b NEAR/99 c", Near(Near(A, B, 3), C, 99)),
        ('"a b"~5 NEAR/1 (c OR cd*)', Near(row("a", "b", slop=5), Or([C, Prefix("text", "cd")]), 1)),
        ("a (b NEAR/2 c) d", And([A, Near(B, C, 2), D])),
        ("a -b NEAR/2 c", And([A, Not(Near(B, C, 2))])),
        ("speaker:(a NEAR/2 aliyev)", Near(Term("speaker", "a"), ALIYEV, 2)),
        ("a near b", tiers("a", "near", "b")),
        # similar spellings
        ("Word~", Fuzzy("text", "word")),
        ("word~1 OR speaker:aliyev~", Or([Fuzzy("text", "word"), Fuzzy("speaker", "aliyev")])),
        # direct speech
        ("said:a", Said(A)),
        ('said:"a b" said:(c OR d)', Said(And([row("a", "b"), Or([C, D])]))),
        ("said:a quoting:x b", And([Said(A, Term("quoting", "x")), B])),
        ('quoting:="X Y" b said:(a NEAR/2 c)', And([Said(Near(A, C, 2), Term("quoting_value", "X Y")), B])),
        ("quoting:x a", And([Term("quoting", "x"), A])),
        ("said:a (quoting:x b)", And([Said(A), And([Term("quoting", "x"), B])])),
        ("said:a -quoting:x", And([Said(A), Not(Term("quoting", "x"))])),
        ("b -said:a", And([B, Not(Said(A))])),
        ("said:a OR quoting:x said:b", Or([Said(A), Said(B, Term("quoting", "x"))])),
        ("said:(a -b)", Said(And([A, Not(B)]))),
        # as they are
        ("exact:ceasefire", Term("text", "ceasefire")),
        ('exact:"cease fire"', row("cease", "fire")),
        ("exact:(a b)", And([Term("text", "a"), Term("text", "b")])),
        ("case:Us", Cased(Term("text", "us"), Term("cased", "Us"))),
        ('case:"Şuşa US"~2', Cased(row("susa", "us", slop=2), Phrase("cased", ["Susa", "US"], slop=2))),
        ("said:(case:US NEAR/2 a)", Said(Near(Cased(Term("text", "us"), Term("cased", "US")), A, 2))),
        # exclusion
        ("shusha -declaration", And([word("shusha"), Not(word("declaration"))])),
        ("shusha NOT declaration", And([word("shusha"), Not(word("declaration"))])),
        ("shusha AND NOT declaration", And([word("shusha"), Not(word("declaration"))])),
        ("-a b", And([Not(A), B])),
        ("-a", AllBut([A])),
        ("-a -b", AllBut([A, B])),
        ('a -"b c"', And([A, Not(row("b", "c"))])),
        ("a -speaker:Aliyev", And([A, Not(ALIYEV)])),
        ("a -(b OR c)", And([A, Not(Or([B, C]))])),
        ("a OR -b", Or([A, AllBut([B])])),
        ("-(-a)", AllBut([AllBut([A])])),
        # alternatives and groups; AND binds tighter
        ("a OR b", Or([A, B])),
        ("a | b|c", Or([A, B, C])),
        ("a OR b c", Or([A, And([B, C])])),
        ("(a OR b) c", And([Or([A, B]), C])),
        ("((a))", A),
        ("a AND b", And([A, B])),
        ("a and b", tiers("a", "and", "b")),
        ("(a b) c", And([And([A, B]), C])),
        ("NOT (a b)", AllBut([And([A, B])])),
        # two tiers: the longest run of unquoted words at the top
        ("a b -c", And([tiers("a", "b"), Not(C)])),
        ("a speaker:aliyev b", And([A, ALIYEV, B])),
        ("a b speaker:aliyev", And([tiers("a", "b"), ALIYEV])),
        ("speaker:aliyev a b", And([ALIYEV, tiers("a", "b")])),
        ("a b AND c d", And([tiers("a", "b"), C, D])),
        ("a AND b c d", And([A, tiers("b", "c", "d")])),
        ('a b "c"', And([tiers("a", "b"), Term("text", "c")])),
        ("a sort:newest b", And([A, B])),
        ("ab* a b", And([Prefix("text", "ab"), tiers("a", "b")])),
        (
            "Mr. Lee met U.S. envoys",
            Tiered(
                And([word("mr"), word("lee"), word("met"), row("u", "s"), word("envoys")]),
                row("mr", "lee", "met", "u", "s", "envoys"),
            ),
        ),
        ("He left. She stayed", Tiered(
            And([word("he"), word("left"), word("she"), word("stayed")]),
            row("he", "left", "she", "stayed", offsets=[0, 1, 3, 4]),
        )),
        # closed compounds
        ("ceasefire", Forms([word("ceasefire"), row("cease", "fire")], [])),
        ("cease fire", Tiered(
            And([word("cease"), word("fire")]), Forms([row("cease", "fire"), Term("text", "ceasefire")], [])
        )),
        # fields
        ("speaker:Aliyev", ALIYEV),
        ("speaker: Aliyev", ALIYEV),
        ("SPEAKER:Aliyev", ALIYEV),
        ('speaker:"Ilham Aliyev" war', And([Phrase("speaker", ["ilham", "aliyev"]), word("war")])),
        ('speaker:="Ilham Aliyev"', Term("speaker_value", "Ilham Aliyev")),
        ("speaker:(aliyev OR erdogan)", Or([ALIYEV, Term("speaker", "erdogan")])),
        ("speaker:(ilham -aliyev)", And([Term("speaker", "ilham"), Not(ALIYEV)])),
        ('speaker:=("A B" OR C)', Or([Term("speaker_value", "A B"), Term("speaker_value", "C")])),
        ("id:a/b(1).html#x war", And([Term("id", "a/b(1).html#x"), word("war")])),
        ("(id:a.html)", Term("id", "a.html")),
        ("id:(a OR b)", Or([Term("id", "a"), Term("id", "b")])),
        ('id:"a b"', Term("id", "a b")),
        ("id:-a", Term("id", "-a")),
        ("url:http://x.y/z", Term("url", "http://x.y/z")),
        ("procedural:no", Term("procedural", "no")),
        ("10:30", row("10", "30")),
        ("a[laughter] b", Tiered(And([row("a", "laughter"), B]), row("a", "laughter", "b"))),
        # dates
        ("date:2024", within("2024", "2024")),
        ("date:2024-06-15", within("2024-06-15", "2024-06-15")),
        ("date:[2005 to 2009]", within("2005", "2009")),
        ("date: [2005 to 2009]", within("2005", "2009")),
        ("date:2008..2010", within("2008", "2010")),
        ("2008..2010", within("2008", "2010")),
        ("2008.. a", And([within("2008", None), A])),
        ("..2010", within(None, "2010")),
        ("date:yesterday", within("2024-02-29", "2024-02-29")),
        ("yesterday", word("yesterday")),
        ("2024", word("2024")),
        ('date:"15 June 2024"', within("2024-06-15", "2024-06-15")),
        ("from:2008-07 to:2010", And([within("2008-07", None), within(None, "2010")])),
        ('from:"June 2024"', within("2024-06", None)),
        ("date:(2008 OR 2010)", Or([within("2008", "2008"), within("2010", "2010")])),
        ("date:2008 -date:2008-06", And([within("2008", "2008"), Not(within("2008-06", "2008-06"))])),
    ],
)  # fmt: skip
def test_every_form_of_the_language(query: str, tree: Any, profile: Profile) -> None:
    parsed = parse(query, profile, today=TODAY)
    assert parsed.query == tree
    assert parsed.text == query


# -- what else is told -------------------------------------------------------------------------------------------------


def test_clauses_explain_a_zero(profile: Profile) -> None:
    query = '  shusha (a OR b) -"c d" speaker: "X Y" 2008..  sort:newest'
    parsed = parse(query, profile)
    assert [(clause.text, clause.query) for clause in parsed.clauses] == [
        ("shusha", word("shusha")),
        ("(a OR b)", Or([A, B])),
        ('-"c d"', AllBut([row("c", "d")])),
        ('speaker: "X Y"', Phrase("speaker", ["x", "y"])),
        ("2008..", within("2008", None)),
    ]
    assert all(query[clause.start : clause.end] == clause.text for clause in parsed.clauses)
    assert [clause.text for clause in parse("a b OR c", profile).clauses] == ["a b OR c"]


def test_the_phrase_of_bare_words(profile: Profile) -> None:
    parsed = parse("Shusha Declaration -war", profile)
    assert parsed.phrase == row("shusha", "declaration")
    assert parse('"Shusha Declaration"', profile).phrase is None
    assert parse("shusha", profile).phrase is None
    assert parse("a b OR c d", profile).phrase is None


def test_a_literal_query_has_every_word_as_it_is(profile: Profile) -> None:
    parsed = parse("ceasefire agreements -speaker:x", profile, literal=True)
    words = And([Term("text", "ceasefire"), Term("text", "agreements")])
    tiers_of_them = Tiered(words, row("ceasefire", "agreements"))
    assert parsed.query == And([tiers_of_them, Not(Term("speaker", "x"))])
    assert parse("cease fire", profile, phrase=True, literal=True).query == row("cease", "fire")


def test_the_group(profile: Profile) -> None:
    parsed = parse("group:copies a sort:newest", profile)
    assert (parsed.group, parsed.sort, parsed.query) == ("copies", "newest", A)
    assert parsed.understood == "speeches with the word a, newest first, copies as one"
    assert parse("a", profile).group is None


def test_the_order(profile: Profile) -> None:
    parsed = parse("a sort:oldest", profile)
    assert (parsed.sort, parsed.query, parsed.understood) == ("oldest", A, "speeches with the word a, oldest first")
    assert parse("a", profile).sort is None
    assert parse("sort: Newest a", profile).sort == "newest"


def test_places_of_leaves(profile: Profile) -> None:
    query = 'shusha "a b" speaker:x ceasefire decl* 2008..'
    places = [query[leaf.startchar : leaf.endchar] for leaf in parse(query, profile).query.children()]
    assert places == ["shusha", "a b", "x", "ceasefire", "decl*", "2008.."]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Shusha Declaration", row("shusha", "declaration")),
        ('the "Shusha Declaration"', row("the", "shusha", "declaration")),
        ("speaker: Aliyev", row("speaker", "aliyev")),
        ("rule OR law - (a)", row("rule", "or", "law", "a")),
        ("It ended. Then", row("it", "ended", "then", offsets=[0, 1, 3])),
        ("declarations", Term("text", "declarations")),
        ("cease fire", Forms([row("cease", "fire"), Term("text", "ceasefire")], [])),
    ],
)
def test_a_whole_text_as_one_phrase(text: str, tree: Any, profile: Profile) -> None:
    parsed = parse(text, profile, phrase=True)
    assert parsed.query == tree
    assert [(clause.query, clause.text) for clause in parsed.clauses] == [(tree, text)]


@pytest.mark.parametrize("text", ["", "...", '""', "decl*", "x" * 10_001])
def test_a_whole_text_that_is_no_phrase(text: str, profile: Profile) -> None:
    with pytest.raises(QueryError):
        parse(text, profile, phrase=True)


# -- limits ------------------------------------------------------------------------------------------------------------

LONG = {
    "words": "declaration " * 800,
    "phrases": '"a b" ' * 1_000,
    "one phrase": '"' + "cease fire " * 450 + '"',
    "one word": "x" * 10_000,
    "fields": "speaker:a " * 1_000,
    "alternatives": "a OR " * 999 + "a",
    "nested": "(a OR " * 50 + "b" + ")" * 50,
    "dates": "2008..2010 " * 900,
    "address": "url:" + ")(" * 4_000,
}


@pytest.mark.parametrize("query", LONG.values(), ids=LONG.keys())
def test_long_queries_are_read_quickly(query: str, profile: Profile) -> None:
    started = time.perf_counter()
    assert parse(query, profile).understood
    assert time.perf_counter() - started < 2.0


# -- anything at all ---------------------------------------------------------------------------------------------------

FRAGMENTS = (
    *(
        "a",
        "B",
        "cease",
        "fire",
        "ceasefire",
        "-",
        "--",
        "NOT",
        "AND",
        "OR",
        "|",
        "(",
        ")",
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
    ),
    *("NEAR/3", "said:", "case:", "exact:", "quoting:", "word~", "word"),
    *("speaker:", "date:", "from:", "to:", "sort:newest", "id:", "kind:", "procedural:", "x:", ":=", ":", "~", "~3"),
    *("2008", "..", "2010-02-30", "[", "]", " to ", "*", "?", "^", "!", "&", "NEAR", "'", "’s", ".", "\n\n", " ", "\t"),
    *("🙂", "\x00", "\u202e", "\u200b", "\ufeff", "שלום", 'צה"ל', "中国", "é", "\ud800", "\U0010ffff"),
)
QUERIES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))


def outcome(query: str, phrase: bool) -> Parsed | QueryError:
    profile = Profile(languages=frozenset({"en"}), compounds={"ceasefire": ("cease", "fire")})
    try:
        return parse(query, profile, phrase=phrase, today=TODAY)
    except QueryError as error:
        return error


@given(QUERIES, st.booleans())
@example('"', False)
@example("\x00", True)
@settings(deadline=None, max_examples=400)
def test_any_text_is_understood_or_refused(query: str, phrase: bool) -> None:
    answer = outcome(query, phrase)
    twin = pickle.loads(pickle.dumps(answer))
    if isinstance(answer, QueryError):
        assert 0 <= answer.start <= answer.end <= len(query)
        assert answer.query == query
        assert str(answer)
        assert twin.suggestions == answer.suggestions
    else:
        assert answer.understood.startswith("speeches ")
        assert answer.clauses
        assert twin == answer


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_words_copied_from_a_speech_find_it(ask: Ask, texts: dict[str, str], data: st.DataObject) -> None:
    """Any stretch of a speech, in quotes, even across sentence ends and with its punctuation."""
    name = data.draw(st.sampled_from(sorted(texts)))
    analysis = analyze(texts[name])
    first = data.draw(st.integers(0, len(analysis) - 1))
    last = data.draw(st.integers(first, len(analysis) - 1))
    stretch = texts[name][analysis.starts[first] : analysis.ends[last]]
    assert name in ask(parse(f'"{stretch}"', Profile()).query)
    assert name in ask(parse(stretch, Profile(), phrase=True).query)
    assert name in ask(parse(stretch, Profile(languages=frozenset({"en"}))).query)


WORDS = ("the", "war", "crimes", "of", "joy", "one", "agreement")

Asked = tuple[str, Callable[[list[str]], bool]]
"""A query, and whether a speech with these words answers it."""


def _leaf(form: str) -> Asked:
    return f'"{form}"', lambda words: form in words


def _grow(inner: st.SearchStrategy[Asked]) -> st.SearchStrategy[Asked]:
    def both(left: Asked, right: Asked, joint: str) -> Asked:
        return f"({left[0]}{joint}{right[0]})", lambda words: left[1](words) and right[1](words)

    def one_of(left: Asked, right: Asked, joint: str) -> Asked:
        return f"({left[0]}{joint}{right[0]})", lambda words: left[1](words) or right[1](words)

    def without(inside: Asked, sign: str) -> Asked:
        return f"({sign}{inside[0]})", lambda words: not inside[1](words)

    return st.one_of(
        st.builds(both, inner, inner, st.sampled_from([" ", " AND "])),
        st.builds(one_of, inner, inner, st.sampled_from([" OR ", "|", " | "])),
        st.builds(without, inner, st.sampled_from(["-", "NOT "])),
    )


@given(st.recursive(st.sampled_from(WORDS).map(_leaf), _grow, max_leaves=6))
@settings(deadline=None, max_examples=150)
def test_logic_is_logic(ask: Ask, texts: dict[str, str], asked: Asked) -> None:
    query, answers = asked
    tree = parse(query, Profile()).query
    expected = {name for name, text in texts.items() if answers(analyze(text).forms)}
    assert ask(tree) == expected
    assert ask(tree.normalize()) == expected
    assert describe(tree).startswith("speeches ")
