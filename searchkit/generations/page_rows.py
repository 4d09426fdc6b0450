"""The rows of pages.sqlite as values, and how each value is kept there."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from searchkit.models import Removal

__all__ = ["FileRow", "PageRow", "SpeechRow", "content_bytes", "page_row", "storable"]


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """One speech of a generation, with the digest of all that its page says of it."""

    id: str
    page: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class PageRow:
    """What became of one page."""

    key: str
    location: str = ""
    """Where it was found: a path, with #line for a record."""
    content: str | None = None
    """The hash of what it was made of; None for what could not be read."""
    pipeline: str | None = None
    """The state of the rules that made its speeches."""
    speeches: int = 0
    removed: tuple[Removal, ...] = ()
    skipped: str | None = None
    """Why it gave no speech, or why it is stale."""
    detail: str = ""
    stale: bool = False
    """True if its speeches are those of an earlier generation."""
    file: int = field(default=0, compare=False)
    """The number of the file it was found in, in the table that it was read from."""
    place: int | None = field(default=None, compare=False)
    """Its line there, or its place in an array; None for what is none."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file and its pages."""

    number: int
    key: str | None
    """Its key as a page, which that of its records may begin like."""
    stamp: str | None
    """How it stood when its pages were made; None where that tells nothing."""
    rows: int
    pages: int
    """Rows with speeches."""
    speeches: int
    current: bool
    """Were all its pages made by the rules that were asked for, and is none stale?"""


def page_row(
    key: object,
    location: object,
    content: object,
    pipeline: object,
    speeches: object,
    removed: object,
    skipped: object,
    detail: object,
    stale: object,
    file: object,
    place: object,
) -> PageRow:
    """Which row is kept like this?  Raises ValueError, TypeError or KeyError for one of another shape."""
    if not (isinstance(removed, str | None) and isinstance(speeches, int) and isinstance(file, int)):
        raise ValueError(f"the row of {key!r}")
    return PageRow(
        str(key),
        "" if location is None else str(location),
        _content(content),
        None if pipeline is None else str(pipeline),
        speeches,
        tuple(Removal(str(part["text"]), str(part["rule"])) for part in json.loads(removed)) if removed else (),
        None if skipped is None else str(skipped),
        "" if detail is None else str(detail),
        bool(stale),
        file,
        place if isinstance(place, int) else None,
    )


def content_bytes(content: str | None) -> bytes | str | None:
    """How is the hash `content` kept?  In half the room if it is hexadecimal digits, as all of ours are."""
    try:
        kept = bytes.fromhex(content or "")
    except ValueError:
        return content
    return kept if kept and kept.hex() == content else content


def _content(kept: object) -> str | None:
    return kept.hex() if isinstance(kept, bytes) else None if kept is None else str(kept)


def storable(text: str) -> str:
    """How is `text` kept in a database?"""
    # A database holds valid Unicode; the message of an error may quote a name that is not.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
