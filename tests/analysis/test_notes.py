"""Stage notes: what nobody said."""

from __future__ import annotations

import pytest

from searchkit.analysis import stage_notes


@pytest.mark.parametrize(
    "note",
    ["(APPLAUSE)", "(Applause.)", "[Laughter]", "(Loud and prolonged cheers)", "[Interruption.]", "(Beifall)",
     "(Аплодисменты)", "(COMMERCIAL BREAK)", "[inaudible]"],
)  # fmt: skip
def test_notes(note: str) -> None:
    text = f"Thank you. {note} We go on."
    (found,) = stage_notes(text)
    assert text[slice(*found)] == note


@pytest.mark.parametrize(
    "text",
    ["(NATO)", "(the applause of the many who came was no comfort)", "[2024]", "()", "(and I mean it)", "(APPLAUSE"],
)
def test_no_notes(text: str) -> None:
    assert stage_notes(text) == ()
