from __future__ import annotations

import pytest

from searchkit.extraction.headings import heading_of, narration_start

SPOKEN = "I beg to move.\n\nIt is a short Bill."


@pytest.mark.parametrize(
    "narrated",
    [
        "HARBOUR DUES",
        "HARBOUR DUES\n\n(Rates for small boats)",
        "Question put, and agreed to.",
        "Bill accordingly read a Second time.\n\nHARBOUR BILL",
        '3.30 pm\n\nADJOURNMENT\n\nResolved,\n\n"That the House do now adjourn."',
        "[Mr Deputy Speaker in the Chair]\n\nPORTS",
    ],
)
def test_narration(narrated: str) -> None:
    text = f"{SPOKEN}\n\n{narrated}"
    assert text[narration_start(text, 0, len(text)) :] == narrated


@pytest.mark.parametrize("ending", ["(Applause)", "NO!", "It is late.", '"THAT IS ALL"'])
def test_the_turn_lasts(ending: str) -> None:
    text = f"{SPOKEN}\n\n{ending}"
    assert narration_start(text, 0, len(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("It is late.\n\nHARBOUR DUES", "HARBOUR DUES"),
        ("PORTS\n\nIt is late.\n\nHARBOUR DUES\n(Rates for small boats)", "HARBOUR DUES (Rates for small boats)"),
        ("HARBOUR DUES\n\nOrder read for Second Reading.", "HARBOUR DUES"),
        ("It is late.\n\n(Laughter)", None),
        ("It is late.", None),
    ],
)
def test_heading(text: str, heading: str | None) -> None:
    assert heading_of(text, 0, len(text)) == heading
