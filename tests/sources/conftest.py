"""A folder to read from, and readings in one line."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from searchkit.models import RawPage, Skipped
from searchkit.sources import Reader, ReadOptions, parse_source
from searchkit.sources.files import InputFile, Origin, open_input
from searchkit.sources.record import Record
from searchkit.sources.remarks import Remarks


@dataclass
class Corpus:
    """Files below a folder."""

    root: Path

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return path

    def reader(self, *sources: str | Path, **options: object) -> Reader:
        texts = [str(source) for source in sources] or [str(self.root)]
        return Reader([parse_source(text) for text in texts], ReadOptions(**options))

    def read(self, *sources: str | Path, **options: object) -> list[RawPage | Skipped]:
        return list(self.reader(*sources, **options).read())

    def keys(self, *sources: str | Path, **options: object) -> list[str]:
        return [item.key for item in self.read(*sources, **options) if isinstance(item, RawPage)]

    def skips(self, *sources: str | Path, **options: object) -> list[tuple[str, str, bool]]:
        items = self.read(*sources, **options)
        return [(item.page, item.reason, item.unreadable) for item in items if isinstance(item, Skipped)]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Is an empty folder, to be written to and read."""
    root = tmp_path / "corpus"
    root.mkdir()
    return Corpus(root)


ReadWith = Callable[[Callable[[InputFile], Iterator[RawPage | Record | Skipped]], bytes], list[object]]


@pytest.fixture
def read_with(tmp_path: Path) -> ReadWith:
    """Reads bytes with the reader of one format; the file's key is "f"."""

    def reading(reader: Callable[[InputFile], Iterator[RawPage | Record | Skipped]], content: bytes) -> list[object]:
        path = tmp_path / "f"
        path.write_bytes(content)
        with open_input(str(path), Origin("f", str(path)), Remarks()) as file:
            return list(reader(file))

    return reading
