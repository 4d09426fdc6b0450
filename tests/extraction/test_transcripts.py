from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.extraction.people import Person
from searchkit.extraction.transcripts import Turn, is_procedural, opening_label, turns_of

SITTING = """Sitting of 4 March 1998

Mr Speaker: Order. Order.

The Minister for Finance (Dr R. Hu): Sir, I beg to move.

It is a short Bill: it has two clauses.

Mr Chiam: May I ask a question?
Several hon. Members: No.
"""


HEADINGS = """Good evening. Let us keep going: our one goal is welfare, and its reform.

WELFARE REFORM: It works.

GOAL ONE: Schools.

KEEP GOING: We must.

KEEP GOING: We will.
"""


def test_every_turn_of_a_sitting() -> None:
    turns = turns_of(SITTING)
    assert [(turn.label, turn.person, SITTING[turn.start : turn.end]) for turn in turns] == [
        (None, Person(None), "Sitting of 4 March 1998"),
        ("Mr Speaker", Person(None, "Speaker"), "Order. Order."),
        (
            "The Minister for Finance (Dr R. Hu)",
            Person("R. Hu", "Minister for Finance"),
            "Sir, I beg to move.\n\nIt is a short Bill: it has two clauses.",
        ),
        ("Mr Chiam", Person("Chiam"), "May I ask a question?"),
        ("Several hon. Members", Person(None), "No."),
    ]


def test_one_label_makes_a_transcript_if_it_opens_the_text() -> None:
    text = "DONALD TRUMP: Thank you.\n\n(APPLAUSE)\n\nWhat a crowd."
    assert [text[turn.start : turn.end] for turn in turns_of(text)] == ["Thank you.\n\n(APPLAUSE)\n\nWhat a crowd."]


def test_names_in_lines_of_their_own() -> None:
    text = (
        "Mr. Speaker\nOrder.\n\nMs. Ruth Abernathy (The Islands)\nThe boat is late.\n\n"
        "The Minister of Finance (Mrs. Lin Wei)\nIt is not."
    )
    assert [(turn.label, turn.person, text[turn.start : turn.end]) for turn in turns_of(text)] == [
        ("Mr. Speaker", Person(None, "Speaker"), "Order."),
        ("Ms. Ruth Abernathy (The Islands)", Person("Ruth Abernathy"), "The boat is late."),
        ("The Minister of Finance (Mrs. Lin Wei)", Person("Lin Wei", "Minister of Finance"), "It is not."),
    ]


def test_a_list_of_those_present_is_no_transcript() -> None:
    assert turns_of("Present\n\nMr Lee\nMr Tan\nMs Wong\nDr Toh\n\nAbsent\n\nMr Chiam") == []


def test_questions_and_answers() -> None:
    text = "Q: Will it be dredged?\nA: In March.\nQ: This year?\nA: Yes."
    assert [(turn.label, text[turn.start : turn.end]) for turn in turns_of(text)] == [
        ("Q", "Will it be dredged?"),
        ("A", "In March."),
        ("Q", "This year?"),
        ("A", "Yes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The minister spoke in Shusha.\n\nNote: the harbour is closed.",
        "Mr. President, Mr. Speaker, members of the legislature, my fellow citizens:\n\nGood evening.",
        "The promise of the harbour: jobs.\n\nThe cost: nobody knows.",
        "Present: Mr Lee, Mr Tan.\n\nAbsent: Mr Wong.\n\nVolume: 12",
        HEADINGS,
        "Good evening.\n\nThe Path Forward: Roads.\n\nThe Path Forward: Schools.\n\nThe Path Forward: Ports.",
        "Mr. Speaker.\nMr. President Pro Tem.\nMr. Chief Justice.\nMy fellow citizens.\nThank you all.",
        "He said three things: one, two and three.",
        "Speaker: Deputy Minister Ada Okafor\nVenue: Congress Hall\n\nI thank you.",
        "WE MEET AT A TIME OF GREAT NEED.\n\nHARBOUR SUCCESSES: TWO.\n\nMY FELLOW CITIZENS: THREE.\n\nALL OF IT: FOUR.",
        "NEW DELHI: The minister said on Monday that the port was closed.",
        "Palm Bay (1-0): 2 goals.\n\nSpace Coast (0-1): none.\n\nMerritt Island (3-2): 4 goals.",
        "",
    ],
)
def test_no_transcript(text: str) -> None:
    assert turns_of(text) == []


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Mr Lee Kuan Yew: Sir, I agree.", (17, "Mr Lee Kuan Yew")),
        ("The Prime Minister: I agree.", (20, "The Prime Minister")),
        ("Harbour dues: they rise.", (0, None)),
        ("I agree.", (0, None)),
        ("Mr Lee:", (0, None)),
    ],
)
def test_a_label_that_opens_a_record(text: str, opening: tuple[int, str | None]) -> None:
    assert opening_label(text) == opening


@pytest.mark.parametrize(
    ("label", "role", "text", "procedural"),
    [
        ("Mr Speaker", "Speaker", "Order. Order.", True),
        ("Mr Speaker", "Speaker", "Question put, and agreed to.", True),
        ("Mr Speaker", "Speaker", "Mr Chiam See Tong.", True),
        ("The Chairman", "Chairman", "The sitting is adjourned till tomorrow.", True),
        ("Mr Speaker", "Speaker", "I have known this House for thirty years, and I shall miss it.", False),
        ("Mr Chiam", None, "Order. Order.", False),
        ("The Minister", "Minister", "Question put, and agreed to.", False),
    ],
)
def test_procedural(label: str, role: str | None, text: str, procedural: bool) -> None:
    assert is_procedural(Turn(0, len(text), label, Person(None, role)), text) is procedural


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(["MR LEE:", "Mr Tan: yes.", "No.", "\n", "\n\n", "Q: why?", " ", "Note: x", "–"]), max_size=30
    )
)
def test_every_word_stands_in_at_most_one_turn(pieces: list[str]) -> None:
    text = "".join(pieces)
    turns = turns_of(text)
    for turn, following in itertools.pairwise(turns):
        assert turn.start < turn.end <= following.start
    if turns:
        outside = (
            text[: turns[0].start]
            + "".join(text[turn.end : following.start] for turn, following in itertools.pairwise(turns))
            + text[turns[-1].end :]
        )
        assert set(re.findall(r"\w+", outside)) <= {"MR", "LEE", "Mr", "Tan", "Q", "Note", "x", "No"}


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "Helen Marsh (00:12):\nThank you.\n\nCrowd (00:20):\nHelen!\n\nHelen Marsh (01:00:25):\nI am here.",
            [("Helen Marsh", "Thank you."), ("Crowd", "Helen!"), ("Helen Marsh", "I am here.")],
        ),
        (
            "President. – The next item.\n\nAnna Lind (PPE), rapporteur. – We agree.\n\nPresident. – It is closed.",
            [("President", "The next item."), ("Anna Lind (PPE)", "We agree."), ("President", "It is closed.")],
        ),
        (
            "The CHAIRMAN. Order.\n\nMr. ABERNATHY of the Islands. I thank you.\n\nThe CHAIRMAN. Go ahead.",
            [("The CHAIRMAN", "Order."), ("Mr. ABERNATHY", "I thank you."), ("The CHAIRMAN", "Go ahead.")],
        ),
        (
            "DONALD TRUMP: I am late.\n\nNumber Three: zero.\n\nQuote: yes.\n\nDONALD TRUMP: I go.",
            [("DONALD TRUMP", "I am late.\n\nNumber Three: zero.\n\nQuote: yes."), ("DONALD TRUMP", "I go.")],
        ),
        (
            "Mr Lee: I move.\n\nQuestion put, and agreed to.\n\nPORTS\n\n1. Mr Tan asked the Minister.\n\nMr Lee: No.",
            [
                ("Mr Lee", "I move."),
                (None, "Question put, and agreed to.\n\nPORTS"),
                ("Mr Tan", "asked the Minister."),
                ("Mr Lee", "No."),
            ],
        ),
    ],
)
def test_styles(text: str, turns: list[tuple[str | None, str]]) -> None:
    assert [(turn.label, text[turn.start : turn.end]) for turn in turns_of(text)] == turns


def test_the_heading_over_a_turn_is_its_title() -> None:
    text = "Mr Lee: I move.\n\nHARBOUR DUES\n\n(Small boats)\n\nMr Tan: Why?\n\nMr Lee: Because."
    assert [turn.title for turn in turns_of(text)] == [None, None, *["HARBOUR DUES (Small boats)"] * 2]
