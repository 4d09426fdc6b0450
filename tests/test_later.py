"""A speech that is read part by part is a speech as any other."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import pytest

from searchkit.models import Quote, Speech

WHOLE = Speech(
    "s1", "p1", "Peace, he said.", 0, 15, title="On peace", speakers=("A", "B"), date="2024-06",
    quotes=(Quote("C", "Peace", 0, 5),), extras=(("party", "X"),),
)  # fmt: skip


class Shelf:
    """Gives the text, or else everything but the text; notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, str]] = []

    def part(self, place: int, name: str) -> Mapping[str, Any]:
        self.asked.append((place, name))
        fields = {field: getattr(WHOLE, field) for field in WHOLE.__dataclass_fields__}
        text = fields.pop("text")
        return {name: text} if name == "text" else fields


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def later(shelf: Shelf) -> Speech:
    return Speech.later(shelf, 7)


def test_each_part_is_read_once_when_it_is_asked_for(later: Speech, shelf: Shelf) -> None:
    assert shelf.asked == []
    assert (later.title, later.speaker, later.id) == ("On peace", "A; B", "s1")
    assert shelf.asked == [(7, "title")]
    assert later.text == later.text == "Peace, he said."
    assert shelf.asked == [(7, "title"), (7, "text")]


def test_what_is_known_is_not_read(shelf: Shelf) -> None:
    speech = Speech.later(shelf, 7, id="s1", date="2024-06")
    assert (speech.id, speech.date, shelf.asked) == ("s1", "2024-06", [])
    assert speech == WHOLE


@pytest.mark.parametrize(
    "made",
    [copy.copy, copy.deepcopy, replace, lambda speech: pickle.loads(pickle.dumps(speech)), lambda speech: speech],
    ids=["copy", "deepcopy", "replace", "pickle", "itself"],
)
def test_it_is_the_same_speech(later: Speech, made: Any) -> None:
    same = made(later)
    assert type(same) is Speech
    assert same == WHOLE
    assert hash(same) == hash(WHOLE)
    assert repr(same) == repr(WHOLE)


def test_it_is_told_whole(later: Speech) -> None:
    assert later.to_dict() == WHOLE.to_dict()
    assert asdict(later) == asdict(WHOLE)
    assert replace(later, title="Another") == replace(WHOLE, title="Another")


@pytest.mark.parametrize("speech", [WHOLE, Speech.later(Shelf(), 0)], ids=["whole", "later"])
def test_there_are_no_other_fields(speech: Speech) -> None:
    with pytest.raises(AttributeError, match="'Speech' object has no attribute 'txet'"):
        speech.txet  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError):
        speech.text = "another"  # type: ignore[misc]
