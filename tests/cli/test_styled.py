"""Text with its styles: put together, cut at line breaks, and drawn by rich as it was meant."""

from __future__ import annotations

import io

import pytest

from searchkit.cli.color import chosen_color
from searchkit.cli.screen import Screen, Styled, plain
from searchkit.cli.terminal import Terminal


def test_parts_keep_their_styles_and_give_them_to_nobody() -> None:
    line = Styled("a name  ", "dim") + Styled("its value")
    assert line.text == "a name  its value"
    assert line.spans == [(0, 8, "dim")]


def test_rows_have_the_styles_of_their_part() -> None:
    text = plain("one\n\ntwo three", "green")
    text.stylize("bold", 2, 8)
    assert [(row.text, row.spans) for row in text.rows()] == [
        ("one", [(0, 3, "green"), (2, 3, "bold")]),
        ("", []),
        ("two three", [(0, 9, "green"), (0, 3, "bold")]),
    ]


def test_a_terminal_draws_each_part_in_its_style() -> None:
    stream = io.StringIO()
    Terminal(stream, "always").unwrapped(Styled("name ", "bold") + Styled("value") + Styled("!", "red"))
    assert stream.getvalue() == "\x1b[1mname \x1b[0mvalue\x1b[31m!\x1b[0m\n"


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "TTY_COMPATIBLE"])
def test_a_pipe_has_colours_where_the_environment_asks(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert chosen_color() == "auto"
    stream = io.StringIO()
    Screen(stream).line(plain("a\x1b[2J", "bold"))
    assert stream.getvalue() == "a␛[2J\n"
    monkeypatch.setenv(variable, "1")
    Screen(stream).line(plain("a", "bold"))
    assert stream.getvalue() == "a␛[2J\n\x1b[1ma\x1b[0m\n"
