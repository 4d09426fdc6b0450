from __future__ import annotations

import json

import pytest

from searchkit.cleaning.declared import declarations
from searchkit.cleaning.markup import parse_html


def declared(page: str) -> list[tuple[str, str, str]]:
    root = parse_html(page)
    assert root is not None
    return [(found.origin, found.name, found.value) for found in declarations(root)]


def test_everything_a_page_says_of_itself() -> None:
    data = {
        "@graph": [
            {
                "@type": ["Thing", "NewsArticle"],
                "headline": "The <b>port</b> &amp; the sea",
                "datePublished": "2024-06-15",
                "publisher": {"name": "Ledger"},
                "author": [{"name": "A. Lind"}, "B. Okafor"],
            },
            {"@type": "Event", "name": "Forum", "startDate": "2024-06-14"},
            {"@type": "ImageObject", "name": "not this"},
        ]
    }
    page = f"""<html lang="en-GB"><head><script type="application/ld+json">{json.dumps(data)}</script>
    <meta property="og:site_name" content="Ledger"><meta name="viewport" content="not this">
    <link rel="canonical" href="https://x.example/a"><title> The
    port </title></head><body><h1>The port</h1><time datetime="2024-06-16">yesterday</time>
    <article><time pubdate datetime="2024-06-15">today</time></article></body></html>"""
    assert declared(page) == [
        ("html", "lang", "en-GB"),
        ("json-ld", "author", "A. Lind"),
        ("json-ld", "author", "B. Okafor"),
        ("json-ld", "datePublished", "2024-06-15"),
        ("json-ld", "headline", "The port & the sea"),
        ("json-ld", "publisher", "Ledger"),
        ("json-ld", "event.name", "Forum"),
        ("json-ld", "event.startDate", "2024-06-14"),
        ("meta", "og:site_name", "Ledger"),
        ("link", "canonical", "https://x.example/a"),
        ("title", "title", "The port"),
        ("heading", "h1", "The port"),
        ("time", "published", "2024-06-15"),
        ("time", "datetime", "2024-06-16"),
    ]


@pytest.mark.parametrize("data", ["{broken", '"text"', "[" * 5000, '{"@type": 7}', '{"@graph": {"@graph": []}}', ""])
def test_broken_json_declares_nothing(data: str) -> None:
    assert declared(f'<script type="application/ld+json">{data}</script><p>x</p>') == []


def test_a_page_that_declares_without_end() -> None:
    metas = "".join(f'<meta name="date" content="{number}">' for number in range(5000))
    assert len(declared(metas + "<p>x</p>")) == 200
