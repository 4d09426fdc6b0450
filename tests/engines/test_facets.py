"""From counts to a Facet."""

from __future__ import annotations

from searchkit.engines.facets import facet, own_filters
from searchkit.models import FacetValue


def rows(values: tuple[FacetValue, ...]) -> list[tuple[str | None, int, bool]]:
    return [(value.value, value.count, value.selected) for value in values]


def test_most_frequent_first_then_by_value_the_empty_bucket_last_among_equals() -> None:
    counted = facet([("b", 2), ("a", 2), ("c", 5), ("d", 0)], 2, (), 10)
    assert rows(counted.values) == [("c", 5, False), ("a", 2, False), ("b", 2, False), (None, 2, False)]
    assert not counted.truncated


def test_a_selected_value_is_shown_whatever_its_count() -> None:
    counted = facet([("a", 3), ("b", 1)], 0, ("b", "gone", None), 1)
    assert rows(counted.values) == [("a", 3, False), ("b", 1, True), ("gone", 0, True), (None, 0, True)]
    assert not counted.truncated


def test_a_cut_is_said() -> None:
    counted = facet([("a", 3), ("b", 1)], 0, (), 1)
    assert rows(counted.values) == [("a", 3, False)]
    assert counted.truncated


def test_dates_are_one_field() -> None:
    assert own_filters("year") == own_filters("month") == {"year", "month", "date"}
    assert own_filters("speaker") == {"speaker"}
