"""What lies in a folder tree: files and what cannot be one, without opening any.

A path goes in, a `Tree` comes out. Real folders come before symbolic links to folders, so that a link never
changes the key of a page, and every folder is visited once, so that no loop of links can be walked.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from searchkit.models import Skipped
from searchkit.sources.keys import key_below

__all__ = ["INDEX_INSIDE", "Identity", "Tree", "identity", "walk"]

INDEX_INSIDE = "a searchkit index is never a source"
_INDEX_ENTRIES = {"current", "generations"}

Identity = tuple[int, int]
"""Device and inode: the same for every path to one folder."""


@dataclass(slots=True)
class Tree:
    """The files below a folder, by key; what was left out is named or counted."""

    files: list[tuple[str, str]] = field(default_factory=list)
    """Key below the folder, path."""
    skipped: list[Skipped] = field(default_factory=list)
    folders: dict[Identity, str] = field(default_factory=dict)
    """Every folder visited, with its path."""
    hidden_files: int = 0
    hidden_folders: int = 0
    repeated_folders: int = 0
    """Links to (or mounts of) folders that are read under another key, or that the tree lies in."""


def walk(root: str, exclude: Iterable[Path] = ()) -> Tree:
    """Which files lie in the folder `root`, at any depth?  Nothing is read of the folders in `exclude`."""
    walker = _Walker(root, exclude)
    walker.visit(root)
    while walker.links:
        walker.visit(walker.links.popleft())
    return walker.tree


def identity(path: str | Path) -> Identity | None:
    """Which folder or file stands at `path`, whatever links lead there?  None if there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 -- the paths of a tree are plain strings
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


class _Walker:
    def __init__(self, root: str, exclude: Iterable[Path]) -> None:
        self.tree = Tree()
        self.links: deque[str] = deque()
        self._root = root
        self._excluded = {identity(folder) for folder in exclude}
        # A link to a folder that holds the tree is a loop as well.
        self._above = {identity(folder) for folder in Path(root).resolve().parents}

    def visit(self, folder: str) -> None:
        """Take in one folder and the real folders below it."""
        pending = [folder]
        while pending:
            pending += self._enter(pending.pop())

    def _enter(self, folder: str) -> list[str]:
        """Take in the entries of one folder; returns the real folders among them."""
        found = identity(folder)
        if found in self._excluded:
            self._skip(folder, INDEX_INSIDE, folder=True)
            return []
        if found is not None and (found in self.tree.folders or found in self._above):
            self.tree.repeated_folders += 1
            return []
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self._skip(folder, "folder cannot be read", error, folder=True)
            return []
        if found is not None:
            self.tree.folders[found] = folder
        if _is_index(entries):
            self._skip(folder, INDEX_INSIDE, folder=True)
            return []
        return [entry.path for entry in entries if self._take(entry)]

    def _take(self, entry: os.DirEntry[str]) -> bool:
        """Take in one entry; is it a real folder, to be entered?"""
        try:
            if entry.name.startswith("."):
                self._count_hidden(entry)
            elif entry.is_dir(follow_symlinks=False):
                return True
            elif entry.is_dir():
                self.links.append(entry.path)
            elif entry.is_file():
                self.tree.files.append((key_below(self._root, entry.path), entry.path))
            else:
                self._take_odd(entry)
        except OSError as error:
            self._skip(entry.path, "cannot be read", error)
        return False

    def _take_odd(self, entry: os.DirEntry[str]) -> None:
        try:
            mode = entry.stat().st_mode
        except FileNotFoundError as error:
            self._skip(entry.path, "broken symbolic link" if entry.is_symlink() else "cannot be read", error)
            return
        # Opening a FIFO would wait for a writer, and a device may never end.
        if not stat.S_ISREG(mode):
            self.tree.skipped.append(Skipped(key_below(self._root, entry.path), "not a regular file"))

    def _count_hidden(self, entry: os.DirEntry[str]) -> None:
        if entry.is_dir(follow_symlinks=False):
            self.tree.hidden_folders += 1
        else:
            self.tree.hidden_files += 1

    def _skip(self, path: str, reason: str, error: OSError | None = None, *, folder: bool = False) -> None:
        key = key_below(self._root, path) + ("/" if folder else "")
        detail = (error.strerror or str(error)) if error else ""
        self.tree.skipped.append(Skipped(key, reason, unreadable=error is not None, detail=detail))


def _is_index(entries: list[os.DirEntry[str]]) -> bool:
    named = {entry.name: entry for entry in entries if entry.name in _INDEX_ENTRIES}
    return named.keys() == _INDEX_ENTRIES and named["current"].is_file() and named["generations"].is_dir()
