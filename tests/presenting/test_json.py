"""The JSON that other programs rely on: every key, in order, with its value."""

from __future__ import annotations

import json

import pytest

from searchkit.errors import BuildRefused, QueryError
from searchkit.indexing import BuildReport, PageCounts
from searchkit.models import CleanPage, Inspection, Removal, Results, Skipped, Speech
from searchkit.presenting import (
    count_json,
    error_json,
    facets_json,
    inspection_json,
    report_json,
    results_json,
    speech_json,
    stats_json,
    to_json,
)
from searchkit.searching import Stats


def same(shape: object, expected: str) -> None:
    """Equal, and in the same order of keys."""
    assert json.dumps(shape, ensure_ascii=False) == json.dumps(json.loads(expected), ensure_ascii=False)


def test_results(results: Results) -> None:
    same(
        results_json(results),
        """
        {"query": "Shusha Declaration", "understood": "speeches with the words Shusha and Declaration",
         "total": 2, "pages": 2, "originals": 2, "phrase_total": 1,
         "forms": [{"form": "ceasefire", "count": 3}, {"form": "cease fire", "count": 1}],
         "hits": [
          {"id": "2024/a.html", "page": "2024/a.html", "url": "https://news.example/a", "title": "It is kept",
           "kind": "article", "speaker": "Kamran Rzayev", "role": "Minister", "venue": ["Music School", "Shusha"],
           "quoting": ["Kamran Rzayev"], "event": "Opening, the second", "date": "2024-06",
           "source": "Caspian Ledger", "language": "en", "score": 1.5, "copies": 0,
           "snippets": [{"text": "The Shusha Declaration is kept,", "start": 22, "end": 53,
                         "voice": "quoted Kamran Rzayev", "highlights": [[4, 22]]}]},
          {"id": "s.txt#0badcafe", "page": "s.txt", "url": null, "title": null, "kind": null, "speaker": null,
           "role": null, "venue": [], "quoting": [], "event": null, "date": null, "source": null, "language": null,
           "score": null, "copies": 0,
           "snippets": [{"text": "=1+1 is a declaration in Shusha", "start": 0, "end": 31, "voice": "speaker",
                         "highlights": [[10, 21], [25, 31]]}]}],
         "facets": {"speaker": {"values": [
            {"value": "Kamran Rzayev", "label": "Kamran Rzayev", "count": 1, "selected": true},
            {"value": null, "label": "(none)", "count": 1, "selected": false}], "truncated": false}},
         "generation": "20240615T000000Z-1", "took_ms": 0.25}
        """,
    )


def test_count(results: Results) -> None:
    same(
        count_json(results),
        """
        {"query": "Shusha Declaration", "understood": "speeches with the words Shusha and Declaration", "total": 2,
         "pages": 2, "forms": [{"form": "ceasefire", "count": 3}, {"form": "cease fire", "count": 1}]}
        """,
    )


def test_facets_stand_alone_as_they_stand_in_results(results: Results) -> None:
    assert facets_json(results.facets) == results_json(results)["facets"]


def test_the_speech_whole(article: Speech) -> None:
    same(
        speech_json(article),
        """
        {"id": "2024/a.html", "page": "2024/a.html", "url": "https://news.example/a", "title": "It is kept",
         "kind": "article", "speaker": "Kamran Rzayev", "speakers": ["Kamran Rzayev"], "label": "Rzayev",
         "role": "Minister", "venue": ["Music School", "Shusha"], "quoting": ["Kamran Rzayev"],
         "event": "Opening, the second", "date": "2024-06", "source": "Caspian Ledger", "language": "en",
         "procedural": false,
         "text": "The minister spoke.\\n\\n\\"The Shusha Declaration is kept,\\" Rzayev said.",
         "start": 0, "end": 67, "notes": [],
         "quotes": [{"speaker": "Kamran Rzayev", "text": "The Shusha Declaration is kept,", "start": 22, "end": 53}],
         "extras": {"party": "none"}}
        """,
    )


def test_an_inspected_page(article: Speech) -> None:
    page = CleanPage(
        "2024/a.html",
        "/pages/2024/a.html",
        "html",
        article.text,
        "It is kept",
        (Removal("date 2024-06-15 + ↺ − 16 px", "font-size widget"),),
    )
    same(
        inspection_json(Inspection(page, (article,))),
        """
        {"page": "2024/a.html", "title": "It is kept", "date": "2024-06", "source": "Caspian Ledger",
         "language": "en",
         "text": "The minister spoke.\\n\\n\\"The Shusha Declaration is kept,\\" Rzayev said.",
         "removed": [{"text": "date 2024-06-15 + ↺ − 16 px", "rule": "font-size widget"}],
         "speeches": [
          {"id": "2024/a.html", "title": "It is kept", "kind": "article", "speaker": "Kamran Rzayev",
           "label": "Rzayev", "role": "Minister", "venue": ["Music School", "Shusha"],
           "event": "Opening, the second", "date": "2024-06", "procedural": false,
           "text": "The minister spoke.\\n\\n\\"The Shusha Declaration is kept,\\" Rzayev said.",
           "start": 0, "end": 67, "notes": [],
           "quotes": [{"speaker": "Kamran Rzayev", "text": "The Shusha Declaration is kept,",
                       "start": 22, "end": 53}]}]}
        """,
    )


def test_a_skipped_page_says_why() -> None:
    same(
        inspection_json(Inspection(Skipped("b.html", "empty file"))),
        """{"page": "b.html", "skipped": "empty file", "detail": null}""",
    )


def test_a_build() -> None:
    pages = PageCounts(read=7, added=1, changed=2, unchanged=3, withdrawn=4, stale=0, skipped=1)
    skipped = (Skipped("b.html", "empty file", detail="0 bytes"),)
    same(
        report_json(BuildReport("20240615T000000Z-1", "/srv/index", pages, 9, skipped, ("a remark",), 1.25)),
        """
        {"generation": "20240615T000000Z-1", "index": "/srv/index",
         "pages": {"read": 7, "added": 1, "changed": 2, "unchanged": 3, "withdrawn": 4, "stale": 0, "skipped": 1},
         "speeches": 9, "skipped": [{"page": "b.html", "reason": "empty file"}], "seconds": 1.25}
        """,
    )


def test_stats() -> None:
    stats = Stats(
        generation="20240615T000000Z-1",
        index="/srv/index",
        created="2024-06-15T00:00:00Z",
        speeches=9,
        pages=7,
        skipped=1,
        words=1234,
        bytes=5678,
        sources=("pages",),
        first_date="2019",
        last_date="2024-06-15",
        languages={"en": 9},
        coverage={"speaker": 8},
    )
    same(
        stats_json(stats),
        """
        {"index": "/srv/index", "generation": "20240615T000000Z-1", "created": "2024-06-15T00:00:00Z",
         "speeches": 9, "pages": 7, "words": 1234, "skipped": 1, "bytes": 5678, "first_date": "2019",
         "last_date": "2024-06-15", "languages": {"en": 9}, "sources": ["pages"], "coverage": {"speaker": 8}}
        """,
    )


def test_an_error_carries_its_exit_status() -> None:
    same(
        error_json(BuildRefused("the folder is empty")),
        """{"error": "build-refused", "message": "the folder is empty", "exit_status": 5}""",
    )


def test_a_query_error_points_at_its_place() -> None:
    error = QueryError("there is no field 'speeker'", query="speeker:x", start=0, end=7, suggestions=("speaker",))
    same(
        error_json(error),
        """
        {"error": "query", "message": "there is no field 'speeker'", "exit_status": 2, "query": "speeker:x",
         "start": 0, "end": 7, "suggestions": ["speaker"]}
        """,
    )


@pytest.mark.parametrize("one_line", [True, False])
def test_letters_stand_for_themselves(one_line: bool) -> None:
    assert "Şuşa Bəyannaməsi 😀" in to_json({"text": "Şuşa Bəyannaməsi 😀"}, one_line=one_line)


def test_half_a_character_is_escaped_and_comes_back() -> None:
    name = "\udce9t\udce9.html"  # a file named in Latin-1, as Python reads it
    text = to_json({"page": name})
    assert text.encode("utf-8").decode() == '{\n  "page": "\\udce9t\\udce9.html"\n}'
    assert json.loads(text) == {"page": name}
