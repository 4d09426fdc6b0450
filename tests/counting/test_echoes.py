"""Who said it first, who repeated it, and how faithfully."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.errors import UsageError

RECORDS = (
    {"id": "coined", "date": "2001-02-03", "speaker": "Ada", "text": "Ours is a house of open doors and quiet rooms."},
    {"id": "inflected", "date": "2001-02-04", "speaker": "Ben", "text": "Of a house of opening door and quiet room."},
    {"id": "cut", "date": "2002", "speaker": "Cem", "text": "A house of open doors, quiet rooms, they say."},
    {"id": "filled", "date": "2001-12-31", "speaker": "Dea", "text": "A house of very open doors and quiet rooms!"},
    {"id": "again", "date": "2003-01-01", "speaker": "Ada", "text": "I said: a house of open doors and quiet rooms."},
    {"id": "half", "date": "2003-01-02", "speaker": "Eva", "text": "A house of open doors. And quiet rooms? None."},
    {"id": "mixed", "date": "2003-01-03", "speaker": "Eva", "text": "Quiet doors and open rooms of a house."},
    {"id": "undated", "speaker": "Fay", "text": "HOUSE OF OPEN DOORS AND QUIET ROOMS"},
)  # fmt: skip
PHRASE = "house of open doors and quiet rooms"


@pytest.fixture(scope="module")
def house() -> searchkit.Searcher:
    return searchkit.memory([{**record, "language": "en"} for record in RECORDS])


def test_in_order_and_how_faithfully(house: searchkit.Searcher) -> None:
    found = house.first(PHRASE)
    assert [(echo.id, echo.verbatim) for echo in found.values] == [
        ("coined", True), ("inflected", False), ("filled", False), ("cut", False), ("again", True), ("undated", True),
    ]  # fmt: skip
    assert (found.verbatim, found.altered, found.total, found.speeches) == (3, 3, 6, 6)
    assert (found.contenders, found.undated) == (1, 1)


def test_what_was_said_is_shown_as_it_stands(house: searchkit.Searcher) -> None:
    said = {echo.id: echo.text for echo in house.first(PHRASE).values}
    assert said["cut"] == "house of open doors, quiet rooms"
    assert said["inflected"] == "house of opening door and quiet room"
    for echo in house.first(PHRASE).values:
        speech = house.speech(echo.id)
        assert speech is not None
        assert speech.text[echo.start : echo.end] == echo.text


def test_only_verbatim_on_request(house: searchkit.Searcher) -> None:
    found = house.first(f"“{PHRASE}”", altered=False)
    assert [echo.id for echo in found.values] == ["coined", "again", "undated"]
    assert found.altered == 0


def test_two_words_must_both_stay(house: searchkit.Searcher) -> None:
    assert [(echo.id, echo.verbatim) for echo in house.first("quiet rooms").values] == [
        ("coined", True), ("inflected", False), ("filled", True), ("cut", True), ("again", True), ("half", True),
        ("undated", True),
    ]  # fmt: skip
    assert [echo.text for echo in house.first("house quiet").values] == []


def test_a_coarse_date_leaves_open_who_was_first() -> None:
    speeches = searchkit.memory(
        [{"id": "a", "date": "2002-05-01", "text": "new words"}, {"id": "b", "date": "2002", "text": "new words"},
         {"id": "c", "date": "2002-05-01", "text": "new words"}, {"id": "d", "date": "2002-05-02", "text": "new words"}]
    )  # fmt: skip
    found = speeches.first("new words")
    assert [echo.id for echo in found.values] == ["b", "a", "c", "d"]
    assert found.contenders == 3  # a and c on one day, b on any day of that year; d is later than a


def test_filters_and_the_end_of_the_list(house: searchkit.Searcher) -> None:
    found = house.first(PHRASE, where={"speaker": ["Ada", "Ben"]}, limit=1)
    assert [echo.id for echo in found.values] == ["coined"]
    assert (found.verbatim, found.altered) == (2, 1)


def test_nothing_said_and_mistakes(house: searchkit.Searcher) -> None:
    found = house.first("words never said")
    assert (found.total, found.contenders, found.undated, found.values) == (0, 0, 0, ())
    with pytest.raises(UsageError, match="too long to follow"):
        house.first("word " * 61)
    with pytest.raises(searchkit.QueryError):
        house.first("...")
