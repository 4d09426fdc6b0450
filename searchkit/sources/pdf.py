"""PDF files: each is one page, delivered as bytes; its words are found when it is cleaned, in a worker of its own."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.models import RawPage, Skipped
from searchkit.sources.files import InputFile

__all__ = ["read_pdf"]

_MAGIC = b"%PDF-"
_WITHIN = 1024
"""Readers of PDF look for the mark in the first kilobyte: some files have mail headers before it."""


def read_pdf(file: InputFile) -> Iterator[RawPage | Skipped]:
    """Which page is this PDF file?"""
    if _MAGIC not in file.head()[:_WITHIN]:
        yield Skipped(file.origin.key, "no PDF, whatever its name says")
        return
    yield RawPage(file.origin.key, file.origin.location, "pdf", file.whole())
