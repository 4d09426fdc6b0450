"""Every mistake in a query is told: where it is, what it is, and what may have been meant."""

from __future__ import annotations

import datetime

import pytest

from searchkit.errors import QueryError
from searchkit.query import Profile, parse

TODAY = datetime.date(2024, 3, 1)
NO_VALUE = (
    'speaker: has no value: write speaker:word or speaker:"several words"; '
    'to search for the word itself, quote it: "speaker"'
)
NO_DAY = "{} and {} have no day in common, so nothing could match; for either of two periods write date:(2008 OR 2010)"
NO_DASH = "'-' alone is no word: a minus stands right before what it excludes, as in -word; a dash is not searched for"
NO_AMPERSAND = "'&' alone is no word: write AND, or nothing at all: words side by side must all occur"
NO_AND = "beside NEAR stand words, phrases, groups with OR, other NEARs, but no words that are joined by AND"
NEVER_CLOSED = "this quotation mark is never closed: add one at the end of the phrase, or leave this one out"


@pytest.mark.parametrize(
    ("query", "pointed", "message", "suggestions"),
    [
        # nothing to search for
        ("", "", 'the query is empty: give a word, a "phrase" or a filter such as speaker:aliyev', ()),
        (" \n", " \n", 'the query is empty: give a word, a "phrase" or a filter such as speaker:aliyev', ()),
        ("\u200b", "\u200b", 'the query is empty: give a word, a "phrase" or a filter such as speaker:aliyev', ()),
        ("...", "...", "there is no word in '...': leave it out, or put a word there", ()),
        ("🙂", "🙂", "there is no word in '🙂': leave it out, or put a word there", ()),
        ("shusha 🙂", "🙂", "there is no word in '🙂': leave it out, or put a word there", ()),
        ("sort:newest", "sort:newest",
         'there is nothing to search for besides the order: give a word, a "phrase" or a filter', ()),
        # quotation marks and brackets
        ('a "b', '"', NEVER_CLOSED, ()),
        ('a ""', '""', "there is nothing between these quotation marks: leave them out", ()),
        ('from:""', '""', "there is nothing between these quotation marks: leave them out", ()),
        ("a “ ”", "“ ”", "there is nothing between these quotation marks: leave them out", ()),
        ("a ()", "()", "there is nothing in these brackets: leave them out", ()),
        ("(a", "(", "this bracket is never closed: add ) where the group ends", ()),
        ("a (", "(", "this bracket is never closed: add ) or leave it out", ()),
        ("a) b", ")", "this bracket closes none: leave it out, or quote it", ()),
        (")", ")", "there is nothing before this closing bracket: leave it out", ()),
        ("[a]", "[a]", "square brackets stand only behind date:, as in date:[2005 to 2009]; quote other words", ()),
        ("date:[2005 to", "[", "this bracket is never closed: add ] behind the dates", ()),
        # operators
        ("a AND", "AND", 'AND has nothing behind it; to search for the word, quote it: "and"', ('"and"',)),
        ("AND a", "AND", 'AND has nothing before it; to search for the word, quote it: "and"', ('"and"',)),
        ("a AND AND b", "AND", 'AND has nothing before it; to search for the word, quote it: "and"', ('"and"',)),
        ("a OR", "OR", 'OR has nothing behind it; to search for the word, quote it: "or"', ('"or"',)),
        ("a | | b", "|", "| has nothing behind it", ()),
        ("OR a", "OR", 'OR has nothing before it; to search for the word, quote it: "or"', ('"or"',)),
        ("(a OR) b", "OR", 'OR has nothing behind it; to search for the word, quote it: "or"', ('"or"',)),
        ("a OR sort:newest", "OR", 'OR has nothing behind it; to search for the word, quote it: "or"', ('"or"',)),
        ("a NOT", "NOT", 'NOT has nothing behind it; to search for the word, quote it: "not"', ('"not"',)),
        ("NOT OR a", "NOT", 'NOT has nothing behind it; to search for the word, quote it: "not"', ('"not"',)),
        ("a NOT -b", "NOT -", "two negations in a row: leave out both, or one", ()),
        ("a - b", "-", NO_DASH, ()),
        ("a --b", "--b", "one minus excludes, with a blank before it: write -b", ()),
        ("a & b", "&", NO_AMPERSAND, ("AND",)),
        ("a !b", "!b", "a ! excludes nothing here: write -b", ("-b",)),
        # fields
        ("speeker:Aliyev", "speeker",
         "there is no field 'speeker'; did you mean speaker:.  To search for the word itself, quote it: \"speeker:\"",
         ("speaker",)),
        ("speaker:", "speaker:", NO_VALUE, ('"speaker"',)),
        ("(speaker:) a", "speaker:", NO_VALUE, ('"speaker"',)),
        ("speaker:-x", "speaker:-", "to exclude, put the minus before the field: -speaker:", ("-speaker:",)),
        ("speaker:(a venue:b)", "venue:", "venue: stands within the brackets of speaker:, move it out", ()),
        ("speaker:()", "()", "there is nothing in these brackets: leave them out", ()),
        ('speaker:""', '""', "there is nothing between these quotation marks: leave them out", ()),
        ("kind:a* b", "a*", "kind: compares whole values, without wildcards: 'a*'", ()),
        ("a :", ":", "':' alone is no word: a field and its colon stand together, as in speaker:aliyev", ()),
        # dates
        ("date:2024-13", "2024-13", "there is no such date as '2024-13'", ()),
        ("a 2010..2008", "2010..2008", "the range '2010..2008' runs backwards: 2010 is after 2008", ("2008..2010",)),
        ("from:2010 to:2008", "to:2008", NO_DAY.format("from:2010", "to:2008"), ()),
        ("date:2008 a date:2010", "date:2010", NO_DAY.format("date:2008", "date:2010"), ()),
        ("from:(2008)", "from:(", "from: takes one date, as in from:2008-07", ()),
        ('from:"2008"~3', 'from:"2008"~3', "from: takes one date, as in from:2008-07", ()),
        ("to:=2008", "to:=2008", "to: takes one date, as in to:2008-07", ()),
        ("date:15 June 2024", "15",
         "'15' is not a date: dates are 2024, 2024-06, 2024-06-15, 2008..2010, [2005 to 2009], yesterday", ()),
        # order
        ("a sort:newset", "newset", "sort: is one of relevance, newest, oldest, not 'newset'", ("newest",)),
        ("a sort:x", "x", "sort: is one of relevance, newest, oldest, not 'x'", ("relevance", "newest", "oldest")),
        ("a sort:newest sort:newest", "sort:newest", "sort: is given twice: leave one out", ()),
        ("a sort:=newest", "newest", "sort: is one of relevance, newest, oldest, not 'newest'", ("newest",)),
        ("(a sort:newest)", "sort:", "sort: orders the whole answer: put it outside of all brackets", ()),
        ("a -sort:newest", "-", "sort: says how the answer is wanted, which cannot be excluded: leave this out", ()),
        ("a group:pages", "pages", "group: is copies, not 'pages'", ("copies",)),
        ("(a group:copies)", "group:", "group: groups the whole answer: put it outside of all brackets", ()),
        ("group:copies", "group:copies",
         'there is nothing to search for besides the order: give a word, a "phrase" or a filter', ()),
        # NEAR
        ("NEAR b", "NEAR", 'NEAR has nothing before it; to search for the word, quote it: "near"', ('"near"',)),
        ("a NEAR/3", "NEAR/3", 'NEAR/3 has nothing behind it; to search for the word, quote it: "near"', ('"near"',)),
        ("a NEAR OR b", "NEAR", 'NEAR has nothing behind it; to search for the word, quote it: "near"', ('"near"',)),
        ("a NEAR sort:newest", "NEAR", 'NEAR has nothing behind it; to search for the word, quote it: "near"',
         ('"near"',)),
        ("a NEAR -b", "-", "NEAR joins what is there: nothing behind it can be excluded", ()),
        ("(-a) NEAR b", "(-a)", "NEAR joins what is there: nothing beside it can be excluded", ()),
        ("a NEAR (b c)", "(b c)", NO_AND, ('"b c"',)),
        ("(a AND b) NEAR c", "(a AND b)", NO_AND, ()),
        ("(a OR (b c)) NEAR d", "(a OR (b c))", NO_AND, ()),
        ("a NEAR date:2020", "date:2020", "NEAR joins words and phrases; a filter stands apart from it", ()),
        ("speaker:x NEAR y", "speaker:x NEAR y",
         "NEAR joins words of one text, and these are of speaker and text", ()),
        ("said:x NEAR y", "said:x", "said: encloses all that is said: write said:(a NEAR/5 b)", ()),
        # words said, words as they are
        ("said:", "said:", NO_VALUE.replace("speaker", "said"), ('"said"',)),
        ("said:=x", "said:=", "said: takes no =, it is not a field with exact values", ("said:",)),
        ("said:(speaker:x)", "speaker:", "speaker: stands within the brackets of said:, move it out", ()),
        ("case:(said:x)", "said:", "said: stands within the brackets of case:, move it out", ()),
        ("case:NATO*", "NATO*", "case: takes words and phrases, without wildcards: 'NATO*'", ()),
        ("case:NATO~", "NATO~", "case: takes a word as it is, and ~ asks for similar ones: leave one out", ("NATO",)),
        # similar spellings
        ("wo~", "wo~", "'wo~' would stand for too many words: a word with ~ has at least 3 letters", ()),
        ("w*rd~", "w*rd~", "a ~ stands behind one word of letters and digits, and 'w*rd' is not one", ()),
        # wildcards
        ("what is this?", "this?",
         "a ? at the end of a word: leave it out, or write this* for every word that begins so", ("this", "this*")),
        ("*", "*", "'*' alone is no word: a wildcard needs letters before it, as in decl*", ()),
        ("a w*", "w*",
         "'w*' would stand for too many words: a wildcard word begins with a letter and has at least 2 of them", ()),
        ('"decl* of"', "*",
         "* is no wildcard inside a phrase: leave it out, or write the word with it unquoted", ()),
    ],
)  # fmt: skip
def test_every_mistake_is_told(
    query: str, pointed: str, message: str, suggestions: tuple[str, ...], profile: Profile
) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query, profile, today=TODAY)
    error = raised.value
    assert str(error) == message
    assert error.query == query
    assert query[error.start : error.end] == pointed
    assert error.suggestions == suggestions


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("speeker:Aliyev war", "speaker:Aliyev war"),
        ("war AND", 'war "and"'),
        ("a & b", "a AND b"),
        ("a !b", "a -b"),
        ("speaker:-x", "-speaker:x"),
        ('"a b"~500', '"a b"~5'),
        ("see http://x.y", 'see url:"http://x.y"'),
        ("a NEAR/500 b", "a NEAR/5 b"),
        ("a NEAR (war crimes)", 'a NEAR "war crimes"'),
        ("2010..2008", "2008..2010"),
        ("what?", "what"),
        ("after:2008", "from:2008"),
    ],
)
def test_a_suggestion_put_in_its_place_is_a_query(query: str, corrected: str, profile: Profile) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query, profile)
    error = raised.value
    assert query[: error.start] + error.suggestions[0] + query[error.end :] == corrected
    assert parse(corrected, profile)


@pytest.mark.parametrize(
    ("query", "message", "start"),
    [
        ("(" * 5_000, "brackets are nested more than 50 deep: leave some out", 50),
        ("speaker:(" + "(" * 5_000, "brackets are nested more than 50 deep: leave some out", 58),
        ("a " * 1_001, "more than 1,000 clauses: a long text is searched as one phrase (-p)", 2_000),
        ("x" * 10_001, "the query has 10,001 characters; at most 10,000 are read", 10_000),
    ],
)
def test_limits(query: str, message: str, start: int, profile: Profile) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query, profile)
    assert (str(raised.value), raised.value.start) == (message, start)
