from __future__ import annotations

from searchkit.extraction.singles import single
from searchkit.models import CleanPage, Speech

COLUMN = "I went to the port, and I saw our ships. We shall miss them, my friend and I, when they are gone."
GREETED = f"Ladies and gentlemen,\n\n{COLUMN}"


def speech(text: str, title: str | None = None, *, format: str = "html", has_speaker: bool = False) -> Speech:
    page = CleanPage("a", "a", format, text, title=title)  # type: ignore[arg-type]
    return single(page, has_speaker=has_speaker)


def test_a_column_is_no_speech() -> None:
    assert speech(COLUMN, "Five ports to see before you die").kind == "article"


def test_an_audience_a_title_or_a_table_makes_it_one() -> None:
    assert speech(GREETED).kind == "speech"
    assert speech(COLUMN, format="text").kind == "speech"
    assert speech(COLUMN, has_speaker=True).kind == "speech"
    assert speech(COLUMN, "Statement of the Ministry of Ports").kind == "statement"


def test_the_speaker_of_the_title() -> None:
    found = speech(COLUMN, "Foreign Minister Elin Marsh's speech at the Harbour Forum")
    assert (found.kind, found.speaker, found.role, found.event) == (
        "speech",
        "Elin Marsh",
        "Foreign Minister",
        "Harbour Forum",
    )
    nobody = speech(COLUMN, "Foreign Secretary's speech at the Harbour Forum")
    assert (nobody.speaker, nobody.role) == (None, "Foreign Secretary")
    assert speech(COLUMN, "Statement of the Ministry of Ports").speaker is None


def test_the_speaker_of_the_first_words() -> None:
    assert speech(f"Hello, I am Governor Ann Cole. {COLUMN}", format="text").speaker == "Ann Cole"
    assert (
        speech(f"Following is the full text of Gov. Ann Cole's address: {COLUMN}", format="text").speaker == "Ann Cole"
    )


def test_what_the_speaker_says_that_he_said() -> None:
    [quote] = speech(f'{GREETED} I told them: "Leave the port to us."', "Speech by Mayor Ann Cole").quotes
    assert quote.speaker == "Ann Cole"
