"""What a label says by itself: a name, its title, an office, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.identity.labels import read_label


@pytest.mark.parametrize(
    ("label", "shown", "words"),
    [
        ("Mr Lee Kuan Yew", "Lee Kuan Yew", "lee kuan yew"),
        ("Assoc. Prof. Dr Yaacob Ibrahim);", "Yaacob Ibrahim", "yaacob ibrahim"),
        ("MP_NAME:RAdm [NS] Lui Tuck Yew", "Lui Tuck Yew", "lui tuck yew"),
        ("Mr Tan Soo Khoon (East Coast)", "Tan Soo Khoon", "tan soo khoon"),
        ("SEN. ELIZABETH WARREN (D-MA)", "Elizabeth Warren", "elizabeth warren"),
        ("The Minister for Finance (Dr Richard Hu Tsu Tau)", "Richard Hu Tsu Tau", "richard hu tsu tau"),
        ("Mr A. P. Rajah (Mr Speaker)", "A. P. Rajah", "a p rajah"),
        ("Mr M. P. D. Nair (in the absence of Mr Lee Kuan Yew)", "M. P. D. Nair", "m p d nair"),
        ("Ms Poh Li San –", "Poh Li San", "poh li san"),
        ("Ms Lee Li Lian (", "Lee Li Lian", "lee li lian"),
        ("Aliyev, Ilham", "Ilham Aliyev", "ilham alev"),
        ("Tony Tan, Minister for Education", "Tony Tan", "tony tan"),
        ("AMY GOODMAN, HOST", "Amy Goodman", "amy goodman"),
        ("U.S. Secretary of State Antony Blinken", "Antony Blinken", "antony blinken"),
        ("President Ilham Aliyev", "Ilham Aliyev", "ilham alev"),
        ("Encik Othman bin Haron Eusofe", "Othman bin Haron Eusofe", "othman haron eusofe"),
        ("JB Jeyaretnam", "JB Jeyaretnam", "j b jeyaretnam"),
        ("JOHN MCCAIN", "John McCain", "john mccain"),
        ("Bill Clinton", "Bill Clinton", "bill clinton"),
        ("Al Gore", "Al Gore", "al gore"),
        ("Jack Ma", "Jack Ma", "jack ma"),
        ("Mr Don Wee", "Don Wee", "don wee"),
        ("Ms He Ting Ru", "He Ting Ru", "he ting ru"),
        ("Donald J. Trump Jr.", "Donald J. Trump Jr.", "donald j trump"),
        ("Mr Hawazi Daipi: MP", "Hawazi Daipi", "hawazi daipi"),
    ],
)
def test_names_come_out_of_their_titles_and_brackets(label: str, shown: str, words: str) -> None:
    read = read_label(label)
    assert read.shown == shown
    assert " ".join(word.plain for word in read.words) == words


@pytest.mark.parametrize(
    "label",
    [
        "Mr Speaker",
        "[Mr Speaker in the Chair]",
        "The Chairman",
        "The Minister for Community Development, Youth and Sports",
        "for the Prime Minister",
        "Nominated Member",
        "Higher Education and Skills",
        "PERSONAL DATA PROTECTION BILL",
        "the regulations that I mentioned",
        "UNIDENTIFIED MALE",
        "NAME: MP",
        "The Economist",
    ],
)
def test_what_names_no_person_stays_what_it_says(label: str) -> None:
    read = read_label(label)
    assert read.shown
    assert not read.words


@pytest.mark.parametrize("label", ["", " ", "MP_NAME:", "$4,000", "TITLE_NAME:DENGUE DEATH CASE", "—"])
def test_what_says_nothing(label: str) -> None:
    assert read_label(label).shown == ""


def test_a_surname_alone_keeps_its_title() -> None:
    assert read_label("Mr. Lim").shown == "Mr Lim"
    assert read_label("Mrs Lim").shown == "Mrs Lim"
    assert read_label("MR. CHIAM").shown == "Mr Chiam"
    assert not read_label("Mr Lim").whole
    assert not read_label("Mr Lim").partial
    assert read_label("Mr J. B. Jeyaretnam").partial


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    read = read_label(text)
    assert read.words == () or read.shown
    assert all(word.plain in word.readings for word in read.words)
