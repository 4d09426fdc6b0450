"""WARC files of crawlers: every page that a server answered with becomes a page, under the address it was asked for.

A capture that is no page (a redirect, an image, a style sheet, a request) is not one; their number is told.  Of several
captures of one address in a file the first counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from searchkit.models import PageFormat, RawPage, Skipped
from searchkit.sources.files import PAGE_LIMIT, InputFile, SkipFile, in_megabytes
from searchkit.sources.keys import without_controls

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

__all__ = ["read_warc"]

_FORMATS: dict[str, PageFormat] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}
_ANSWERED = "200"


def read_warc(file: InputFile) -> Iterator[RawPage | Skipped]:
    """Which pages does this WARC file hold?  Their keys are the file's and the address behind #."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise SkipFile("WARC, and warcio is not installed", "pip install 'searchkit[warc]'", unreadable=True) from error
    seen: set[str] = set()
    others: Counter[str] = Counter()
    try:
        for record in ArchiveIterator(file.stream()):
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            format = _format(record)
            if format is None:
                others[record.rec_type] += 1
                continue
            key = f"{file.origin.key}#{without_controls(address)}"
            if key in seen:
                yield Skipped(key, "captured before in the same file")
                continue
            seen.add(key)
            yield _page(file, record, key, format)
    except SkipFile:
        raise
    except Exception as error:
        # A damaged record makes warcio raise whatever its missing parts make Python raise.
        raise SkipFile("damaged WARC", str(error), unreadable=True) from error
    if others:
        said = ", ".join(f"{number:,} {kind}" for kind, number in sorted(others.items()))
        file.remarks.add(f"records of a WARC file that are no pages ({said})", file.origin.key)


def _format(record: ArcWarcRecord) -> PageFormat | None:
    """Which kind of page is this record?  None if it is none."""
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != _ANSWERED:
            return None
        declared = record.http_headers.get_header("Content-Type")
    elif record.rec_type == "resource":
        declared = record.rec_headers.get_header("Content-Type")
    else:
        return None
    return _FORMATS.get((declared or "").partition(";")[0].strip().lower())


def _page(file: InputFile, record: Any, key: str, format: PageFormat) -> RawPage | Skipped:
    content = record.content_stream().read(PAGE_LIMIT + 1)
    if len(content) > PAGE_LIMIT:
        return Skipped(key, f"larger than {in_megabytes(PAGE_LIMIT)}")
    if not content:
        return Skipped(key, "empty file")
    address = without_controls(record.rec_headers.get_header("WARC-Target-URI") or "")
    # The address that was asked for is where the page stands, whatever the page says of itself.
    return RawPage(
        key, f"{file.origin.location}#{address}", format, content, sidecar={"url": address} if address else {}
    )
