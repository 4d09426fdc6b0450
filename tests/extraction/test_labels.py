from __future__ import annotations

import pytest

from searchkit.extraction.labels import Form, form_of, is_voice, person_of_label
from searchkit.extraction.people import Person


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("Mr Lee Siew-Choh", Form.TITLED),
        ("Encik Othman bin Haron Eusofe", Form.TITLED),
        ("Dr Lim Chun Leng, Michael (Cheng San GRC)", Form.TITLED),
        ("The Minister for Local Government, Lands and Housing", Form.OFFICE),
        ("Mr Deputy Speaker", Form.OFFICE),
        ("Madam President", Form.OFFICE),
        ("THE PRESIDENT", Form.OFFICE),
        ("President Biden", Form.OFFICER),
        ("WOLF BLITZER, CNN ANCHOR", Form.CAPITALS),
        ("SEN. WARREN (D-MA)", Form.CAPITALS),
        ("An hon. Member", Form.VOICE),
        ("UNIDENTIFIED MALE", Form.VOICE),
        ("Q", Form.VOICE),
        ("Donald Trump", Form.NAME),
        ("Trump", Form.WORD),
        ("Note", None),
        ("He said three things", None),
        ("Mr. President, Mr. Speaker, my fellow citizens", None),
        ("Mr. Trump tweeted on Saturday", None),
        ("The promise of the harbour", None),
    ],
)
def test_form(label: str, form: Form | None) -> None:
    assert form_of(label) is form


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("DONALD TRUMP", Person("Donald Trump")),
        ("DONALD TRUMP, JR.", Person("Donald Trump Jr")),
        ("Donald Trump", Person("Donald Trump")),
        ("Mr Lee Siew-Choh", Person("Lee Siew-Choh")),
        ("Mr A. P. Rajah (Farrer Park)", Person("A. P. Rajah")),
        ("Prof. Tommy Koh", Person("Tommy Koh")),
        ("Assoc. Prof. Ho Peng Kee (In Mandarin)", Person("Ho Peng Kee")),
        ("RAdm Teo Chee Hean", Person("Teo Chee Hean")),
        ("Dr Hu Tsu Tau, Richard (Kreta Ayer)", Person("Richard Hu Tsu Tau")),
        ("The Minister for Finance", Person(None, "Minister for Finance")),
        ("The Minister for Finance (Dr Richard Hu)", Person("Richard Hu", "Minister for Finance")),
        (
            "The Minister of State for Law (Assoc. Prof. Ho Peng Kee) (for the Minister for Law)",
            Person("Ho Peng Kee", "Minister of State for Law"),
        ),
        ("The Prime Minister (Mr Lee Kuan Yew)(In Mandarin)", Person("Lee Kuan Yew", "Prime Minister")),
        (
            "The Parliamentary Secretary to the Minister for Finance (Mr S. Ramaswamy)",
            Person("S. Ramaswamy", "Parliamentary Secretary to the Minister for Finance"),
        ),
        ("Mr SPEAKER (Dr Yeoh Ghim Seng, J.P. (Joo Chiat))", Person("Yeoh Ghim Seng", "Speaker")),
        ("The Attorney-General (Mr E. P. Shanks)", Person("E. P. Shanks", "Attorney-General")),
        ("Mr Lim (Minister for Trade)", Person("Lim", "Minister for Trade")),
        ("THE PRESIDENT", Person(None, "President")),
        ("PRESIDENT ALIYEV", Person("Aliyev", "President")),
        ("Sen. Warren", Person("Warren", "Senator")),
        ("JANET YELLEN, SECRETARY OF STATE", Person("Janet Yellen", "Secretary of State")),
        ("Mr Speaker", Person(None, "Speaker")),
        ("UNIDENTIFIED MALE", Person(None)),
        ("AUDIENCE", Person(None)),
        ("Several hon. Members", Person(None)),
        ("Q", Person(None)),
    ],
)
def test_person(label: str, person: Person) -> None:
    assert person_of_label(label) == person


def test_the_chair_is_a_voice_with_an_office() -> None:
    assert is_voice("AUDIENCE MEMBER")
    assert not is_voice("Mr Speaker")
