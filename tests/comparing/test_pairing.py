"""An edited turn is one speech, though its id changed."""

from __future__ import annotations

from searchkit.comparing.pairing import paired
from searchkit.models import Speech


def turn(number: int, text: str, label: str = "Mr Tan") -> Speech:
    return Speech(id=f"p#{number}", page="p", text=text, start=number * 100, label=label)


def ids(pairs: list[tuple[Speech, Speech]]) -> list[tuple[str, str]]:
    return [(was.id, now.id) for was, now in pairs]


def test_one_word_of_a_turn() -> None:
    assert ids(paired([turn(1, "The cease-fire holds on the line.")], [turn(2, "The truce holds on the line.")])) == [
        ("p#1", "p#2")
    ]


def test_a_turn_of_other_words_is_another() -> None:
    assert paired([turn(1, "The budget is spent.")], [turn(2, "Who asks about harbours?")]) == []


def test_each_is_paired_once_with_the_most_alike() -> None:
    was = [turn(1, "one two three four five six"), turn(2, "one two three four five seven")]
    now = [turn(3, "one two three four five seven eight"), turn(4, "one two three four five six nine")]
    assert sorted(ids(paired(was, now))) == [("p#1", "p#4"), ("p#2", "p#3")]


def test_of_two_alike_the_one_with_the_same_label() -> None:
    now = [turn(2, "Order, order, please.", "The Speaker"), turn(3, "Order, order, please.", "Mr Tan")]
    assert ids(paired([turn(1, "Order, order!")], now)) == [("p#1", "p#3")]


def test_words_of_no_letters() -> None:
    assert ids(paired([turn(1, "...")], [turn(2, "!!!")])) == [("p#1", "p#2")]


def test_a_sitting_of_which_every_turn_was_edited() -> None:
    was = [turn(number, f"Turn {number} spoke of matter{number} and of thing{number} then.") for number in range(900)]
    now = [turn(number, f"Turn {number} spoke of matter{number} and of thing{number} today.") for number in range(900)]
    assert sorted(int(one[2:]) - int(other[2:]) for one, other in ids(paired(was, now))) == [0] * 900
