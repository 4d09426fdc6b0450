"""Quotation marks of every kind, and where their phrase ends."""

from __future__ import annotations

import pytest

from searchkit.query.quotes import closing_mark, opens


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"a b" c', "a b"),
        ("“a b” c", "a b"),
        ("”a b” c", "a b"),
        ("„a b“ c", "a b"),
        ("„a b” c", "a b"),
        ("«a b» c", "a b"),
        ("»a b« c", "a b"),
        ("« a b » c", " a b "),
        ("「合意」", "合意"),
        # mixtures
        ('"a b” c', "a b"),
        ('“a b" c', "a b"),
        ('"a b» c', "a b"),
        # quotations inside
        ('"said “we will” today" c', "said “we will” today"),
        ('“said "we will" today” c', 'said "we will" today'),
        ("“said „we will“ today” c", "said „we will“ today"),
        ("«said “we will” today» c", "said “we will” today"),
        ('"said “we will" c', "said “we will"),
        # an abbreviation in Hebrew holds a mark that is none
        ('"צה"ל הודיע" c', 'צה"ל הודיע'),
        ('""', ""),
    ],
)
def test_a_phrase_ends(text: str, inside: str) -> None:
    assert opens(text, 0)
    end = closing_mark(text, 0)
    assert end is not None
    assert text[1:end] == inside


@pytest.mark.parametrize("text", ['"', '"a b', "“a b", "“a „b", '“a "b”'])
def test_a_phrase_never_ends(text: str) -> None:
    assert closing_mark(text, 0) is None


@pytest.mark.parametrize(("text", "at"), [("don't", 3), ("‘a’", 0), ('צה"ל', 2)])
def test_apostrophes_open_nothing(text: str, at: int) -> None:
    assert not opens(text, at)
