from __future__ import annotations

import re

import pytest

from searchkit.extraction.people import NAME, OFFICE_AND_NAME, proper_case, surname, without_honorifics


@pytest.mark.parametrize(
    ("name", "cased"),
    [
        ("DONALD TRUMP", "Donald Trump"),
        ("JOHN MCCAIN", "John McCain"),
        ("O'BRIEN", "O'Brien"),
        ("MARIA DE LA CRUZ", "Maria de la Cruz"),
        ("JEAN-LUC PICARD", "Jean-Luc Picard"),
        ("Ilham Aliyev", "Ilham Aliyev"),
        ("JK", "JK"),
    ],
)
def test_proper_case(name: str, cased: str) -> None:
    assert proper_case(name) == cased


@pytest.mark.parametrize(
    "name",
    [
        "Ilham Aliyev",
        "İlham Əliyev",
        "Recep Tayyip Erdoğan",
        "J. M. Jumabhoy",
        "Ursula von der Leyen",
        "Şahin",
        "Ö. Ək",
    ],
)
def test_names(name: str) -> None:
    assert re.fullmatch(NAME, name)


@pytest.mark.parametrize("word", ["əlavə", "ışık", "president", "şəhər"])
def test_small_letters_begin_no_name(word: str) -> None:
    assert re.match(NAME, word) is None


@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        ("as Prime Minister of Georgia Irakli Garibashvili said", "Prime Minister of Georgia", "Irakli Garibashvili"),
        ("Minister of Foreign Affairs Jeyhun Bayramov", "Minister of Foreign Affairs", "Jeyhun Bayramov"),
        ("President Ilham Aliyev stated", "President", "Ilham Aliyev"),
    ],
)
def test_office_and_name(text: str, office: str, name: str) -> None:
    match = re.search(OFFICE_AND_NAME, text)
    assert match is not None
    assert (match["office"], match["name"]) == (office, name)


def test_surname() -> None:
    assert surname("Ilham Aliyev") == "Aliyev"


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("The Honourable Mr Lee Kuan Yew", "Lee Kuan Yew"),
        ("Assoc. Prof. Ho Peng Kee", "Ho Peng Kee"),
        ("Minister for Law", "Minister for Law"),
        ("Missy Er", "Missy Er"),
    ],
)
def test_honorifics_come_off(name: str, bare: str) -> None:
    assert without_honorifics(name) == bare
