from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.extraction.attribution import quotes_of


def who(text: str, principal: str | None = None) -> list[tuple[str | None, str]]:
    return [(quote.speaker, quote.text) for quote in quotes_of(text, principal)]


@pytest.mark.parametrize(
    "text",
    [
        'Anna Lind came. "The port is safe," Lind said.',
        '"The port is safe," Anna Lind said.',
        '"The port is safe," said Anna Lind, the mayor of Baku.',
        '"The port is safe," Mayor Anna Lind told reporters.',
        'Anna Lind, 47, said: "The port is safe."',
        'Mayor Anna Lind said that "the port is safe" for all.',
        '"The port is safe," Anna Lind, who opened it, said on Monday.',
        '"The port is safe," Anna Lind (D-Mo.) said.',
        '"The port is safe," Anna Lind, the Republican mayor of Baku, one of the states of the bay, said on Monday.',
        '"The port is safe," said Italian Prime Minister Anna Lind, summing up what Ada Okafor had to say.',
        '"The port is safe," said harbour widow Anna Lind.',
        'Anna Lind came. "The port is safe," Ms. Lind of the Harbour Club said.',
        '"The port is safe." — Anna Lind',
        'Anna Lind attacked the plans of Tom Cole for the sea, saying, "The port is safe."',
        'Anna Lind told the forum that Cole knew it and that "the port is safe."',
        'Said Anna Lind: "The port is safe."',
        'Anna Lind told reporters on Monday:\n\n"The port is safe."',
        'The ships will come, Anna Lind said. "The port is safe."',
        'A port that "the port is safe" is said of is rare, Anna Lind said.',
        'Tom Cole is late, but Anna Lind is not. "The port is safe," she said.',
        'During a long night, Anna Lind had a question for Tom Cole.\n\n"The port is safe?" she asked.',
        'According to Anna Lind, "the port is safe."',
        '"The port is safe," according to Anna Lind.',
        'Anna Lind opened it. "The port is safe," she said.',
        'President Anna Lind opened it. "The port is safe," the president noted.',
        'President Anna Lind opened it. "The port is safe," the head of state added.',
        "Anna Lind dedi: «The port is safe».",
    ],
)
def test_the_person_quoted(text: str) -> None:
    [(speaker, words)] = who(text)
    assert speaker == "Anna Lind"
    assert words.lower().startswith("the port is safe")


def test_a_quotation_in_two_parts() -> None:
    assert who('"The port," Anna Lind said, "is safe for ships of every size."') == [
        ("Anna Lind", "The port,"),
        ("Anna Lind", "is safe for ships of every size."),
    ]


def test_a_quotation_goes_on_after_the_words_that_name_the_speaker() -> None:
    text = '"The port is safe," said Anna Lind, a friend of Ada Okafor at Harbour University. "We dredged it in March."'
    assert who(text) == [("Anna Lind", "The port is safe,"), ("Anna Lind", "We dredged it in March.")]


def test_two_quotations_in_one_sentence() -> None:
    text = 'Anna Lind told them to "go to your port" and then "go to another port and wait for the ships."'
    assert [speaker for speaker, _ in who(text)] == ["Anna Lind", "Anna Lind"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Anna Lind met Maria Lind. "The port is safe," Lind said.', "Lind"),
        ('President Bill Clinton came for Hillary Clinton. "The port is safe," Clinton said.', "Clinton"),
        ('"The port is safe," President Obama said. Michelle Obama was there.', "Obama"),
        ('Mr. King was late. "The port is safe," Mr. King said.', "King"),
    ],
)
def test_a_surname_that_two_bear_stays_a_surname(text: str, speaker: str) -> None:
    assert who(text) == [(speaker, "The port is safe,")]


def test_a_pronoun_passes_over_those_whom_it_does_not_fit() -> None:
    text = 'Mr. Cole met Mrs. Lind at the port.\n\nCole was late. "The port is safe," she said.'
    assert who(text) == [("Lind", "The port is safe,")]


def test_words_inside_a_speech_of_ones_own() -> None:
    text = 'I said to him: "The port is safe for you." He thought that "the ships of the bay" are many and more.'
    quotes = quotes_of(text, "Anna Lind", own_words=True)
    assert [(quote.speaker, quote.text) for quote in quotes] == [
        ("Anna Lind", "The port is safe for you."),
        (None, "the ships of the bay"),
    ]


def test_the_speaker_goes_on_in_the_next_paragraph() -> None:
    assert who('"The port is safe," Anna Lind said.\n\n"It was dredged in March, as we promised."') == [
        ("Anna Lind", "The port is safe,"),
        ("Anna Lind", "It was dredged in March, as we promised."),
    ]


def test_reopened_paragraphs_are_the_words_of_whoever_ends_them() -> None:
    assert who("“The port is safe for all.\n\n“It was dredged in March,” said Anna Lind.") == [
        ("Anna Lind", "The port is safe for all."),
        ("Anna Lind", "It was dredged in March,"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"The port is safe," one official said.',
        '"The port is safe," the ministry said.',
        '"The port is safe," the White House said.',
        '"The port is safe," Lind said.',  # nobody says who Lind is
        'Anna Lind met Ada Okafor. "The port is safe," she said.',
        'President Anna Lind met President Ada Okafor. "The port is safe," the president said.',
        '"The port is safe and will stay so."',
    ],
)
def test_never_a_guess(text: str) -> None:
    assert text
    assert [speaker for speaker, _ in who(text)] == [None] * len(who(text))


@pytest.mark.parametrize(
    "text",
    [
        'Anna Lind opened the conference themed "Ports and the people who live by them".',
        'Anna Lind read from her book "The Long Way to the Harbour".',
        'Anna Lind wore a "safety" vest and a so-called "life jacket of the old kind".',
        'They spoke on "Meet the Press" about ports.',
        "It isn't Anna Lind's port.",
    ],
)
def test_no_quotes(text: str) -> None:
    assert who(text) == []


def test_titles_and_scare_quotes_beside_a_quote() -> None:
    text = 'Anna Lind, in "The Long Way", called it "safe". "We dredged it twice last year," she said.'
    assert who(text) == [("Anna Lind", "We dredged it twice last year,")]


def test_a_quoted_transcript_names_its_own_speakers() -> None:
    text = 'Anna Lind said:\n\n"WALLACE: Is the port safe for all of us?\n\n"LIND: It is, as I told you before."'
    assert [speaker for speaker, _ in who(text)] == [None, None]


def test_the_principal_is_known_by_surname() -> None:
    assert who('"The port is safe," Lind said.', "Anna Lind") == [("Anna Lind", "The port is safe,")]


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "”", "Anna Lind ", "said ", "he ", "the president ", "yes. ", "\n\n", ", ", "Lind ", "word "]
        ),
        max_size=40,
    )
)
def test_a_quote_is_verbatim_and_its_speaker_is_named(pieces: list[str]) -> None:
    text = "".join(pieces)
    for quote in quotes_of(text):
        assert text[quote.start : quote.end] == quote.text
        assert quote.speaker is None or quote.speaker in text
