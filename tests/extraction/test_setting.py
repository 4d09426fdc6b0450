from __future__ import annotations

from searchkit.extraction.setting import setting_of
from searchkit.models import CleanPage, Declaration


def page(text: str, *declared: Declaration, key: str = "a.html", title: str | None = None) -> CleanPage:
    return CleanPage(key, key, "html", text, title=title, declared=declared)


PUBLISHED = Declaration("meta", "article:published_time", "2024-03-06T08:00:00Z")


def test_the_day_it_was_said_comes_before_the_day_it_was_published() -> None:
    assert setting_of(page("PORT ELIN, March 5 (NP) — The minister spoke.", PUBLISHED)).date == "2024-03-05"
    assert setting_of(page("Port Elin, 3 May 1961\n\nI thank you.", PUBLISHED)).date == "1961-05-03"


def test_a_day_after_publication_is_not_the_day_it_was_said() -> None:
    assert setting_of(page("Port Elin, 3 May 2031\n\nI thank you.", PUBLISHED)).date == "2024-03-06"


def test_where_it_was_said() -> None:
    reported = "SHUSHA, March 5 (NP) — The minister spoke at the Congress Center in Baku."
    assert setting_of(page(reported)).venue([reported]) == ("Congress Center", "Baku")
    assert setting_of(page("SHUSHA, March 5 (NP) — The minister spoke.")).venue([]) == ("Shusha",)
    assert setting_of(page("The minister spoke.", title="Speech at the Council, Lodz, 1 May 2022")).venue([]) == (
        "Lodz",
    )
    assert setting_of(page("The minister spoke of Lodz.")).venue(["The minister spoke of Lodz."]) == ()


def test_the_source_of_a_dateline() -> None:
    assert setting_of(page("PORT ELIN (Northwire) — The minister spoke.")).source == "Northwire"
