"""Snippets: verbatim, by span, in one voice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import analyze, stage_notes, stem_term
from searchkit.highlighting import highlight, marks, voice_at
from searchkit.models import Quote, Snippet, Speech
from searchkit.query import Profile, parse

PROFILE = Profile(languages=frozenset({"en"}), compounds={"ceasefire": ("cease", "fire")})


def speech(text: str, **fields: object) -> Speech:
    return Speech(id="s", page="p", text=text, notes=stage_notes(text), language="en", **fields)  # type: ignore[arg-type]


def snippets(query: str, spoken: Speech, most: int = 3) -> tuple[Snippet, ...]:
    return highlight(parse(query, PROFILE).query, spoken, most)


def highlighted(query: str, text: str) -> list[str]:
    return [snippet.text[start:end] for snippet in snippets(query, speech(text)) for start, end in snippet.highlights]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ('"Shusha Declaration"', "The Shusha Declaration, and Shusha.", ["Shusha Declaration"]),
        ("Shusha Declaration", "The Shusha Declaration, and Shusha.", ["Shusha Declaration", "Shusha"]),
        ("rule of law", "The rule of law is the rule of laws of men.", ["rule of law", "rule", "laws"]),
        ('"of"', "Men of men.", ["of"]),
        ("declared", "Declaring that he declares.", ["Declaring", "declares"]),
        ('"declares"', "Declaring that he declares.", ["declares"]),
        ("erdogan", "Mr Erdoğan’s words", ["Erdoğan’s"]),
        ("ceasefire", "A cease-fire and a ceasefire.", ["cease-fire", "ceasefire"]),
        ('"will win"', "We will (APPLAUSE) win.", ["will (APPLAUSE) win"]),
        ("war -peace", "No war.", ["war"]),
        ("dec*", "December deceit.", ["December", "deceit"]),
        ("speaker:x", "No words of it.", []),
    ],
)
def test_what_is_highlighted(query: str, text: str, expected: list[str]) -> None:
    assert highlighted(query, text) == expected


def test_a_hit_by_fields_alone_is_shown_by_its_beginning() -> None:
    text = "It begins here. " * 40
    (snippet,) = snippets("speaker:x", speech(text))
    assert snippet.start == 0
    assert snippet.highlights == ()
    assert text.startswith(snippet.text)
    assert 200 < len(snippet.text) <= 260


def test_an_empty_speech_has_no_snippet() -> None:
    assert snippets("speaker:x", speech("")) == ()


def test_snippets_are_the_best_pieces_in_the_order_of_the_text() -> None:
    filler = "Nothing of note was said for quite a while, as is usual. " * 8
    text = f"peace {filler} war and peace {filler} war {filler} war and peace and war {filler}"
    shown = snippets("war and peace", speech(text), most=2)
    assert [snippet.text[slice(*snippet.highlights[0])] for snippet in shown] == ["war and peace", "war and peace"]
    assert shown[0].end <= shown[1].start


def test_a_snippet_stays_inside_its_paragraph() -> None:
    (snippet,) = snippets("war", speech("Before it.\n\nThe war here.\n\nAfter it."))
    assert snippet.text == "The war here."


ARTICLE = speech(
    'He came. "No war," he said. They spoke of war. "War it is," said another. War.',
    kind="article",
    quotes=(Quote("Ann Lee", "No war,", 10, 17), Quote(None, "War it is,", 49, 59)),
)


def test_every_snippet_says_whose_words_are_highlighted() -> None:
    shown = snippets("war", ARTICLE, most=9)
    voices = {snippet.text[start:end] + "/" + snippet.voice for snippet in shown for start, end in snippet.highlights}
    assert voices <= {"war/quoted Ann Lee", "war/reporter", "War/quoted", "War/reporter"}
    for snippet in shown:
        for start, end in snippet.highlights:
            assert voice_at(ARTICLE, snippet.start + start, snippet.start + end) == snippet.voice


def test_the_words_of_a_turn_are_the_speakers() -> None:
    (snippet,) = snippets("war", speech("No war."))
    assert snippet.voice == "speaker"


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet='ab .\n\u00e9"(', max_size=600), st.sampled_from(("a", '"a b"', "a b", "ba*", '"a b"~3')))
def test_snippets_are_verbatim_whatever_the_text(text: str, query: str) -> None:
    spoken = speech(text)
    last = 0
    for snippet in snippets(query, spoken):
        assert last <= snippet.start < snippet.end
        assert text[snippet.start : snippet.end] == snippet.text
        assert snippet.text == snippet.text.strip()
        for start, end in snippet.highlights:
            assert 0 <= start < end <= len(snippet.text)
        last = snippet.end


PIECES = st.sampled_from(
    ("war", "War", "wars", "WAR'S", "peace", "Peace.", "o'war", "war-peace", "Mr. War", "no war!\n\nPeace", "it's",
     "(APPLAUSE)", "war (LAUGHTER) peace", "“peace”", "peace’s", "war – peace", "Şuşa", "5", "war5", "of", "the", "\n")
)  # fmt: skip
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from((" ", " ", ". ", "? ", ", ", "-", "'", "’", "\n\n"))), max_size=30)
QUERIES = st.sampled_from(
    ('"war"', '"war peace"', '"peace war"', '"of the"', '"it\'s war"', "war", "wars peace", "peace OR war",
     '"war" -peace', '"war peace war"', '"mr war"', "ceasefire", '"war" speaker:x', "wa*", "war NEAR/3 peace",
     'peace "war"', '"no war peace"', '"of" OR "war"', '"of" OR "the"',
     '"it\'s" OR peace', '"it" OR "peace\'s"', "of OR wars")
)  # fmt: skip


@given(TEXTS, QUERIES, st.sampled_from(("en", "en", "fr", None)))
@settings(max_examples=400)
def test_read_around_the_words_alone_it_is_the_same(
    pieces: list[tuple[str, str]], query: str, language: str | None
) -> None:
    spoken = replace(speech("".join(piece + end for piece, end in pieces)), language=language)
    words = set(analyze(spoken.text, spoken.notes).forms)
    asked = parse(query, PROFILE).query

    def spellings(stem: str) -> list[str]:
        return sorted(word for word in words if stem_term(word, "en") == stem)

    assert highlight(asked, spoken, 3, spellings) == highlight_whole(asked, spoken)
    with reading_all():
        expected = marks(asked, spoken)
    assert marks(asked, spoken) == expected


def highlight_whole(asked: Any, spoken: Speech) -> tuple[Snippet, ...]:
    """The same with all of the text analysed."""
    with reading_all():
        return highlight(asked, spoken, 3)


@contextmanager
def reading_all() -> Iterator[None]:
    with (
        mock.patch("searchkit.highlighting.analyze_around", return_value=None),
        mock.patch("searchkit.highlighting.words_around", return_value=None),
    ):
        yield
