"""Whole pages and exactly what is made of them: clean.json is the cleaned page, speeches.json its speeches.

A page that gives something else than it did is looked at; if the new result is right, its files are written anew with
`python tests/golden/test_golden.py`, and the difference is read before it is committed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from searchkit.cleaning import clean
from searchkit.extraction import extract
from searchkit.models import CleanPage, RawPage

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir())


def results(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The page of `folder`, cleaned, and its speeches; fields without a value are left out."""
    [path] = folder.glob("page.*")
    page = clean(RawPage(path.name, path.name, "html" if path.suffix == ".html" else "text", path.read_bytes()))
    assert isinstance(page, CleanPage)
    cleaned = {
        "title": page.title,
        "text": page.text.split("\n"),
        "removed": [{"rule": part.rule, "text": part.text} for part in page.removed],
        "declared": [f"{found.origin} {found.name}: {found.value}" for found in page.declared],
    }
    speeches = []
    for speech in extract(page):
        assert page.text[speech.start : speech.end] == speech.text
        quotes = [{"speaker": quote.speaker, "text": quote.text} for quote in speech.quotes]
        notes = [speech.text[start:end] for start, end in speech.notes]
        fields = {
            name: getattr(speech, name)
            for name in (
                "id",
                "title",
                "kind",
                "speaker",
                "label",
                "role",
                "event",
                "date",
                "source",
                "language",
                "url",
            )
        }
        shape = {
            **fields,
            "venue": list(speech.venue),
            "procedural": speech.procedural,
            "notes": notes,
            "quotes": quotes,
        }
        speeches.append({name: value for name, value in shape.items() if value} | {"text": speech.text.split("\n")})
    return cleaned, speeches


@pytest.mark.parametrize("folder", PAGES, ids=lambda path: path.name)
def test_page(folder: Path) -> None:
    cleaned, speeches = results(folder)
    assert cleaned == json.loads((folder / "clean.json").read_text("utf-8"))
    assert speeches == json.loads((folder / "speeches.json").read_text("utf-8"))


def write() -> None:
    """Write the results as they are; to be read before they are believed."""
    for folder in PAGES:
        for name, result in zip(("clean", "speeches"), results(folder), strict=True):
            text = json.dumps(result, ensure_ascii=False, indent=1)
            (folder / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    write()
