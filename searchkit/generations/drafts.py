"""A generation from its first file to the switch: begun beside the live one, sealed, published; old ones removed.

Every function here wants the builder's lock (`lock`). Whenever the process is killed, `current` names a generation that
is whole: the former one until the single step of `Draft.publish` that replaces the file, the new one from then on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from searchkit.generations.durable import replace_file, sync_file, sync_folder
from searchkit.generations.layout import MANIFEST, PAGES, Layout, next_id
from searchkit.generations.manifest import FileRecord, Manifest, write_manifest
from searchkit.generations.reading import Generation, checksums, sha256

__all__ = ["KEPT", "Draft", "begin", "prune", "sweep"]

KEPT = 7
"""Generations that stay after a build, the live one included."""
_LARGE = 1 << 20
"""Bytes of a file whose checksum is worth being taken beside other work."""
_Stamp = tuple[int, int, int]


class Draft:
    """A generation that nobody sees yet."""

    def __init__(self, layout: Layout, id: str, started: datetime) -> None:
        self._layout = layout
        self.id = id
        self.created = started.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.directory = layout.building(id)
        self._ahead: dict[Path, tuple[_Stamp, Future[str]]] = {}
        """File -> how it stood when its checksum was begun to be taken, and what comes of it."""

    @property
    def pages(self) -> Path:
        """Where its table of pages is to be written."""
        return self.directory / PAGES

    def read_ahead(self, linked: Container[str] = ()) -> None:
        """Begin to take the checksums of large files, but of those that are `linked`, while the caller does the rest.

        A file that is changed all the same is read again when the draft is sealed.
        """
        large = [path for path in self._files() if path.name not in linked and path.stat().st_size >= _LARGE]
        if large:
            threads = ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1), thread_name_prefix="searchkit-checksum")
            self._ahead = {path: (_stamp(path), threads.submit(sha256, path)) for path in large}
            threads.shutdown(wait=False)

    def seal(self, manifest: Manifest, linked: Mapping[str, FileRecord] | None = None) -> Generation:
        """Bring every file to the disk and write the manifest, with their sizes and checksums.

        What `manifest` says of files is replaced; `linked` names files that are those of a generation whose checksums
        were found right, and are not read again.  The generation returned stands where it was written: open it, look
        at it, close it, then publish.
        """
        records = dict(linked or {})
        paths = self._files()
        for path, (stamp, ahead) in self._ahead.items():
            found = ahead.result()
            if path in paths and _stamp(path) == stamp:
                records[path.name] = FileRecord(path.stat().st_size, found)
        new = [path for path in paths if path.name not in records]
        for path, checksum in zip(new, checksums(new), strict=True):
            if isinstance(checksum, OSError):
                raise checksum
            records[path.name] = FileRecord(path.stat().st_size, checksum)
        for path in paths:
            sync_file(path)
        sealed = replace(manifest, files={path.name: records[path.name] for path in paths})
        write_manifest(self.directory, sealed)
        sync_file(self.directory / MANIFEST)
        sync_folder(self.directory)
        return Generation(self.directory, sealed)

    def publish(self) -> Path:
        """Make it the live generation; where does it stand from then on?"""
        published = self._layout.published(self.id)
        self.directory.rename(published)
        self.directory = published
        sync_folder(self._layout.generations)
        replace_file(self._layout.current, f"{self.id}\n", beside=self._layout.next)
        return published

    def discard(self) -> bool:
        """Remove what was written, unless it is live; was it removed?"""
        if self._is_live():
            return False
        for _, ahead in self._ahead.values():
            ahead.cancel()
        wait(ahead for _, ahead in self._ahead.values())
        shutil.rmtree(self.directory, ignore_errors=True)
        return True

    def _files(self) -> list[Path]:
        return sorted(path for path in self.directory.iterdir() if path.is_file())

    def _is_live(self) -> bool:
        # Asked of the file: a disk that fails in `publish` may do so after the switch.
        try:
            return self._layout.current.read_bytes().decode("latin-1").strip() == self.id
        except FileNotFoundError:
            return False


def _stamp(path: Path) -> _Stamp:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def begin(index: Path) -> Draft:
    """Begin a generation of `index` beside the others; what killed builders left is removed."""
    layout = Layout(index.absolute())
    layout.generations.mkdir(exist_ok=True)
    for leftover in layout.leftovers():
        shutil.rmtree(leftover)
    started = datetime.now(UTC)
    draft = Draft(layout, next_id(layout.ids(), started), started)
    draft.directory.mkdir()
    return draft


def prune(index: Path, live: str, keep: int = KEPT) -> list[str]:
    """Remove all but the last `keep` generations of `index`, and never `live`; which were removed?

    One that cannot be removed (on Windows: somebody reads it) is left to the next build.
    """
    layout = Layout(index.absolute())
    gone = []
    for id in layout.ids()[: -max(1, keep)]:
        if id == live:
            continue
        removed = layout.removed(id)
        try:
            # Renamed first: a generation half removed must not look like a published one.
            layout.published(id).rename(removed)
            shutil.rmtree(removed)
        except OSError:
            continue
        gone.append(id)
    return gone


def sweep(index: Path) -> list[Path]:
    """Remove what killed builders left in `index`: drafts, generations half removed, work kept; what was it?"""
    layout = Layout(index.absolute())
    swept = []
    for path in (*layout.leftovers(), layout.next, layout.next_held, layout.work):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        else:
            continue
        swept.append(path)
    return swept
