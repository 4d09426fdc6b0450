"""Names in other letters, as newspapers in plain Latin letters have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import fold, foreign_names, romanised


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Şuşa", "shusha"),
        ("Шуша", "shusha"),
        ("Շուշի", "shushi"),
        ("Xocalı", "khojaly"),
        ("Ağdam", "aghdam"),
        ("Зеленский", "zelensky"),
        ("Зеленський", "zelenskyy"),
        ("Пашинян", "pashinyan"),
        ("Хабаровск", "khabarovsk"),
        ("Müller", "mueller"),
        ("Vučić", "vuchich"),
        ("Алиев", "aliyev"),
    ],
)
def test_names(name: str, latin: str) -> None:
    assert latin in romanised(name)


@pytest.mark.parametrize("name", ["Shusha", "Orbán", "Émile", "北京", "", "İlham"])
def test_what_needs_no_other_letters(name: str) -> None:
    assert romanised(name) == ()


@given(st.text(max_size=12))
def test_romanised_words_are_folded_ascii(word: str) -> None:
    for latin in romanised(word):
        assert latin.isascii()
        assert fold(latin) == latin != fold(word)


def test_names_of_a_text() -> None:
    text = "“We” met in Şuşa – ŞUŞA! Он ехал в город Шуша, şuşa, Orbán, Shusha."
    assert foreign_names(text) == ("ŞUŞA", "Şuşa", "Шуша")
    assert foreign_names("“Quoted” – and plain") == ()
