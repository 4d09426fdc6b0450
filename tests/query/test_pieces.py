"""Pieces point into the query, and show it safely."""

from __future__ import annotations

from searchkit.query.pieces import Piece, shown


def test_a_piece_points() -> None:
    piece = Piece("speaker:aliyev", 8, 14)
    assert piece.text == "aliyev"
    assert piece.cut(0, 3).text == "ali"
    assert Piece("speaker:aliyev", 0, 8).to(piece).text == "speaker:aliyev"
    error = piece.error("no", "yes")
    assert (str(error), error.query, error.start, error.end, error.suggestions) == (
        *("no", "speaker:aliyev", 8, 14),
        ("yes",),
    )


def test_what_is_shown_is_one_short_line() -> None:
    assert shown("a\nb\t c") == "a b c"
    assert shown("a\x00b\u202ec") == "a�b�c"
    assert shown("x" * 41) == "x" * 39 + "…"
