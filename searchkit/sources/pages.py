"""Files that are one page each: HTML and plain text, delivered as bytes."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.models import PageFormat, RawPage, Skipped
from searchkit.sources.files import InputFile
from searchkit.sources.sniffing import is_binary

__all__ = ["read_html", "read_text"]


def read_html(file: InputFile) -> Iterator[RawPage | Skipped]:
    """Which page is this HTML file?"""
    yield from _read_page(file, "html")


def read_text(file: InputFile) -> Iterator[RawPage | Skipped]:
    """Which page is this text file?"""
    yield from _read_page(file, "text")


def _read_page(file: InputFile, format: PageFormat) -> Iterator[RawPage | Skipped]:
    origin = file.origin
    if is_binary(file.head()):
        yield Skipped(origin.key, "binary, not text")
        return
    yield RawPage(origin.key, origin.location, format, file.whole())
