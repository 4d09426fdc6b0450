from __future__ import annotations

import re

import pytest

from searchkit.extraction.people import NAME, OFFICE_AND_NAME, Person, person_of_label, proper_case, surname


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("DONALD TRUMP", Person("Donald Trump")),
        ("Donald Trump", Person("Donald Trump")),
        ("Mr Lee Siew-Choh", Person("Lee Siew-Choh")),
        ("Prof. Tommy Koh", Person("Tommy Koh")),
        ("The Minister for Finance", Person(None, "Minister for Finance")),
        ("The Minister for Finance (Dr Richard Hu)", Person("Richard Hu", "Minister for Finance")),
        ("Mr Lim (Minister for Trade)", Person("Lim", "Minister for Trade")),
        ("THE PRESIDENT", Person(None, "President")),
        ("PRESIDENT ALIYEV", Person("Aliyev", "President")),
        ("Sen. Warren", Person("Warren", "Senator")),
        ("Mr Speaker", Person(None, "Speaker")),
        ("UNIDENTIFIED MALE", Person(None)),
        ("AUDIENCE", Person(None)),
        ("Several hon. Members", Person(None)),
        ("Q", Person(None)),
    ],
)
def test_label(label: str, person: Person) -> None:
    assert person_of_label(label) == person


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
