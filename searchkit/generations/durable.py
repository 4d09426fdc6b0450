"""Writes that are on the disk when the call returns, so that a power cut finds the old state or the new one."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["replace_file", "sync_file", "sync_folder"]


def sync_file(path: Path) -> None:
    """Bring the content of the file `path` to the disk."""
    _sync(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Bring the names in the folder `path` to the disk."""
    if os.name != "nt":  # Windows opens no folders, and writes their names with the files
        _sync(path, os.O_RDONLY)


def replace_file(path: Path, text: str, beside: Path) -> None:
    """Let `text` take the place of the file `path` in one step; it is written to `beside` first."""
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
