"""File names as page keys: text that can be printed, stored and turned back into the name.

A key is valid Unicode without control characters, whatever bytes a file system allows. It does not say which
file it is the key of: that is the survey's.
"""

from __future__ import annotations

import os
import re

__all__ = ["key_below", "original", "printable", "without_controls"]

# Control characters would break the lines of a listing or reach a terminal; U+2028 and U+2029 end lines as well.
_CONTROLS = {
    code: "".join(f"\\x{byte:02x}" for byte in chr(code).encode())
    for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
}
_ESCAPE = re.compile(rb"\\(?:\\|x([0-9a-f]{2}))")


def printable(name: str) -> str:
    r"""What stands for a file name or path in keys and messages?

    The name itself, but for three things: bytes that are not UTF-8 and control characters are written `\xe9`,
    a backslash `\\`, so that `original` can turn it back.
    """
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    return without_controls(os.fsencode(name).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace"))


def original(text: str) -> str:
    """Which file name or path does `printable` write as `text`?"""
    if "\\" not in text:
        return text
    return os.fsdecode(_ESCAPE.sub(_unescaped, text.encode()))


def without_controls(text: str) -> str:
    r"""How is `text` written on one line, its control characters as `\x0a`?"""
    return text if text.isprintable() else text.translate(_CONTROLS)


def key_below(folder: str, path: str) -> str:
    """What is the key of `path`, which begins with `folder`?  What follows, with "/" on every system."""
    parts = path[len(folder) :].lstrip(os.sep).split(os.sep)  # noqa: PTH206 -- a Path a file costs a second in 100,000
    return "/".join(map(printable, parts))


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode()) if match[1] else b"\\"
