from __future__ import annotations

from typing import Any

from searchkit.models import RawPage, Skipped
from searchkit.sources.pages import read_html, read_text


def test_a_page_is_its_bytes(read_with: Any, tmp_path) -> None:
    place = str(tmp_path / "f")
    assert read_with(read_html, b"<p>caf\xe9\r\n") == [RawPage("f", place, "html", b"<p>caf\xe9\r\n")]
    assert read_with(read_text, b"a\0b\xff") == [RawPage("f", place, "text", b"a\0b\xff")]


def test_a_binary_file_is_no_page(read_with: Any) -> None:
    assert read_with(read_html, b"%PDF-1.4 words") == [Skipped("f", "binary, not text")]
