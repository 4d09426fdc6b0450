from __future__ import annotations

import pytest

from searchkit.extraction.own_words import ADDRESS, first_person_share, greets, in_first_person


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I thank you. We have come a long way.", "en"),
        ("Wir danken Ihnen. Ich freue mich sehr.", "de"),
        ("Nous sommes ici, et je vous remercie.", "fr"),
        ("Я благодарю вас. Мы пришли издалека.", "ru"),
        ("I thank you. We have come a long way.", None),
    ],
)
def test_first_person(text: str, language: str | None) -> None:
    assert in_first_person(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "The minister came to the port. “I and we and our and my port,” she said to them.",
        "US forces left the bay, and UK forces followed them out of the strait.",
        "",
    ],
)
def test_third_person(text: str) -> None:
    assert not in_first_person(text, "en")


def test_an_address_greets_or_says_i_throughout() -> None:
    assert greets("Mr. Speaker, members of the legislature:")
    assert not greets("The speaker greeted them.")
    assert first_person_share("I know that we shall keep our word, and I thank you for yours.", "en") > ADDRESS
    column = "The town is old. We like it. " + "The harbour is empty and the ships are gone. " * 9
    assert first_person_share(column, "en") < ADDRESS
