"""PDF -> text: the words of every sheet, in the order in which the file has them; a form feed parts the sheets."""

from __future__ import annotations

import io
import logging

__all__ = ["PdfUnreadable", "text_of_pdf"]

_MOST_SHEETS = 3000


class PdfUnreadable(Exception):
    """Why a PDF gives no text, worded so that equal reasons can be counted, and what the library says of it."""

    def __init__(self, reason: str, detail: str = "", *, for_now: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail
        self.for_now = for_now
        """True if the same file may be read another time: the library is not there."""


def text_of_pdf(content: bytes) -> str:
    """What do the sheets of this PDF say?  Raises PdfUnreadable."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise PdfUnreadable("PDF, and pypdf is not installed", "pip install 'searchkit[pdf]'", for_now=True) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every oddity of a file on standard error
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfUnreadable("PDF that asks for a password")
        if len(reader.pages) > _MOST_SHEETS:
            raise PdfUnreadable(f"PDF of more than {_MOST_SHEETS:,} sheets", f"{len(reader.pages):,}")
        return "\f".join(sheet.extract_text() for sheet in reader.pages)
    except PdfUnreadable:
        raise
    except Exception as error:
        # A PDF is a program of its own; whatever it does to the library costs that page alone.
        raise PdfUnreadable("damaged PDF", f"{type(error).__name__}: {error}"[:300]) from error
