"""Words, phrases, patterns, and the forms that closed compounds give them."""

from __future__ import annotations

from typing import Any

import pytest

from searchkit.errors import QueryError
from searchkit.query.nodes import Forms, Phrase, Prefix, Term, Wildcard, Word
from searchkit.query.pieces import Piece
from searchkit.query.words import Manner, Wording

WORDING = Wording(
    languages=frozenset({"en"}),
    compounds={
        "ceasefire": ("cease", "fire"),
        "longterm": ("long", "term"),
        "soninlaw": ("son", "in", "law"),
    },
)
NAMES = Wording("speaker")


def whole(text: str) -> Piece:
    return Piece(text, 0, len(text))


def word(stem: str) -> Word:
    return Word([Term("stems", f"en:{stem}")], stem)


def row(*words: str, **options: Any) -> Phrase:
    return Phrase("text", words, **options)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("Declarations", word("declar")),
        ("Şuşa,", word("susa")),
        ("don't", word("don't")),
        ("U.S.", row("u", "s")),
        ("AT&T", row("at", "t")),
        ("well-known", row("well", "known")),
        ("中国", row("中", "国")),
        ("ceasefire", Forms([word("ceasefir"), row("cease", "fire")], [])),
        ("cease-fire", Forms([row("cease", "fire"), word("ceasefir")], [])),
        ("[applause]", word("applaus")),
    ],
)
def test_bare_words(text: str, node: Any) -> None:
    assert WORDING.bare(whole(text)) == node


def test_a_word_stands_for_a_stem_of_each_language() -> None:
    query = Wording(languages=frozenset({"fr", "en", ""})).bare(whole("Declarations"))
    assert query == Word(
        [Term("stems", "declarations"), Term("stems", "en:declar"), Term("stems", "fr:declar")], "Declarations"
    )
    assert query.surface == "Declarations"
    assert [(leaf.startchar, leaf.endchar) for leaf in query.leaves()] == [(0, 12)] * 3


def test_without_languages_a_word_is_literal() -> None:
    assert Wording().bare(whole("Declarations")) == Word([Term("text", "declarations")], "")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("Declarations", Term("text", "declarations")),
        ("The Rule of Law", row("the", "rule", "of", "law")),
        ("Mr. Lee Kuan Yew", row("mr", "lee", "kuan", "yew")),
        ("U.S. President", row("u", "s", "president")),
        ("the war. Crimes", row("the", "war", "crimes", offsets=[0, 1, 3])),
        ("what? no", row("what", "no")),
        ("we will (APPLAUSE) win", row("we", "will", "win")),
        ("Erdoğan's", Term("text", "erdogan")),
    ],
)
def test_phrases(text: str, node: Any) -> None:
    assert WORDING.phrase(whole(text)) == node


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("cease fire", ["cease fire", "ceasefire"]),
        ("ceasefire", ["ceasefire", "cease fire"]),
        ("the ceasefire agreement", ["the ceasefire agreement", "the cease fire agreement"]),
        ("son-in-law", ["son in law", "soninlaw"]),
        (
            "long-term ceasefire",
            ["long term ceasefire", "longterm ceasefire", "long term cease fire", "longterm cease fire"],
        ),
    ],
)
def test_forms_of_a_phrase(text: str, labels: list[str]) -> None:
    forms = WORDING.phrase(whole(text))
    assert list(forms.labels) == labels
    assert list(forms.subqueries) == [row(*label.split()) if " " in label else Term("text", label) for label in labels]


def test_a_form_moves_what_follows() -> None:
    forms = WORDING.phrase(whole("ceasefire. Then cease fire now"))
    assert [(form.words, form.offsets) for form in forms.subqueries] == [
        (("ceasefire", "then", "cease", "fire", "now"), (0, 2, 3, 4, 5)),
        (("cease", "fire", "then", "cease", "fire", "now"), (0, 1, 3, 4, 5, 6)),
        (("ceasefire", "then", "ceasefire", "now"), (0, 2, 3, 4)),
        (("cease", "fire", "then", "ceasefire", "now"), (0, 1, 3, 4, 5)),
    ]


def test_no_compound_across_a_sentence_end() -> None:
    assert WORDING.phrase(whole("they cease. Fire")) == row("they", "cease", "fire", offsets=[0, 1, 3])


def test_no_other_forms_at_a_distance_or_in_names() -> None:
    assert WORDING.phrase(whole("ceasefire agreement"), 5) == row("ceasefire", "agreement", slop=5)
    assert NAMES.phrase(whole("Cease Fire")) == Phrase("speaker", ["cease", "fire"])


def test_forms_are_bounded() -> None:
    four = WORDING.phrase(whole("ceasefire and " * 4))
    assert len(four.subqueries) == 16
    five = WORDING.phrase(whole("ceasefire and " * 5))
    assert [len(form.words) for form in five.subqueries] == [10, 11, 11, 11, 11, 11]
    many = WORDING.phrase(whole("ceasefire and " * 400))
    assert len(many.subqueries) == 16


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("declar*", Prefix("text", "declar")),
        ("Erdoğ*", Prefix("text", "erdog")),
        ("w?rd", Wildcard("text", "w?rd")),
        ("w*d", Wildcard("text", "w*d")),
        ("W**?D*", Wildcard("text", "w?*d*")),
        ("word?*", Wildcard("text", "word?*")),
        ("don't*", Prefix("text", "don't")),
    ],
)
def test_patterns(text: str, node: Any) -> None:
    assert WORDING.pattern(whole(text)) == node


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("what?", ("what", "what*")),
        ("what??", ("what", "what*")),
        ("w*", ()),
        ("*claration", ()),
        ("?rd", ()),
        ("?", ()),
        ("**", ()),
        ("cease-fir*", ()),
        ("*.txt", ()),
        ("a?" * 9 + "a", ()),
    ],
)
def test_patterns_that_are_refused(text: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as raised:
        WORDING.pattern(whole(text))
    assert raised.value.suggestions == suggestions
    assert (raised.value.start, raised.value.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "pointed"),
    [("decl* of", "*"), ("a * b", "*"), ("the w?rd", "?"), ("🙂", "🙂"), ("(APPLAUSE)", "(APPLAUSE)")],
)
def test_phrases_that_are_refused(text: str, pointed: str) -> None:
    with pytest.raises(QueryError) as raised:
        WORDING.phrase(whole(text))
    assert text[raised.value.start : raised.value.end] == pointed


def test_a_phrase_is_not_a_book() -> None:
    with pytest.raises(QueryError, match=r"a phrase of 1,001 words is too long: at most 1,000 are searched"):
        WORDING.phrase(whole("a " * 1001))


def test_a_distance_needs_two_words() -> None:
    with pytest.raises(QueryError, match="'word' is one"):
        WORDING.phrase(whole("word"), 5)


SPELLED = Wording(
    languages=frozenset({"en"}),
    compounds={"shushatown": ("shusha", "town")},
    names={"shusha": ("shusha", "susa", "шуша"), "shushi": ("shushi",)},
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Shusha", ("shusha", "susa", "шуша")),
        ("Şuşa", ("susa", "shusha", "шуша")),
        ("Шуша", ("шуша", "shusha", "susa")),
        ("shushatown", ("shushatown", "shusha town")),
    ],
)
def test_an_unquoted_name_has_its_forms_in_other_letters(text: str, labels: tuple[str, ...]) -> None:
    node = SPELLED.bare(whole(text))
    assert node.labels == labels
    assert node.surface == text


@pytest.mark.parametrize("text", ["susa", "Shushi", "town"])
def test_other_words_have_none(text: str) -> None:
    assert isinstance(SPELLED.bare(whole(text)), Word)


def test_quoted_and_exact_words_have_none() -> None:
    assert SPELLED.phrase(whole("Shusha")) == Term("text", "shusha")
    assert Wording(names=SPELLED.names, manner=Manner.EXACT).bare(whole("Shusha")) == Term("text", "shusha")
