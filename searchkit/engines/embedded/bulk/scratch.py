"""A folder for what is too much for memory, made when the first file is asked for."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import IO

__all__ = ["Scratch"]


class Scratch:
    """Temporary files under names, so that another process can go on with them."""

    def __init__(self, within: Path | None = None) -> None:
        """The folder is made in `within`; None: where the system has such folders."""
        self._within = within
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        """Where do the files stand?"""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="run-", dir=self._within))
        return self._folder

    def file(self, name: str) -> IO[bytes]:
        """A new file, to be written and read."""
        return (self.folder / name).open("w+b")

    def remove(self) -> None:
        """Remove the folder, if it was made."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
