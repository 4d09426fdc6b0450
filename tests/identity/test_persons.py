"""Which names are one person: only what the names say together, and never a surname alone."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.identity.naming import Namer
from searchkit.identity.persons import Person, Tally, persons
from searchkit.identity.side import Names, Traits
from searchkit.identity.speakers_file import Alias, Told
from searchkit.identity.table import TraitTable


def tallies(
    *names: str, years: Mapping[str, int] | None = None, counts: Mapping[str, int] | None = None
) -> dict[str, Tally]:
    found = {}
    for name in names:
        year = (years or {}).get(name)
        found[name] = Tally((counts or {}).get(name, 1), year, year)
    return found


def together(*names: str, years: Mapping[str, int] | None = None) -> bool:
    """Are they all one?"""
    return len({person.name for person in persons(tallies(*names, years=years)).values()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Mr Lee Kuan Yew", "LEE KUAN YEW", "Lee Kuan Yew (Tanjong Pagar)"),
        ("Dr Lee Siew Choh", "Dr Lee Siew-Choh"),
        ("Ilham Aliyev", "İlham Əliyev", "Ильхам Алиев", "Aliyev, Ilham", "Aliyev Ilham", "President Ilham Aliyev"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "Tayyip Erdoğan", "RECEP TAYYIP ERDOGAN"),
        ("Dr Aline Wong", "Dr Aline K. Wong"),
        ("Dr Richard Hu Tsu Tau", "Dr Hu Tsu Tau", "Richard Hu"),
        ("Mr Kwek Hian Chuan Henry", "Henry Kwek"),
        ("Mr D. S. Marshall", "Mr David Marshall"),
        ("Sir George Oehlers", "Mr G. E. N. Oehlers"),
        ("I. Aliyev", "Ilham Aliyev"),
        ("Encik Othman bin Haron Eusofe", "Mr Othman Haron Eusofe"),
        ("Inche Mohd. Ali Bin Alwi", "Inche Mohamed Ali Bin Alwi"),
        ("BG Lee Hsien Loong", "MP_NAME:Mr Lee Hsien Loong"),
        ("Mr Alex Yam Ziming", "Alex Yam Zi Ming"),
        ("Volodymyr Zelenskyy", "Владимир Зеленский", "Volodymyr Zelensky"),
    ],
)
def test_one_person(names: tuple[str, ...]) -> None:
    assert together(*names)


@pytest.mark.parametrize(
    "names",
    [
        ("Ilham Aliyev", "Mehriban Aliyeva"),
        ("Ilham Aliyev", "Heydar Aliyev"),
        ("Ilham Aliyev", "Aliyev"),
        ("Mr Lim", "Mrs Lim"),
        ("Mr Jeyaretnam", "Mr J. B. Jeyaretnam"),
        ("George W. Bush", "George H. W. Bush"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Mr Lim Hwee Hua", "Mrs Lim Hwee Hua"),
        ("Tan Kheng Boon", "Tan Heng Boon"),
        ("John Andersen", "John Anderson"),
        ("Mr J. M. Jumabhoy", "Mr R. Jumabhoy"),
        ("Teo Chee Hean", "Tan Chee Hean"),
        ("Jack Ma", "Jack Smith"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Mr S. Lim", "Ms Sylvia Lim"),
    ],
)
def test_two_persons(names: tuple[str, ...]) -> None:
    assert not together(*names)


def test_a_poorer_name_that_may_be_two_people_stays_by_itself() -> None:
    found = persons(tallies("George Bush", "George W. Bush", "George H. W. Bush"))
    assert found["George Bush"] == Person("George Bush", "may be George H. W. Bush or George W. Bush", resolved=False)
    assert found["George W. Bush"].name == "George W. Bush"
    found = persons(tallies("J. Smith", "John Smith", "Jane Smith"))
    assert {person.name for person in found.values()} == {"J. Smith", "John Smith", "Jane Smith"}


def test_initials_and_parts_of_a_name_are_read_among_people_of_one_time() -> None:
    assert together("J. Smith", "Jane Smith", years={"J. Smith": 2018, "Jane Smith": 2021})
    assert not together("J. Smith", "Jane Smith", years={"J. Smith": 1955, "Jane Smith": 2021})


def test_the_most_frequent_whole_name_stands_for_all() -> None:
    names = tallies("Mr D. S. Marshall", "DAVID MARSHALL", "Mr David Marshall", counts={"Mr D. S. Marshall": 99})
    assert {person.name for person in persons(names).values()} == {"David Marshall"}
    names = tallies("Erdogan Recep", "Recep Erdoğan", "Recep Erdogan", counts={"Recep Erdoğan": 2, "Recep Erdogan": 2})
    assert persons(names)["Recep Erdogan"].name == "Recep Erdoğan"


def test_why_is_told() -> None:
    found = persons(tallies("Mr Hu", "Dr Hu Tsu Tau", "Richard Hu Tsu Tau", "Mr Speaker", "MP_NAME:", "R. Hu Tsu Tau"))
    assert found["Richard Hu Tsu Tau"] == Person("Richard Hu Tsu Tau", "the name itself", resolved=True)
    assert found["Dr Hu Tsu Tau"] == Person("Richard Hu Tsu Tau", "part of the only fuller name", resolved=True)
    assert found["Mr Hu"] == Person("Mr Hu", "one name alone", resolved=False)
    assert found["Mr Speaker"] == Person("Mr Speaker", "an office or no name", resolved=False)
    assert found["MP_NAME:"] == Person(None, "names nobody", resolved=False)


def test_given_names_are_kept_apart_and_keep_their_spelling() -> None:
    told = Told(names=("Lim, David (minister)", "David Tan Lim"))
    found = persons(tallies("David T. Lim", "Mr David Lim"), told)
    assert found["David T. Lim"].name == "David Tan Lim"
    assert found["Mr David Lim"].name == "Lim, David (minister)"


def test_an_alias_takes_its_other_forms_along() -> None:
    told = Told(
        names=("Lim Yew Hock",), aliases=(Alias("The Chief Minister", "Lim Yew Hock"), Alias("Lim", "Lim Yew Hock"))
    )
    found = persons(tallies("the chief minister", "Mr Lim", "Lim", "Tun Lim Yew Hock", "Lim Chin Siong"), told)
    assert {name for name, person in found.items() if person.name == "Lim Yew Hock"} == {
        "the chief minister",
        "Mr Lim",
        "Lim",
        "Tun Lim Yew Hock",
    }


def test_labels_told_apart_are_persons_of_their_own() -> None:
    names = tallies("Mr David Lim", "Dr David Lim", "David Lim Tik En")
    assert together(*names)
    found = persons(names, Told(apart=("Mr David Lim", "Dr David Lim")))
    assert len({person.name for person in found.values()}) == 3
    found = persons(names, Told(apart=("David Lim",)))
    assert found["Mr David Lim"].name == found["Dr David Lim"].name != found["David Lim Tik En"].name


NAMES = st.lists(
    st.sampled_from(
        "Ilham Aliyev;I. Aliyev;Əliyev İlham;Aliyev;Mr Aliyev;Ilham H. Aliyev;David Lim;Mr David Lim;Mrs David Lim;"
        "David Lim Tik En;D. Lim;Lim;Mr Speaker;MP_NAME:;George Bush;George W. Bush;George H. W. Bush;Bush, George;"
        "Tan Kheng Boon Eugene;Eugene Tan;Алиев;Ильхам Алиев".split(";")
    ),
    min_size=1,
    max_size=12,
    unique=True,
)


@given(NAMES, st.randoms())
def test_the_answer_depends_on_the_set_alone(names: list[str], shuffling: random.Random) -> None:
    shuffled = list(names)
    shuffling.shuffle(shuffled)
    assert persons(tallies(*names)) == persons(tallies(*shuffled))


@given(NAMES)
def test_two_persons_are_never_called_alike(names: list[str]) -> None:
    found = persons(tallies(*names))
    assert set(found) == set(names)
    for name, person in found.items():
        if person.why == "one name alone":
            others = [other for other, same in found.items() if same.name == person.name]
            assert all(found[other].why == "one name alone" for other in others), (name, others)


def turn(number: int, speaker: str, label: str) -> Traits:
    return Traits(number, f"p#{number}", "p", number, "1985", (speaker,), label, None, (), 3, b"")


def test_a_surname_keeps_the_title_that_only_the_label_has() -> None:
    items = [
        turn(0, "Lim", "Mr Lim"),
        turn(1, "Lim", "Mrs Lim"),
        turn(2, "Lee Siew Choh", "Dr Lee Siew Choh (Thomson)"),
    ]
    namer = Namer(TraitTable.of(items), Told())
    assert {numbers[0]: speakers for speakers, _, numbers in namer.named()} == dict(
        enumerate(
            [
                Names(("Mr Lim",), ("Lim",)),
                Names(("Mrs Lim",), ("Lim",)),
                Names(("Lee Siew Choh",), ("Dr Lee Siew Choh (Thomson)",)),
            ]
        )
    )
    assert [(entry.label, entry.speeches, entry.resolved) for entry in namer.roll()] == [
        ("Dr Lee Siew Choh (Thomson)", 1, True),
        ("Mr Lim", 1, False),
        ("Mrs Lim", 1, False),
    ]


def test_the_roll_has_the_label_of_the_page_and_says_that_the_page_names_the_person() -> None:
    items = [turn(0, "Donald Trump", "TRUMP"), turn(1, "Donald Trump", "DONALD TRUMP")]
    namer = Namer(TraitTable.of(items), Told())
    assert sorted(number for _, _, numbers in namer.named() for number in numbers) == [0, 1]
    assert [(entry.label, entry.speaker, entry.why) for entry in namer.roll()] == [
        ("DONALD TRUMP", "Donald Trump", "the name itself"),
        ("TRUMP", "Donald Trump", "named on its page"),
    ]
