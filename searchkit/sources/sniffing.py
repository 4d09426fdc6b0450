"""What a file without a known suffix holds, told from its first bytes.

Bytes go in, the name of a format comes out, or None: neither text nor a page. Encodings are not decided here.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["is_binary", "sniff"]

_UNICODE_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

# Formats that begin like text, or that are binary whatever their share of control bytes.
_MAGIC = (
    b"%PDF-",
    b"%!PS",  # PostScript
    b"{\\rtf",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",  # JPEG
    b"PK\x03\x04",  # zip, docx, epub
    b"\x1f\x8b",  # gzip
    b"\x28\xb5\x2f\xfd",  # zstandard
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"SQLite format 3",
)

# Bytes of no text encoding but UTF-16 and UTF-32; tab, newline, form feed, carriage return and escape are text.
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\x0c\r\x1b")
_CONTROL_SHARE = 20
"""Random bytes are one control in ten; a text with stray NULs has far fewer than one in twenty."""

# What may open an HTML page, from the WHATWG MIME Sniffing Standard; XHTML has an XML declaration before it.
_HTML = re.compile(
    rb"\s*(?:<!doctype html|<!--|<(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link"
    rb"|article|section|main|span|ul|ol|pre|h[2-6])[\s/>])",
    re.IGNORECASE,
)
_HTML_WITHIN = re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<[?!a-z]", re.IGNORECASE)  # RSS, SVG: markup that is not a page
_JSON_OBJECTS = re.compile(rb'\s*\{\s*["}]')
_JSON_ARRAY = re.compile(rb"\s*\[\s*[{\]]")


def sniff(head: bytes) -> str | None:
    """Which format does a file have that begins with `head`: html, text, jsonl or json?  None: no page."""
    if head.startswith(_MAGIC):
        return None
    marked = head.startswith(_UNICODE_MARKS)
    if not marked and any(code in _CONTROLS for code in set(head)):
        return None
    head = head.replace(b"\0", b"").lstrip(b"\xff\xfe") if marked else head
    head = head.removeprefix(codecs.BOM_UTF8)
    if _HTML.match(head) or _HTML_WITHIN.search(head):
        return "html"
    if _MARKUP.match(head):
        return None
    if _JSON_OBJECTS.match(head):
        return "jsonl"
    return "json" if _JSON_ARRAY.match(head) else "text"


def is_binary(head: bytes) -> bool:
    """Is a file that begins with `head` no text at all, whatever its suffix says?"""
    if head.startswith(_MAGIC):
        return True
    if head.startswith(_UNICODE_MARKS):
        return False
    # NULs are not counted: UTF-16 without a mark is half of them, and cleaning takes stray ones out of a page.
    controls = len(head) - len(head.translate(None, _CONTROLS[1:]))
    return controls * _CONTROL_SHARE > len(head) or not head.strip(b"\0")
