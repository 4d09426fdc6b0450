"""One word of a name in several scripts and languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.identity.spelling import plain, readings


@pytest.mark.parametrize(
    "spellings",
    [
        ("Aliyev", "Əliyev", "Алиев", "Aliev", "ALIYEV"),
        ("Erdoğan", "Erdogan", "Эрдоган"),
        ("Ilham", "İlham", "Ильхам", "Ilkham"),
        ("Pashinyan", "Pashinian", "Пашинян"),
        ("Zelensky", "Zelenskyy", "Zelenskiy", "Зеленский", "Зеленський"),
        ("Mohamed", "Muhammad", "Mohd", "Mohamad"),
        ("Jeyhun", "Ceyhun", "Джейхун"),
        ("Tsipras", "Τσίπρας"),
        ("Şahin", "Shahin"),
        ("Şahin", "Sahin"),
    ],
)
def test_these_are_one_word(spellings: tuple[str, ...]) -> None:
    for one in spellings:
        for other in spellings:
            assert not readings(one).isdisjoint(readings(other)), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Andersen", "Anderson"), ("Siong", "Shiong"), ("Khor", "Hor"), ("Chan", "Chang"), ("Sahin", "Shahin")],
)
def test_these_are_two(one: str, other: str) -> None:
    assert readings(one).isdisjoint(readings(other))


@given(st.text(min_size=1, max_size=40))
def test_every_word_has_its_plain_form_among_its_readings(word: str) -> None:
    assert plain(word) in readings(word)
    assert plain(word.upper().lower()) == plain(word.lower())
