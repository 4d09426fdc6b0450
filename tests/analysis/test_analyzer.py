"""From text to tokens: words, positions, gaps, offsets, compounds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import PARAGRAPH_GAP, SENTENCE_GAP, analyze, fold


def gaps(text: str) -> list[int]:
    """How many positions each word skips after the one before."""
    positions = analyze(text).positions
    return [after - before - 1 for before, after in itertools.pairwise(positions)]


def test_words_positions_and_offsets() -> None:
    text = "Şuşa's Declaration, signed."
    analysis = analyze(text)
    assert analysis.forms == ["susa", "declaration", "signed"]
    assert analysis.positions == [0, 1, 2]
    assert [text[start:end] for start, end in zip(analysis.starts, analysis.ends, strict=True)] == [
        "Şuşa's",
        "Declaration",
        "signed",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lee",
        "the hon. Member",
        "the U.S. President",
        "J. M. Jumabhoy",
        "question No. 5",
        "on Sept. 11",
        "News.Az reports",
        'he asked, "Why?" and left',
        "Yes! he cried",
        "one; Two",
        "one: Two",
        "one\nTwo",
        "one.\ntwo",
        "one\n\ntwo",
        "so... We went",
        "$1.5 Billion",
        "Mon 10.30 Am",
    ],
)
def test_no_sentence_ends_here(text: str) -> None:
    assert set(gaps(text)) == {0}


@pytest.mark.parametrize(
    "text",
    [
        "war. Crimes",
        "war! Crimes",
        "war? Crimes",
        'war." Crimes',
        'war."Crimes',
        "war.” “Crimes",
        "war.) Crimes",
        "war.\nCrimes",
        "no. Then",
        "2008. Fifteen",
        "战。争",
        "حرب. سلام",
        "война. Мир",
    ],
)
def test_a_sentence_ends_here(text: str) -> None:
    assert gaps(text) == [SENTENCE_GAP]


@pytest.mark.parametrize("text", ["war\n\nCrimes", "war.\n \t\nCrimes", "war\n\n\n2008", "war:\n\n“Crimes"])
def test_a_paragraph_ends_here(text: str) -> None:
    assert gaps(text) == [PARAGRAPH_GAP]


def test_stage_notes_take_no_positions() -> None:
    analysis = analyze("We will (APPLAUSE) win [Interruption] this (NATO) war")
    assert analysis.forms == ["we", "will", "win", "this", "nato", "war"]
    assert analysis.positions == list(range(6))


def test_a_sentence_end_before_a_note_still_counts() -> None:
    assert gaps("Thank you. (APPLAUSE) We won") == [0, SENTENCE_GAP, 0]
    assert gaps("Thank you.\n\n(APPLAUSE)\n\nWe won") == [0, PARAGRAPH_GAP, 0]


def test_notes_can_be_given() -> None:
    text = "we * will win"
    assert analyze(text, [(3, 9)]).forms == ["we", "win"]
    assert analyze("(applause)", ()).forms == ["applause"]


def test_hyphens_separate_and_are_remembered() -> None:
    analysis = analyze("A cease-fire, a well\u2010known state-of-the-art man-o-war, 2008-2010, no - where")
    assert analysis.forms[:3] == ["a", "cease", "fire"]
    assert analysis.compounds == {
        ("ceasefire", ("cease", "fire")),
        ("wellknown", ("well", "known")),
        ("manowar", ("man", "o", "war")),
    }


def test_scripts_without_spaces_give_one_token_a_character() -> None:
    assert analyze("中国人民 and ภาษา").forms == ["中", "国", "人", "民", "and", "ภ", "า", "ษ", "า"]
    assert analyze("カタカナ").forms == list("カタカナ")


def test_stems_go_with_the_language() -> None:
    analysis = analyze("The declarations declared")
    assert analysis.stems("en") == ["en:the", "en:declar", "en:declar"]
    assert analysis.stems("az") == ["the", "declarations", "declared"]
    assert analysis.stems(None) == analysis.stems("en")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_every_token_stands_where_it_says(text: str) -> None:
    analysis = analyze(text)
    assert all(before < after for before, after in zip(analysis.positions, analysis.positions[1:], strict=False))
    previous = 0
    for form, start, end in zip(analysis.forms, analysis.starts, analysis.ends, strict=True):
        assert previous <= start < end <= len(text)
        assert fold(text[start:end]) == form
        previous = end


@settings(deadline=None)
@given(st.text(alphabet="ab.!?-' \n(\"A", max_size=60))
def test_a_query_meets_its_own_text(text: str) -> None:
    """What is typed as it stands in a text gives the same words at the same distances."""
    whole, again = analyze(text, ()), analyze(text.strip(), ())
    assert whole.forms == again.forms
    assert whole.positions == again.positions
