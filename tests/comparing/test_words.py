"""A word diff makes up both texts, letter for letter, and marks no more than was edited."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.comparing import Piece, word_diff

TEXT = st.text(st.sampled_from("ab .!?\n,'é\u2019"), max_size=60)


@given(TEXT, TEXT)
@settings(max_examples=300, deadline=None)
def test_the_pieces_make_up_both_texts(former: str, present: str) -> None:
    pieces = word_diff(former, present)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == former
    assert "".join(piece.text for piece in pieces if piece.kind != "cut") == present
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@given(TEXT)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert all(piece.kind == "same" for piece in word_diff(text, text))


def test_a_word_is_replaced() -> None:
    assert word_diff("First. The ceasefire holds. Last.", "First. The truce holds. Last.") == (
        Piece("same", "First. The"),
        Piece("cut", " ceasefire"),
        Piece("added", " truce"),
        Piece("same", " holds. Last."),
    )


def test_words_are_added_and_cut() -> None:
    assert word_diff("We will not go.", "We will go now.") == (
        Piece("same", "We will"),
        Piece("cut", " not"),
        Piece("same", " go"),
        Piece("added", " now"),
        Piece("same", "."),
    )


def test_a_number_is_no_half_edited_word() -> None:
    assert Piece("cut", " 2023") in word_diff("In 2023 it was.", "In 2024 it was.")


def test_a_long_text_with_one_edit_is_compared_at_once() -> None:
    sentences = [f"Sentence number {number} says what it says. " for number in range(20_000)]
    edited = [*sentences]
    edited[11_111] = "Sentence number 11111 says otherwise. "
    pieces = word_diff("".join(sentences), "".join(edited))
    assert [piece for piece in pieces if piece.kind != "same"] == [
        Piece("cut", " what it says"),
        Piece("added", " otherwise"),
    ]
