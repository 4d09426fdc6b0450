"""Nothing in the text of a page can do anything to a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.presenting import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;gone\x07", "␛[2J␛]0;gone␇"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\x9b31mred", "�31mred"),
        ("one\ttwo\r\nthree", "one two \nthree"),
        ("line\u2028break", "line\nbreak"),
        ("\u202edetrevni", "�detrevni"),
        ("caf\udce9", "caf�"),
        ("[bold]Şuşa[/bold] 😀", "[bold]Şuşa[/bold] 😀"),
        ("שלום \u200fمرحبا", "שלום \u200fمرحبا"),
    ],
)
def test_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_on_one_line() -> None:
    assert visible("a\nb\u2029c", one_line=True) == "a b c"


@given(st.text())
def test_offsets_stay_true_and_no_control_is_left(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert {unicodedata.category(letter) for letter in shown.replace("\n", "")}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    shown.encode("utf-8")
