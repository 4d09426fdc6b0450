"""JSON lines: one value a line, whatever stands in the text."""

from __future__ import annotations

import json
from typing import Any

from searchkit.models import CleanPage, Inspection, Results, Skipped
from searchkit.presenting import hits_jsonl, inspections_jsonl, results_json


def test_each_line_is_a_hit_of_the_list(results: Results) -> None:
    lines = list(hits_jsonl(results))
    assert [json.loads(line) for line in lines] == results_json(results)["hits"]


def test_no_hits_no_lines(answer: Any) -> None:
    assert list(hits_jsonl(answer(hits=()))) == []


def test_each_line_is_a_page() -> None:
    page = CleanPage("a.txt", "a.txt", "text", "One.\n\nTwo.")
    lines = list(inspections_jsonl([Inspection(page), Inspection(Skipped("b.txt", "empty file"))]))
    assert [json.loads(line) for line in lines] == [
        {"page": "a.txt", "title": None, "date": None, "source": None, "language": None}
        | {"text": "One.\n\nTwo.", "removed": [], "speeches": []},
        {"page": "b.txt", "skipped": "empty file", "detail": None},
    ]
