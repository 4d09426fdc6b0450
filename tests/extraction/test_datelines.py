from __future__ import annotations

import pytest

from searchkit.extraction.datelines import Dateline, dateline_of


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("BAKU, June 15, 2024 -- The minister spoke.", Dateline("Baku", "2024-06-15")),
        ("GENEVA, March 3 (Northwire) - The envoy called.", Dateline("Geneva", "2024-03-03", "Northwire")),
        ("PORT ELIN (NP) — The mayors differed.", Dateline("Port Elin", None, "NP")),
        ("PORT ELIN, March 5. /NORTA/. Deliveries begin.", Dateline("Port Elin", "2024-03-05", "NORTA")),
        ("SHUSHA — The forum opened.", Dateline("Shusha", None)),
        ("Baku, March 2, NORTAC", Dateline("Baku", "2024-03-02", "NORTAC")),
        ("Port Elin, 4 November 2023", Dateline("Port Elin", "2023-11-04")),
        ("Port Elin, December 30 (Northwire) - Snow.", Dateline("Port Elin", None, "Northwire")),
    ],
)
def test_dateline(paragraph: str, dateline: Dateline) -> None:
    assert dateline_of(paragraph, published="2024-03-06") == dateline


@pytest.mark.parametrize(
    "paragraph",
    [
        "Shushan Bay — a town of poets — was empty.",
        "The minister said on June 15, 2024 - a Saturday - that he would come.",
        "Dear friends, ladies and gentlemen,",
        "Helen Marsh, Secretary of State",
        "",
    ],
)
def test_no_dateline(paragraph: str) -> None:
    assert dateline_of(paragraph, published="2024-03-06") is None


def test_the_year_of_a_dateline_is_that_of_the_month_before_publication() -> None:
    line = "PORT ELIN, December 30 (NP) — Snow fell."
    assert dateline_of(line, published="2024-01-02") == Dateline("Port Elin", "2023-12-30", "NP")
    assert dateline_of(line) == Dateline("Port Elin", None, "NP")
