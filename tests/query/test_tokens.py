"""The tokens of a query, each with its place."""

from __future__ import annotations

import pytest

from searchkit.errors import QueryError
from searchkit.query.tokens import Lexer, TokenKind


def tokens(query: str) -> list[tuple[str, str]]:
    lexer = Lexer(query)
    found: list[tuple[str, str]] = []
    while lexer.peek().kind is not TokenKind.END:
        token = lexer.take()
        found.append((token.kind.value, token.inside.text))
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a b", [("word", "a"), ("word", "b")]),
        ("a\u200b b\u200f\n", [("word", "a"), ("word", "b")]),
        ("(a|b)", [("(", "("), ("word", "a"), ("OR", "|"), ("word", "b"), (")", ")")]),
        ("a || b", [("word", "a"), ("OR", "||"), ("word", "b")]),
        (
            "a AND NOT b OR c",
            [("word", "a"), ("AND", "AND"), ("NOT", "NOT"), ("word", "b"), ("OR", "OR"), ("word", "c")],
        ),
        ("and Or nOT near", [("word", "and"), ("word", "Or"), ("word", "nOT"), ("word", "near")]),
        ("-a", [("NOT", "-"), ("word", "a")]),
        ("−a –b ‐c", [("NOT", "−"), ("word", "a"), ("NOT", "–"), ("word", "b"), ("NOT", "‐"), ("word", "c")]),
        ("(-a)", [("(", "("), ("NOT", "-"), ("word", "a"), (")", ")")]),
        ('-"a b"', [("NOT", "-"), ("phrase", "a b")]),
        ("-(a)", [("NOT", "-"), ("(", "("), ("word", "a"), (")", ")")]),
        ("cease-fire a- - --x", [("word", "cease-fire"), ("word", "a-"), ("word", "-"), ("word", "--x")]),
        ('"a b"c', [("phrase", "a b"), ("word", "c")]),
        ('a"b c"', [("word", "a"), ("phrase", "b c")]),
        ("speaker:x", [("field", "speaker"), ("word", "x")]),
        ("speaker: x", [("field", "speaker"), ("word", "x")]),
        ('speaker:="x y"', [("field", "speaker"), ("phrase", "x y")]),
        ("-speaker:x", [("NOT", "-"), ("field", "speaker"), ("word", "x")]),
        ("10:30 x/y:z", [("word", "10:30"), ("word", "x/y:z")]),
        ("Примечание:да", [("field", "Примечание"), ("word", "да")]),
        ('צה"ל', [("word", 'צה"ל')]),
        ("a\x00b", [("word", "a\x00b")]),
    ],
)
def test_tokens(query: str, expected: list[tuple[str, str]]) -> None:
    assert tokens(query) == expected


def test_a_token_knows_its_place() -> None:
    lexer = Lexer('  speaker:="x y"  "a b"~12')
    field, phrase, far = lexer.take(), lexer.take(), lexer.take()
    assert (field.piece.start, field.piece.end, field.exact) == (2, 11, True)
    assert (phrase.piece.text, phrase.inside.text, phrase.distance) == ('"x y"', "x y", 1)
    assert (far.piece.text, far.inside.text, far.distance) == ('"a b"~12', "a b", 12)
    assert (lexer.take().piece.start, lexer.take().kind) == (26, TokenKind.END)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("http://x.y/z?a=(1) b", "http://x.y/z?a=(1)"),
        (" a|b c", "a|b"),
        ("foo) c", "foo"),
        ("foo(1)) c", "foo(1)"),
        (")))", ""),
        ("", ""),
    ],
)
def test_a_raw_value_is_taken_as_it_stands(text: str, value: str) -> None:
    assert Lexer(text).raw().text == value


def test_brackets_are_taken_where_they_stand() -> None:
    lexer = Lexer(" [2005 to 2009] x")
    brackets = lexer.bracketed()
    assert brackets is not None
    assert brackets.text == "[2005 to 2009]"
    assert lexer.bracketed() is None
    assert lexer.take().piece.text == "x"


@pytest.mark.parametrize(
    ("query", "pointed", "suggestions"),
    [
        ('x "a b', '"', ()),
        ('"a b"~', "~", ("~5",)),
        ('"a b"~0', "~0", ("~5",)),
        ('"a b"~100', "~100", ("~5",)),
        ('"a b"~5x', "~5x", ("~5",)),
        ('"a b"~٣', "~٣", ("~5",)),
        ("a NEAR/0 b", "NEAR/0", ("NEAR/5", '"near"')),
        ("a NEAR/100 b", "NEAR/100", ("NEAR/5", '"near"')),
        ("a NEAR/x b", "NEAR/x", ("NEAR/5", '"near"')),
        ("see https://x.y/z now", "https://x.y/z", ('url:"https://x.y/z"', '"https://x.y/z"')),
    ],
)
def test_errors_point(query: str, pointed: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as raised:
        tokens(query)
    assert query[raised.value.start : raised.value.end] == pointed
    assert raised.value.suggestions == suggestions
