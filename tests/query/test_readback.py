"""The query in words: complete, unambiguous, and never an error."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from whoosh import query as whoosh

from searchkit.query import Profile, condition, describe, filter_query, parse
from searchkit.query.nodes import And, DateWithin, Every, Forms, Not, NoValue, NullQuery, Or, Phrase, Term
from searchkit.schema import FIELDS, with_own_fields

TODAY = datetime.date(2024, 3, 1)
PROFILE = Profile(
    with_own_fields(("party",)), frozenset({"en"}), {"ceasefire": ("cease", "fire"), "oldage": ("old", "age")}
)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Shusha", "with the word Shusha"),
        ('"Shusha"', 'with the exact word "Shusha"'),
        ('"Shusha  Declaration"', 'with the phrase "Shusha Declaration"'),
        (
            '"Shusha Declaration" speaker:aliyev date:2024',
            'with the phrase "Shusha Declaration", by a speaker named "aliyev", from 2024',
        ),
        (
            "shusha declaration",
            'with the words shusha and declaration (those with the exact phrase "shusha declaration" first)',
        ),
        (
            "salt and pepper",
            'with the words salt, ‘and’ and pepper (those with the exact phrase "salt and pepper" first)',
        ),
        ('"a b c"~5', 'with the phrase "a b c" (in this order, each word at most 5 places behind the one before)'),
        ("a NEAR b", "with the word a within 10 places of the word b"),
        ('a NEAR/1 "b c" NEAR/2 d', '(with the word a next to the phrase "b c") within 2 places of the word d'),
        (
            "a NEAR (b OR c) d",
            "(with the word a within 10 places of (either with the word b or with the word c)), with the word d",
        ),
        ("-(a NEAR/3 b)", "not (with the word a within 3 places of the word b)"),
        (
            "word~ speaker:aliyev~",
            'with words spelled like "word" (but for one letter), by a speaker named "aliyev" (but for one letter)',
        ),
        ("said:peace", "with the word peace in direct speech"),
        ("said:(a b) c", "(with the word a, with the word b) in direct speech, with the word c"),
        ("said:a quoting:x", 'with the word a in one quotation (quoting a person named "x")'),
        ("-said:peace", "without the word peace in direct speech"),
        ("case:US", 'with the word "US" in these capitals'),
        (
            'case:"US army"~2',
            (
                'with the phrase "US army" (in this order, each word at most 2 places behind the one before) '
                "in these capitals"
            ),
        ),
        ("exact:ceasefire", 'with the exact word "ceasefire"'),
        ("declar*", 'with words that begin with "declar"'),
        ("w?rd", 'with words of the pattern "w?rd"'),
        ("ceasefire", 'with the word ceasefire (also written "cease fire")'),
        ("cease-fire", 'with the phrase "cease-fire" (also written "ceasefire")'),
        (
            "ceasefire now",
            (
                'with the words ceasefire (also written "cease fire") and now (or "cease fire now"; '
                'those with the exact phrase "ceasefire now" or "cease fire now" first)'
            ),
        ),
        # exclusion and alternatives
        ("shusha -declaration", "with the word shusha, without the word declaration"),
        ("-shusha", "without the word shusha"),
        ('-"a b" -speaker:x', 'without the phrase "a b", not by a speaker named "x"'),
        ("a OR b", "either with the word a or with the word b"),
        ("a OR b c", "either with the word a or (with the word b, with the word c)"),
        ("(a OR b) c", "(either with the word a or with the word b), with the word c"),
        ("a -(b OR c)", "with the word a, not (either with the word b or with the word c)"),
        ("a OR -b", "either with the word a or (without the word b)"),
        ("-(-a)", "not (without the word a)"),
        # fields
        ("title:declaration", 'with the exact word "declaration" in the title'),
        ('title:"a b"', 'with the phrase "a b" in the title'),
        ("title:decl*", 'with words that begin with "decl" in the title'),
        ("event:cease-fire", 'with the phrase "cease-fire" in the event\'s name (also written "ceasefire")'),
        ("text:decl", "with the word decl"),
        ("speaker:Əliyev", 'by a speaker named "Əliyev"'),
        ("speaker:ali*", 'by a speaker named "ali*"'),
        ('speaker:="Ilham Aliyev"', 'by a speaker named exactly "Ilham Aliyev"'),
        ("quoting:kaya", 'quoting a person named "kaya"'),
        ("venue:Shusha", 'at a venue named "Shusha"'),
        ("source:News.Az", 'from the source "News.Az"'),
        ("kind:speech", 'of the kind "speech"'),
        ("language:en", 'in the language "en"'),
        ('role:"Prime Minister"', 'by a speaker in the role "Prime Minister"'),
        ("party:labour", 'with the party "labour"'),
        ("-party:labour", 'without the party "labour"'),
        ("id:a#1", 'with the id "a#1"'),
        ("page:a", 'on the page "a"'),
        ("url:http://x", 'at the address "http://x"'),
        ("procedural:yes", "marked procedural"),
        ("procedural:no", "marked as not procedural"),
        ("-procedural:yes", "not marked procedural"),
        # dates
        ("2008..2010", "from 2008 to the end of 2010"),
        ("-2008..2010", "not from 2008 to the end of 2010"),
        ("from:2008 to:2010-06-15", "from 2008 on, up to 2010-06-15"),
        ("date:yesterday", "from 2024-02-29"),
        # order
        ("a sort:newest", "with the word a, newest first"),
    ],
)
def test_parsed_queries(query: str, words: str) -> None:
    assert parse(query, PROFILE, today=TODAY).understood == f"speeches {words}"


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (Every(), "all speeches"),
        (Every("speaker"), "speeches with any speaker"),
        (And([Every()]), "speeches of any sort"),
        (NullQuery, "speeches that cannot exist"),
        (Or([]), "speeches that cannot exist"),
        (And([]), "speeches of any sort"),
        (Forms([], []), "speeches that cannot exist"),
        (Term("text", "war"), 'speeches with the exact word "war"'),
        (Term("stems", "en:declar"), 'speeches with words of the stem "declar" (en)'),
        (Phrase("text", ["war", "crimes"]), 'speeches with the phrase "war crimes"'),
        (whoosh.Phrase("text", ["war", "crimes"]), 'speeches with the phrase "war crimes"'),
        (Not(Term("text", "war")), 'speeches without the exact word "war"'),
        (whoosh.Not(Term("text", "war")), 'speeches without the exact word "war"'),
        (And([Term("text", "a"), Term("text", "b")]), 'speeches with the exact word "a", with the exact word "b"'),
        (whoosh.DisjunctionMax([Term("text", "a")]), 'speeches with the exact word "a"'),
        (whoosh.NumericRange("date_first", 5, None), "speeches with a date_first from 5"),
        (NoValue("speaker_value"), "speeches without any speaker"),
        (Not(NoValue("speaker_value")), "speeches not without any speaker"),
        (DateWithin(738886, None), "speeches from 2024 on"),
        (Term("text", 'a "b"'), "speeches with the exact word \"a 'b'\""),
        (whoosh.Regex("text", "w.r"), "speeches that match Regex('text', 'w.r')"),
    ],
    ids=repr,
)  # fmt: skip
def test_trees_that_a_program_hands_in(tree: Any, words: str) -> None:
    assert describe(tree) == words


def test_filters_read_back_without_a_noun() -> None:
    speaker = next(field for field in FIELDS if field.name == "speaker")
    query = filter_query(speaker, ["Ilham Aliyev", None])
    assert condition(query) == 'either by a speaker named exactly "Ilham Aliyev" or without any speaker'
    assert describe(query, "newest") == f"speeches {condition(query)}, newest first"


def test_the_deepest_trees_are_told_too() -> None:
    tree: Any = Term("text", "x")
    for _ in range(5_000):
        tree = And([Term("text", "y"), tree])
    assert describe(tree) == "speeches that match a query nested too deeply to be told"


def test_what_is_long_is_cut() -> None:
    foreign = whoosh.FuzzyTerm("text", "x" * 500)
    assert len(describe(foreign)) < 250
