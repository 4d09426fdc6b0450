from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

import pytest

from searchkit.models import RawPage, Skipped

if TYPE_CHECKING:
    from tests.sources.conftest import Corpus

warcio = pytest.importorskip("warcio")
# warcio's writer, which only these tests use, leaves its temporary files to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning")

PAGE = b"<html><body><p>The port of Shusha is open to every ship.</p></body></html>"
CAPTURES = [
    ("https://example.org/a", "200 OK", "text/html; charset=utf-8", PAGE),
    ("https://example.org/b.txt", "200 OK", "text/plain", b"Nobody wept."),
    ("https://example.org/a", "200 OK", "text/html", PAGE),
    ("https://example.org/c", "301 Moved", "text/html", b"gone"),
    ("https://example.org/d.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://example.org/e", "200 OK", "text/html", b""),
]


def warc(*, gzip: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for address, status, kind, body in CAPTURES:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=headers))
        writer.write_record(writer.create_warc_record(address, "metadata", io.BytesIO(b"fetched: now")))
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_crawl(packed: bool, corpus: Corpus) -> None:
    path = corpus.root / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(warc(gzip=packed))
    reader = corpus.reader()
    items = [item for item in reader.read() if isinstance(item, RawPage | Skipped)]
    pages = [item for item in items if isinstance(item, RawPage)]
    assert [(page.key, page.format, page.content, dict(page.sidecar)) for page in pages] == [
        (f"{path.name}#https://example.org/a", "html", PAGE, {"url": "https://example.org/a"}),
        (f"{path.name}#https://example.org/b.txt", "text", b"Nobody wept.", {"url": "https://example.org/b.txt"}),
    ]
    skips: list[Any] = [(item.page.partition("#")[2], item.reason) for item in items if isinstance(item, Skipped)]
    assert skips == [
        ("https://example.org/a", "captured before in the same file"),
        ("https://example.org/e", "empty file"),
    ]
    assert any("6 metadata, 2 response" in remark for remark in reader.remarks)


@pytest.mark.parametrize("content", [b"no WARC at all", b"WARC/1.0\r\nWARC-Type: response\r\n"])
def test_a_damaged_file_is_skipped_with_a_reason(content: bytes, corpus: Corpus) -> None:
    corpus.write("crawl.warc", content)
    [(page, reason, _)] = corpus.skips()
    assert page == "crawl.warc"
    assert reason in ("damaged WARC", "no records")


def test_without_the_library_the_former_speeches_stand(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    corpus.write("crawl.warc", b"WARC/1.0")
    assert corpus.skips() == [("crawl.warc", "WARC, and warcio is not installed", True)]
