from __future__ import annotations

import pytest

from searchkit.sources.formats import FORMATS, format_named, format_of, known_suffixes, suffix_of


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.xhtml.gz", "html"),
        ("a.txt", "text"),
        ("A.TXT.GZ", "text"),
        ("a.jsonl.gz", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.json", "json"),
        ("a.csv", "table"),
        ("a.tsv.gz", "table"),
        ("a.css", "page furniture"),
        ("a.png", None),
        ("a.gz", None),
        ("a", None),
        ("a.html?id=1", None),
        ("-", None),
    ],
)
def test_the_format_that_a_name_says(name: str, format: str | None) -> None:
    found = format_of(name)
    assert (found and found.name) == format


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.PNG", ".png"),
        ("a.tar.gz", ".tar.gz"),
        ("a.gz", ".gz"),
        ("README", ""),
        ("index.php?id=3", ""),
        ("Speech of 3. October", ""),
        ("a.", ""),
    ],
)
def test_the_suffix_of_a_name(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_every_format_is_found_by_its_name_and_its_suffixes() -> None:
    for format in FORMATS:
        assert format_named(format.name) is format
        assert [format_of(f"a{suffix}") for suffix in format.suffixes] == [format] * len(format.suffixes)


def test_known_suffixes_are_those_of_pages_and_records() -> None:
    assert known_suffixes() == ".csv .htm .html .json .jsonl .ndjson .pdf .text .tsv .txt .warc .xhtml"
