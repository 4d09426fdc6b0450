from __future__ import annotations

import pytest

from searchkit.extraction import facts
from searchkit.models import CleanPage, Declaration


def page(text: str = "Words.", *declared: tuple[str, str, str], key: str = "a.html") -> CleanPage:
    return CleanPage(key, key, "html", text, declared=tuple(Declaration(*entry) for entry in declared))


@pytest.mark.parametrize(
    ("declared", "date"),
    [
        ([("json-ld", "datePublished", "2024-06-15T10:00:00Z"), ("meta", "date", "2020-01-01")], "2024-06-15"),
        ([("json-ld", "datePublished", "soon"), ("meta", "article:published_time", "2024-06-15")], "2024-06-15"),
        ([("time", "datetime", "2024-06-16"), ("time", "published", "2024-06-15")], "2024-06-15"),
        ([("chrome", "date", "2024-06-15")], "2024-06-15"),
        ([("chrome", "date", "15.06.2024")], "2024-06-15"),
        ([("html", "lang", "en-US"), ("chrome", "date", "06/07/2024")], "2024-06-07"),
        ([], None),
    ],
)
def test_declared_date(declared: list[tuple[str, str, str]], date: str | None) -> None:
    assert facts.date_of(page("Words.", *declared)) == date


@pytest.mark.parametrize(
    ("text", "key", "date"),
    [
        ("15 June 2024\n\nThe minister spoke.", "a.txt", "2024-06-15"),
        ("The war of 1992 ended. " * 20, "2024-06-15-news.txt", "2024-06-15"),
        ("The war of 1992 ended. " * 20, "news_20240615.html.gz", "2024-06-15"),
        ("It began on 9 May 1992 and " + "went on for two years. " * 20, "a.txt", None),
        ("In June 2024\n\nit began.", "a.txt", None),
    ],
)
def test_date_of_text_or_name(text: str, key: str, date: str | None) -> None:
    assert facts.date_of(page(text, key=key)) == date


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Official Report, 7 March 2023", "2023-03-07"),
        ("Address on the anniversary of 11 September 2001", None),
        ("Address of March 2023", None),
    ],
)
def test_date_of_a_title(title: str, date: str | None) -> None:
    assert facts.date_of(CleanPage("a.html", "a.html", "html", "Words.", title)) == date


@pytest.mark.parametrize(
    ("text", "declared", "source"),
    [
        (
            "Words.",
            [("meta", "og:site_name", "Caspian Ledger"), ("link", "canonical", "https://x.example/")],
            "Caspian Ledger",
        ),
        ("It was held in Shusha, News.Az reports. More.", [], "News.Az"),
        ('He spoke, AZERTAC informs."We agree," he said.', [], "AZERTAC"),
        ("Words.", [("link", "canonical", "https://www.ledger.example/a")], "ledger.example"),
        ("Words.", [("meta", "og:site_name", "Ledger | News | World")], "Ledger"),
        ("He reports to the minister.", [], None),
    ],
)
def test_source(text: str, declared: list[tuple[str, str, str]], source: str | None) -> None:
    assert facts.source_of(page(text, *declared)) == source


@pytest.mark.parametrize(
    ("url", "taken"), [("https://x.example/a", True), ("javascript:alert(1)", False), ("https://x.example/a b", False)]
)
def test_url(url: str, taken: bool) -> None:
    assert facts.url_of([Declaration("link", "canonical", url)]) == (url if taken else None)


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (["Interview with the Prime Minister"], "interview"),
        ([None, "2016-01-02 Town Hall, Derry, NH.txt"], "town hall"),
        (["Remarks at the opening"], "speech"),
        (["Prezidentin çıxışı"], "speech"),
        (["A speechless day"], None),
        ([], None),
    ],
)
def test_kind(titles: list[str | None], kind: str | None) -> None:
    assert facts.kind_of_title(titles) == kind
