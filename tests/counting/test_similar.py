"""Speeches in the same words as another."""

from __future__ import annotations

import math

import pytest

import searchkit
from searchkit.errors import UsageError

RECORDS = (
    {"id": "a", "speaker": "Ada", "text": "harbour dues and ferries"},
    {"id": "b", "speaker": "Ben", "text": "harbour dues and ferries"},
    {"id": "c", "speaker": "Ada", "text": "ferries and schools and schools"},
    {"id": "d", "speaker": "Ada", "text": "roads and bridges"},
)


@pytest.fixture(scope="module")
def ports() -> searchkit.Searcher:
    return searchkit.memory(RECORDS)


def test_the_nearest_first_and_copies_are_told(ports: searchkit.Searcher) -> None:
    found = ports.similar("a")
    assert found is not None
    assert [(item.speech.id, item.same_text) for item in found] == [("b", True), ("c", False)]
    assert found[0].similarity == pytest.approx(1)
    assert found[1].shared == ("ferries",)


def test_the_cosine_is_that_of_the_formula(ports: searchkit.Searcher) -> None:
    """Worked by hand; "and" stands in every speech and weighs nothing."""
    ferries, harbour, schools = math.log(4 / 3), math.log(4 / 2), (1 + math.log(2)) * math.log(4 / 1)
    one, two = math.hypot(ferries, harbour, harbour), math.hypot(ferries, schools)
    found = ports.similar("a")
    assert found is not None
    assert found[1].similarity == pytest.approx(ferries * ferries / (one * two))


def test_filters_and_limit(ports: searchkit.Searcher) -> None:
    only_ada = ports.similar("a", where={"speaker": ["Ada"]})
    assert only_ada is not None
    assert [item.speech.id for item in only_ada] == ["c"]
    one = ports.similar("a", limit=1)
    assert one is not None
    assert [item.speech.id for item in one] == ["b"]


def test_alone_unknown_and_wrong(ports: searchkit.Searcher) -> None:
    assert ports.similar("d") == []
    assert ports.similar("nobody") is None
    with pytest.raises(UsageError):
        ports.similar("a", limit=0)
