"""Trends: every period and value, nothing left out, gaps told from silence."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.counting.periods import filled_in
from searchkit.errors import UsageError


def rows(found: searchkit.Trend) -> list[tuple[str | None, int, int, int, str | None]]:
    return [(item.value, item.count, item.occurrences, item.words, item.coverage) for item in found.values]


def test_by_year_gaps_and_the_undated_are_shown(speeches: searchkit.Searcher) -> None:
    found = speeches.trend('"bread"')
    assert rows(found) == [
        ("2001", 2, 6, 30, None),
        ("2002", 0, 0, 0, "none"),  # nobody spoke
        ("2003", 1, 2, 13, None),
        ("2004", 0, 0, 8, None),  # spoken, and never said
        (None, 1, 2, 4, None),
    ]
    assert (found.total, found.occurrences) == (4, 10)
    assert found.values[0].per_million == pytest.approx(6 * 1e6 / 30)
    assert found.values[0].share == 1.0


def test_by_month_a_bare_year_stands_under_itself(speeches: searchkit.Searcher) -> None:
    found = speeches.trend('"bread"', "month")
    values = [item.value for item in found.values]
    assert values[:3] == ["2001-03", "2001-04", "2001-05"]
    assert values[values.index("2003") + 1] == "2003-01"
    coverage = {item.value: item.coverage for item in found.values}
    assert coverage["2003-01"] == "coarse"  # the speech of 2003 may be of any month
    assert coverage["2002-07"] == "none"
    assert sum(item.count for item in found.values) == found.total


def test_by_speaker_most_first_or_by_rate(speeches: searchkit.Searcher) -> None:
    assert rows(speeches.trend('"bread"', "speaker")) == [("Ada Stone", 2, 6, 37, None), ("Ben Wood", 2, 4, 18, None)]
    by_rate = speeches.trend('"bread"', "speaker", sort="rate")
    assert [item.value for item in by_rate.values] == ["Ben Wood", "Ada Stone"]


def test_rates_are_of_all_that_the_query_could_have_found(speeches: searchkit.Searcher) -> None:
    found = speeches.trend('"bread" speaker:stone')
    assert [(item.value, item.words) for item in found.values] == [
        ("2001", 16), ("2002", 0), ("2003", 13), ("2004", 8),
    ]  # fmt: skip
    assert found.scope == 'speeches by a speaker named "stone"'
    assert speeches.trend("bread", where={"speaker": ["Ben Wood"]}).values[0].words == 14
    assert speeches.trend("bread -salt").scope == "all speeches"


def test_a_query_without_words_counts_speeches(speeches: searchkit.Searcher) -> None:
    found = speeches.trend("speaker:wood")
    assert (found.total, found.occurrences) == (2, 0)
    assert [(item.value, item.count, item.words) for item in found.values] == [("2001", 1, 14), (None, 1, 4)]


def test_a_period_of_few_words_is_called_thin() -> None:
    records = [{"id": str(year), "date": str(year), "text": "word " * (2 if year == 2002 else 100)}
               for year in range(2000, 2006)]  # fmt: skip
    found = searchkit.memory(records).trend("word")
    assert {item.value: item.coverage for item in found.values if item.coverage} == {"2002": "thin"}


def test_periods_between() -> None:
    assert filled_in(["1999", "2002"], "year") == ["1999", "2000", "2001", "2002"]
    assert filled_in(["1999-11", "2000-02", "1999"], "month") == ["1999", "1999-11", "1999-12", "2000-01", "2000-02"]
    assert filled_in(["1999"], "month") == ["1999"]
    assert filled_in([], "year") == []


def test_mistakes_are_named(speeches: searchkit.Searcher) -> None:
    with pytest.raises(UsageError, match="'weather' is no facet; there are speaker"):
        speeches.trend("bread", "weather")
    with pytest.raises(UsageError, match="there is no order 'size'"):
        speeches.trend("bread", "speaker", sort="size")
