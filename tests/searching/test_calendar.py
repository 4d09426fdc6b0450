"""Years and their months as one facet: everything, in the order of time, adding up."""

from __future__ import annotations

import searchkit
from searchkit.presenting import facets_json

DATES = ("2022-11-02", "2022", "2024-03-02", "2024-03-05", "2024-01-01", None, "2024-06")
SPEECHES = [
    {"id": str(place), "text": "words of the day " * (place + 1), **({"date": date} if date else {})}
    for place, date in enumerate(DATES)
]


def test_the_months_of_every_year_in_the_order_of_time() -> None:
    with searchkit.memory(SPEECHES) as speeches:
        results = speeches.search("words", facets=["date", "year"], limit=0)
    shown = [
        (year.value, year.count, [(month.label, month.count) for month in year.months])
        for year in results.facets["date"].values
    ]
    assert shown == [
        ("2022", 2, [("2022-11", 1), ("2022, no month", 1)]),
        ("2024", 4, [("2024-01", 1), ("2024-03", 2), ("2024-06", 1)]),
        (None, 1, []),
    ]
    assert list(results.facets) == ["date", "year"]
    assert sum(year.count for year in results.facets["date"].values) == results.total
    first = facets_json(results.facets)["date"]["values"][0]  # type: ignore[index]
    assert [month["value"] for month in first["months"]] == ["2022-11", "2022"]


def test_words_of_the_speeches() -> None:
    with searchkit.memory(SPEECHES) as speeches:
        results = speeches.facets("words", ["date"], unit="words")
    counts = {year.value: year.count for year in results.facets["date"].values}
    assert counts == {"2022": 4 * (1 + 2), "2024": 4 * (3 + 4 + 5 + 7), None: 4 * 6}


def test_a_limit_leaves_no_month_out() -> None:
    with searchkit.memory(SPEECHES) as speeches:
        facet = speeches.facets("words", ["date"], limit=1).facets["date"]
    assert (len(facet.values), facet.truncated) == (3, False)
