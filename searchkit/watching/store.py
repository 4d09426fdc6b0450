"""The folder of saved queries: one file each, replaced in one step, outside the index, which may be deleted.

Who changes one holds the lock of the folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from searchkit.errors import UsageError
from searchkit.generations import locked, replace_file, sync_folder
from searchkit.watching.watch import Watch, checked_name

__all__ = ["Store"]

_SUFFIX = ".watch.json"


class Store:
    """The saved queries of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def locked(self, purpose: str, wait: float = 0.0) -> Iterator[None]:
        """Let nobody else change them while the block runs.  Raises IndexLocked, or OSError if none can be kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder, purpose, wait):
            yield

    def watches(self) -> list[Watch]:
        """Which queries are saved?  In the order of their names.  Raises UsageError for a file that is not ours."""
        try:
            names = sorted(os.listdir(self.folder))  # noqa: PTH208 -- names are all that is asked for
        except FileNotFoundError:
            return []
        return [self._read(self.folder / name) for name in names if name.endswith(_SUFFIX) and name[0] != "."]

    def find(self, name: str) -> Watch:
        """Which query is saved as `name`?  Raises UsageError with those that are there."""
        path = self._path(name)
        if path.exists():
            return self._read(path)
        there = ", ".join(watch.name for watch in self.watches()) or "none"
        raise UsageError(f"there is no saved query {name!r} in {self.folder}; there are: {there}")

    def add(self, name: str, query: str) -> Watch:
        """Save `query` as `name`.  Raises UsageError if that is taken."""
        path = self._path(name)
        if path.exists():
            raise UsageError(
                f"there is a saved query {name!r} already: {self._read(path).query}; "
                "choose another name, or remove it first: searchkit watch remove " + name
            )
        watch = Watch(name, query, secrets.token_hex(8), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        self.keep(watch)
        return watch

    def keep(self, watch: Watch) -> None:
        """Let the file of `watch` say what it says; on the disk when the call returns."""
        path = self._path(watch.name)
        replace_file(path, json.dumps(watch.as_json(), ensure_ascii=True) + "\n", beside=path.with_suffix(".next"))

    def remove(self, name: str) -> None:
        """Forget the query `name`, and what it was told of."""
        self.find(name)
        self._path(name).unlink()
        sync_folder(self.folder)

    def _path(self, name: str) -> Path:
        return self.folder / f"{checked_name(name)}{_SUFFIX}"

    def _read(self, path: Path) -> Watch:
        try:
            return Watch.from_json(json.loads(path.read_text(encoding="ascii")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UsageError(f"{path} is no saved query ({what}): restore it, or remove the file") from error
