"""Bytes -> text, whatever they are: byte order mark, UTF-8, the declared encoding, at last the likeliest.

Line ends become newlines; characters that no reader sees, and that part words or upset terminals, are dropped. It never
raises: what no encoding explains becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["decode", "legible"]

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(
    rb"""(?:<meta[^<>]{0,300}?charset|<\?xml[^<>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_DECLARED_WITHIN = 4096
"""A declaration stands in the first kilobyte by the standard, and in the first four by what pages do."""

_MEANT = {
    # What browsers take the label for (WHATWG Encoding Standard, section 4.2).
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_NEVER = frozenset(("utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))
"""Codecs of Python that no page is written in, and that change plain text."""

_LIKELY = ("cp1252", "cp1251", "koi8_r", "cp1254", "cp1256", "cp1250", "cp1253", "cp1255", "gb18030", "cp932", "cp949")
"""Encodings of pages that declare none and are not UTF-8, the commonest first: none of old Macintoshes or of DOS."""

_FEW_ERRORS = 0.01
"""Of the characters beyond ASCII: a UTF-8 page with a few broken bytes in it is still a UTF-8 page."""
_SAMPLE = 64 * 1024

_UNSEEN = tuple(
    chr(code)
    for code in (
        *range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),
        0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB,
    )
)  # fmt: skip
"""Controls, soft hyphens, zero-width spaces, byte order marks inside. The joiners U+200C and U+200D are spelling."""
_LIGATURES = tuple(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
_LINE_ENDS = ("\r", "\x85", "\u2028")


def decode(content: bytes, *, is_html: bool) -> str:
    """Which text are the bytes `content`?  An HTML page may declare its encoding."""
    text = _by_mark(content) or _by_zeros(content) or _by_declaration(content, is_html) or _by_likeness(content)
    return legible(text)


def legible(text: str) -> str:
    """`text` with newlines for line ends of every kind, without ligatures and without what no reader sees."""
    text = text.replace("\r\n", "\n").replace("\u2029", "\n\n")
    for ligature, letters in _LIGATURES:
        text = text.replace(ligature, letters)
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    # One look for each is faster than a regular expression for all: nearly always there is none to be found.
    for character in _UNSEEN:
        if character in text:
            text = text.replace(character, "")
    return text


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    return None


def _by_zeros(content: bytes) -> str | None:
    """UTF-16 without its mark: in Western text every other byte is zero."""
    head = content[:_DECLARED_WITHIN]
    if len(head) < 4:
        return None
    for first_zero, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first_zero::2].count(0), head[1 - first_zero :: 2].count(0)
        if zeros > 0.4 * len(head) / 2 and not others:
            return content.decode(encoding, "replace")
    return None


def _by_declaration(content: bytes, is_html: bool) -> str | None:
    # UTF-8 first: other text is hardly ever valid UTF-8 by chance, and wrong declarations are common.
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken or broken <= _FEW_ERRORS * sum(not part.isascii() for part in text):
        return text
    declared = _DECLARED.search(content[:_DECLARED_WITHIN]) if is_html else None
    encoding = _known(declared[1].decode("ascii", "replace")) if declared else None
    if encoding is None or encoding == "utf-8":
        return None
    return content.decode(encoding, "replace")


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name.replace("-", "_") in _NEVER:
        return None
    name = _MEANT.get(name, name)
    try:
        b"a".decode(name)
    except (LookupError, ValueError):  # rot13 and its like, which turn no bytes into text
        return None
    return name


def _by_likeness(content: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(content[:_SAMPLE], cp_isolation=list(_LIKELY))
    best = matches.best()
    if best is None:
        return content.decode("cp1252", "replace")
    # Several are often as likely, down to the last digit; then the more common one is meant.
    equal = {
        name
        for match in matches
        if (match.chaos, match.coherence) == (best.chaos, best.coherence)
        for name in match.could_be_from_charset
    }
    return content.decode(next((name for name in _LIKELY if name in equal), best.encoding), "replace")
