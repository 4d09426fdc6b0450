"""What a value means in each kind of field."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from searchkit.dates import span
from searchkit.errors import QueryError
from searchkit.query import Profile
from searchkit.query.nodes import DateWithin, Forms, Phrase, Prefix, Term, Word
from searchkit.query.pieces import Piece
from searchkit.query.values import Reading, Value, field_named, read_value, refuse_signs
from searchkit.schema import with_own_fields

PROFILE = Profile(with_own_fields(("party",)), frozenset({"en"}), {"ceasefire": ("cease", "fire")})
READING = Reading(PROFILE, datetime.date(2024, 3, 1))


def whole(text: str) -> Piece:
    return Piece(text, 0, len(text))


def read(name: str, text: str, **options: Any) -> Any:
    return read_value(field_named(whole(name), PROFILE), Value(whole(text), **options), READING)


@pytest.mark.parametrize(
    ("name", "text", "options", "node"),
    [
        ("speaker", "Əliyev", {}, Term("speaker", "aliyev")),
        ("speaker", "al-Sisi", {}, Phrase("speaker", ["al", "sisi"])),
        ("speaker", "Ilham Aliyev", {"quoted": True}, Phrase("speaker", ["ilham", "aliyev"])),
        ("speaker", "Ilham Aliyev", {"quoted": True, "slop": 2}, Phrase("speaker", ["ilham", "aliyev"], slop=2)),
        ("speaker", "ali*", {}, Prefix("speaker", "ali")),
        ("speaker", "Ilham  Aliyev", {"quoted": True, "exact": True}, Term("speaker_value", "Ilham  Aliyev")),
        ("speaker", "ali*", {"exact": True}, Term("speaker_value", "ali*")),
        ("person", "x", {}, Term("speaker", "x")),
        ("By", "x", {}, Term("speaker", "x")),
        ("place", "Shusha", {}, Term("venue", "shusha")),
        ("title", "Declarations", {}, Term("title", "declarations")),
        ("title", "cease fire", {"quoted": True},
         Forms([Phrase("title", ["cease", "fire"]), Term("title", "ceasefire")], [])),
        ("text", "declarations", {}, Word([Term("stems", "en:declar")], "")),
        ("text", "declarations", {"quoted": True}, Term("text", "declarations")),
        ("source", "News.Az", {}, Term("source", "news az")),
        ("source", "New  York TIMES", {"quoted": True}, Term("source", "new york times")),
        ("source", "News.Az", {"exact": True}, Term("source_value", "News.Az")),
        ("type", "Speech", {}, Term("kind", "speech")),
        ("party", "Labour", {}, Term("party", "labour")),
        ("id", "Trump/2016.html#ab12", {}, Term("id", "Trump/2016.html#ab12")),
        ("url", "http://x.y/?a=*", {"exact": True}, Term("url", "http://x.y/?a=*")),
        ("procedural", "YES", {}, Term("procedural", "yes")),
        ("procedural", "no", {"exact": True}, Term("procedural", "no")),
        ("date", "yesterday", {}, DateWithin(*span("2024-02-29"))),
        ("date", "15 June 2024", {"quoted": True}, DateWithin(*span("2024-06-15"))),
    ],
)  # fmt: skip
def test_values(name: str, text: str, options: dict[str, Any], node: Any) -> None:
    query = read(name, text, **options)
    assert query == node
    assert (query.startchar, query.endchar) == (0, len(text))


@pytest.mark.parametrize(
    ("name", "text", "options", "message", "suggestions"),
    [
        ("procedural", "maybe", {}, "procedural: is yes or no, not 'maybe'", ("yes", "no")),
        ("kind", "inter*", {}, "kind: compares whole values, without wildcards: 'inter*'", ()),
        ("source", "🙂", {}, "there is no word in '🙂': leave it out, or put a word there", ()),
        ("speaker", "...", {"quoted": True}, "there is no word in '...': leave it out, or put a word there", ()),
        ("title", "x", {"exact": True}, 'title: has no exact values: write title:"x" without the =', ()),
        ("date", "2024", {"exact": True}, 'date: has no exact values: write date:"2024" without the =', ()),
        ("source", "a b", {"quoted": True, "slop": 3}, "source: takes no distance: leave out the ~3", ()),
        ("speaker", "a b", {"quoted": True, "exact": True, "slop": 3},
         "speaker: takes no distance: leave out the ~3", ()),
        ("date", "2024", {"quoted": True, "slop": 3}, "date: takes no distance: leave out the ~3", ()),
        ("id", "a", {"quoted": True, "slop": 3}, "id: takes no distance: leave out the ~3", ()),
        ("procedural", "no", {"quoted": True, "slop": 3}, "procedural: takes no distance: leave out the ~3", ()),
        ("speaker", "ali^2", {}, "'ali^2': words have no weights here: leave out the ^", ("ali",)),
    ],
)  # fmt: skip
def test_values_that_are_refused(
    name: str, text: str, options: dict[str, Any], message: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(QueryError) as raised:
        read(name, text, **options)
    assert (str(raised.value), raised.value.suggestions) == (message, suggestions)
    assert (raised.value.start, raised.value.end) == (0, len(text))


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("speeker", ("speaker",)),
        ("Langage", ("language",)),
        ("partey", ("party",)),
        ("after", ("from", "date")),
        ("before", ("to",)),
        ("year", ("date",)),
        ("zzz", ()),
    ],
)
def test_unknown_fields_suggest(name: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(QueryError, match=f"there is no field '{name}'") as raised:
        field_named(whole(name), PROFILE)
    assert raised.value.suggestions[: len(suggestions)] == suggestions
    assert bool(raised.value.suggestions) is bool(suggestions)


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("word~2", ("word~",)),
        ("~word", ()),
        ("word^2", ("word",)),
        ("!word", ("-word",)),
        ("--word", ()),
        ("[word", ()),
        ("&", ("AND",)),
        ("-", ()),
        ("*", ()),
        (":", ()),
    ],
)
def test_signs_that_mean_nothing_here(text: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as raised:
        refuse_signs(whole(text))
    assert raised.value.suggestions == suggestions


@pytest.mark.parametrize("text", ["word", "+word", "#tag", "@user", "$5", "a-b", "word!"])
def test_signs_that_are_punctuation(text: str) -> None:
    refuse_signs(whole(text))
