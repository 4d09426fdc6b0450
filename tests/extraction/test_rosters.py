from __future__ import annotations

from searchkit.extraction.people import Person
from searchkit.extraction.rosters import resolved
from searchkit.extraction.transcripts import turns_of

SITTING = """PRESENT:

Mr SPEAKER (Dr Yeo Ghim, J.P. (Joo Chiat)).
Mr Lee Kuan (Tanjong), Prime Minister.
Dr Goh Keng (Kreta), Deputy Prime Minister and Minister for Finance.
Mr Tan Eng (Bras), Deputy Speaker.
Mr Ong Pang (Telok), Parliamentary Secretary to the Prime Minister.
Mr Wong Soon (Toa), Minister of State, Ministry of Health.
Ms Ada Lim (Harbour).
Mr A One (East), Minister without Portfolio.
Mr B Two (West), Minister without Portfolio.

[Mr Speaker in the Chair]

Mr Speaker: Order.

The Prime Minister: Sir.

The Minister for Finance: Sir.

The Minister of State for Health: Sir.

The Minister without Portfolio: Sir.

The Minister for Trade (Mr Eng Guan): Sir.

The Minister for Trade: Sir.

Ms Ada Lim: Sir.

Mr Lee Kuan: Sir.

[Mr Deputy Speaker in the Chair]

The Chairman: Order.

[Ms Ada Lim in the Chair]

The Chairman: Order.

The Attorney-General: Sir.
"""


def people(text: str, title: str | None = None) -> list[tuple[str | None, Person]]:
    return [(turn.label, turn.person) for turn in resolved(turns_of(text, title), text, title) if turn.label]


def test_offices_of_a_sitting() -> None:
    assert people(SITTING) == [
        ("Mr Speaker", Person("Yeo Ghim", "Speaker")),
        ("The Prime Minister", Person("Lee Kuan", "Prime Minister")),
        ("The Minister for Finance", Person("Goh Keng", "Minister for Finance")),
        ("The Minister of State for Health", Person("Wong Soon", "Minister of State for Health")),
        ("The Minister without Portfolio", Person(None, "Minister without Portfolio")),  # there are two
        ("The Minister for Trade (Mr Eng Guan)", Person("Eng Guan", "Minister for Trade")),
        ("The Minister for Trade", Person("Eng Guan", "Minister for Trade")),
        ("Ms Ada Lim", Person("Ada Lim")),
        ("Mr Lee Kuan", Person("Lee Kuan", "Prime Minister")),
        ("The Chairman", Person("Tan Eng", "Chairman")),
        ("The Chairman", Person("Ada Lim", "Chairman")),
        ("The Attorney-General", Person(None, "Attorney-General")),
    ]


REMARKS = "THE PRESIDENT: We are late.\n\nQ: How late?\n\nTHE PRESIDENT: An hour."


def test_an_office_that_the_title_names() -> None:
    president = ("THE PRESIDENT", Person("Joe Biden", "President"))
    assert people(REMARKS, "Remarks by President Joe Biden on Ports") == [president, ("Q", Person(None)), president]


def test_a_title_with_two_presidents_settles_nothing() -> None:
    found = people(REMARKS, "Remarks by President Joe Biden and President Ilham Aliyev")
    assert found[0] == ("THE PRESIDENT", Person(None, "President"))
