"""Which generation is live, and are its files whole?  Reads `current` and the manifest; never writes, never locks."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import IndexDamaged, IndexMissing
from searchkit.generations.layout import PAGES, Layout, is_generation_id, quoted
from searchkit.generations.manifest import Manifest, read_manifest

__all__ = ["Generation", "check_sizes", "checksums", "live", "require_live", "sha256", "verify"]

_LONGEST_ID = 64
_AT_ONCE = 1 << 23
"""Bytes of a file that are read and summed together: between two such pieces a thread may have to wait for others."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of an index."""

    directory: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """Its id, as `current` and its folder name it."""
        return self.manifest.generation

    @property
    def index(self) -> Path:
        """The index it belongs to."""
        return self.directory.parent.parent

    @property
    def pages(self) -> Path:
        """Its table of pages."""
        return self.directory / PAGES


def live(index: Path) -> Generation | None:
    """Which generation of `index` is live?  None if there is none.

    Its files are not looked at: see `check_sizes` and `verify`. Raises IndexDamaged if `current` or the manifest is not
    as it was written.
    """
    layout = Layout(index.absolute())
    id = _current(layout)
    while id is not None:
        try:
            return _named(layout, id)
        except IndexDamaged:
            # A builder may have published and pruned since `current` was read.
            former, id = id, _current(layout)
            if id == former:
                raise
    return None


def require_live(index: Path) -> Generation:
    """Which generation of `index` is live, with every file of the size that it was written with?

    Raises IndexMissing, with the absolute path and what to do, or IndexDamaged.
    """
    generation = live(index)
    if generation is None:
        path = index.absolute()
        raise IndexMissing(f"no index at {path}; build one: searchkit build SOURCE... --index {quoted(path)}")
    check_sizes(generation)
    return generation


def check_sizes(generation: Generation) -> None:
    """Compare existence and size of every file with the manifest, and read none.  Raises IndexDamaged."""
    for name, recorded in generation.manifest.files.items():
        path = generation.directory / name
        try:
            status = path.stat(follow_symlinks=False)
        except OSError as error:
            raise _damaged(path, f"cannot be found ({error.strerror})", generation.index) from error
        if not stat.S_ISREG(status.st_mode):
            raise _damaged(path, "is not a file", generation.index)
        if status.st_size != recorded.size:
            what = f"has {status.st_size:,} bytes, and was written with {recorded.size:,}"
            raise _damaged(path, what, generation.index)


def verify(generation: Generation, but: Container[str] = ()) -> None:
    """Compare the content of every file, `but` those named, with its checksum in the manifest.  Raises IndexDamaged."""
    check_sizes(generation)
    paths = [generation.directory / name for name in generation.manifest.files if name not in but]
    for path, found in zip(paths, checksums(paths), strict=True):
        if isinstance(found, OSError):
            raise _damaged(path, f"cannot be read ({found.strerror})", generation.index) from found
        if found != generation.manifest.files[path.name].sha256:
            raise _damaged(path, "is not as it was written: its checksum differs", generation.index)


def checksums(paths: Sequence[Path]) -> list[str | OSError]:
    """What is the checksum of each file, in hexadecimal digits?  The error, where it cannot be read.

    By a thread for each core: a digest lets other threads run.
    """
    from concurrent.futures import ThreadPoolExecutor  # a query compares no checksums

    with ThreadPoolExecutor(thread_name_prefix="searchkit-checksum") as threads:
        return list(threads.map(_checksum, paths))


def _checksum(path: Path) -> str | OSError:
    try:
        return sha256(path)
    except OSError as error:
        return error


def sha256(path: Path) -> str:
    """What is the checksum of the file `path`, in hexadecimal digits?"""
    found = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        buffer = memoryview(bytearray(min(_AT_ONCE, 1 + os.fstat(file.fileno()).st_size)))
        while size := file.readinto(buffer):
            found.update(buffer[:size])
    return found.hexdigest()


def _current(layout: Layout) -> str | None:
    try:
        with layout.current.open("rb") as file:
            content = file.read(_LONGEST_ID)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unknown(layout.current, f"cannot be read ({error.strerror})", layout.index) from error
    id = content.decode("latin-1").removesuffix("\n")
    if not is_generation_id(id):
        raise _unknown(layout.current, "does not name a generation", layout.index)
    return id


def _named(layout: Layout, id: str) -> Generation:
    directory = layout.published(id)
    if not directory.is_dir():
        raise _unknown(layout.current, f"names the generation {id}, which is not there", layout.index)
    return Generation(directory, read_manifest(directory))


def _damaged(path: Path, what: str, index: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} {what}; build the index anew: searchkit build --index {quoted(index)}")


def _unknown(path: Path, what: str, index: Path) -> IndexDamaged:
    return IndexDamaged(
        f"{path} {what}; build the index anew: searchkit build SOURCE... --replace --index {quoted(index)}"
    )
