"""What a build has made of pages so far, so that one that was killed need not make it again.

A file of entries, each with its length and its checksum: what was cut off or altered is not read.  An entry counts for
a page of the same content only, made by the same rules.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zlib
from pathlib import Path
from typing import IO, Any

from searchkit.comparing import speech_from_json, speech_to_json
from searchkit.models import CleanPage, Inspection, RawPage, Removal

__all__ = ["Journal"]

_NAME = "pages"
_DIGEST_BYTES = 16
_HEAD = 8 + _DIGEST_BYTES
_LONGEST = 1 << 30
_LEVEL = 1


class Journal:
    """Keeps what was made of pages in the folder `folder` until the build is done."""

    def __init__(self, folder: Path, pipeline: str) -> None:
        self._folder = folder
        self._pipeline = pipeline
        self._entries: dict[tuple[str, str], int] = {}
        """Key and content of a page -> where its entry stands."""
        self.taken_over = 0
        """Pages that need not be made again."""
        self._file: IO[bytes] | None = None
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            # Unbuffered: what was written is the kernel's when this process is killed.
            self._file = (folder / _NAME).open("a+b", buffering=0)
            self._read_through(self._file)

    @property
    def is_empty(self) -> bool:
        """Does it know of no page?"""
        return not self._entries

    def find(self, page: RawPage, content: str) -> Inspection | None:
        """What was made of `page`, whose content has the hash `content`?"""
        place = self._entries.get((page.key, content))
        if place is None or self._file is None:
            return None
        self._file.seek(place)
        entry = _read_entry(self._file)
        if entry is None:
            return None
        self.taken_over += 1
        removed = tuple(Removal(*part) for part in entry["removed"])
        clean = CleanPage(page.key, page.location, page.format, "", removed=removed)
        return Inspection(clean, tuple(map(speech_from_json, entry["speeches"])))

    def add(self, page: RawPage, content: str, inspection: Inspection) -> None:
        """Keep what was made of `page`.  A disk that is full is told by the writes that matter."""
        if self._file is None or not isinstance(inspection.page, CleanPage) or (page.key, content) in self._entries:
            return
        entry = {
            "key": page.key,
            "content": content,
            "pipeline": self._pipeline,
            "removed": [[part.text, part.rule] for part in inspection.page.removed],
            "speeches": [speech_to_json(speech) for speech in inspection.speeches],
        }
        packed = zlib.compress(json.dumps(entry, ensure_ascii=True).encode("ascii"), _LEVEL)
        digest = hashlib.blake2b(packed, digest_size=_DIGEST_BYTES).digest()
        try:
            self._file.write(len(packed).to_bytes(8, "little") + digest + packed)
        except OSError:
            self.close()

    def close(self) -> None:
        """Release the file."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = None

    def clear(self) -> None:
        """Forget everything: the build is done."""
        self.close()
        with contextlib.suppress(OSError):
            (self._folder / _NAME).unlink(missing_ok=True)
            self._folder.rmdir()

    def _read_through(self, file: IO[bytes]) -> None:
        file.seek(0)
        while True:
            place = file.tell()
            entry = _read_entry(file)
            if entry is None:
                file.truncate(place)
                return
            if entry["pipeline"] == self._pipeline:
                self._entries[str(entry["key"]), str(entry["content"])] = place


def _read_entry(file: IO[bytes]) -> dict[str, Any] | None:
    """The entry that begins here; None if there is none, or it is not as it was written."""
    head = file.read(_HEAD)
    length = int.from_bytes(head[:8], "little")
    if len(head) < _HEAD or length > _LONGEST:
        return None
    packed = file.read(length)
    if len(packed) < length or hashlib.blake2b(packed, digest_size=_DIGEST_BYTES).digest() != head[8:]:
        return None
    try:
        entry = json.loads(zlib.decompress(packed))
    except (ValueError, zlib.error):
        return None
    return entry if isinstance(entry, dict) else None
