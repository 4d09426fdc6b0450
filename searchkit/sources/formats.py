"""The formats that searchkit reads, as one table: suffix to reader.

A format is one file of this package and one line here. A reader yields pages, records, and what it had to skip;
it does not know of keys that other files take, nor of metadata tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from searchkit.models import RawPage, Skipped
from searchkit.sources.files import InputFile
from searchkit.sources.json_array import read_json_array
from searchkit.sources.jsonl import read_jsonl
from searchkit.sources.pages import read_html, read_text
from searchkit.sources.pdf import read_pdf
from searchkit.sources.record import Record
from searchkit.sources.table import read_table
from searchkit.sources.warc import read_warc

__all__ = ["FORMATS", "Format", "FormatReader", "format_named", "format_of", "known_suffixes", "suffix_of"]

# A longer or stranger ending is part of the name: "index.php?id=3", "Speech of 3. October".
_SUFFIX = re.compile(r"\.[A-Za-z0-9_]{1,8}\Z")


class FormatReader(Protocol):
    """Reads one open file."""

    def __call__(self, file: InputFile, /) -> Iterator[RawPage | Record | Skipped]:
        """Which pages and records does the file hold?  Raises SkipFile where it ends early."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, its suffixes (each also with .gz), and its reader."""

    name: str
    suffixes: tuple[str, ...]
    holds: Literal["page", "records", "table", "nothing"]
    read: FormatReader


def _read_nothing(file: InputFile) -> Iterator[Skipped]:
    yield Skipped(file.origin.key, "style sheet or script")


FORMATS: tuple[Format, ...] = (
    Format("html", (".html", ".htm", ".xhtml"), "page", read_html),
    Format("text", (".txt", ".text"), "page", read_text),
    Format("jsonl", (".jsonl", ".ndjson"), "records", read_jsonl),
    Format("json", (".json",), "records", read_json_array),
    Format("table", (".csv", ".tsv"), "table", read_table),
    Format("pdf", (".pdf",), "page", read_pdf),
    Format("warc", (".warc",), "records", read_warc),
    # Browsers and crawlers save these beside a page. They would pass for text, and they are nobody's words.
    Format("page furniture", (".css", ".js", ".mjs", ".map"), "nothing", _read_nothing),
)

_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_BY_NAME = {format.name: format for format in FORMATS}


def format_of(name: str) -> Format | None:
    """Which format does the suffix of a file name say?  None if it says none that is known."""
    return _BY_SUFFIX.get(_suffix(_without_gz(name)))


def format_named(name: str) -> Format:
    """Which format has this name?"""
    return _BY_NAME[name]


def suffix_of(name: str) -> str:
    """What is the suffix of a file name, ".gz" included?  "" if it has none."""
    inner = _without_gz(name)
    return _suffix(inner) + name[len(inner) :].lower()


def known_suffixes() -> str:
    """Which suffixes does searchkit read?  ".csv .htm .html"."""
    return " ".join(sorted(suffix for suffix, format in _BY_SUFFIX.items() if format.holds != "nothing"))


def _suffix(name: str) -> str:
    match = _SUFFIX.search(name)
    return match[0].lower() if match else ""


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name
