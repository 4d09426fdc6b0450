"""Small folders of pages, and builds of them by a single worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.indexing import BuildOptions, BuildReport, build

Write = Callable[[dict[str, str]], Path]
Build = Callable[..., BuildReport]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages and a file of two records."""
    folder = tmp_path / "pages"
    write_files(
        folder,
        {
            "peace.txt": "We gather for peace words.\n",
            "war.txt": "They spoke of war words.\n",
            "turns.jsonl": '{"id": "ann", "text": "Ann has record words.", "speaker": "Ann"}\n'
            '{"text": "Bob has record words."}\n',
        },
    )
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files below the test's folder, and returns that folder."""
    return lambda files: write_files(tmp_path, files)


@pytest.fixture
def run(index: Path) -> Build:
    """Builds `index` from the SOURCEs or records given; options by name."""

    def run(given: Any, **options: Any) -> BuildReport:
        sources = [str(item) for item in given] if all(isinstance(item, (str, Path)) for item in given) else given
        return build(sources, index, BuildOptions(**{"jobs": 1, **options}))

    return run


@pytest.fixture
def texts(index: Path) -> Callable[[], dict[str, str]]:
    """Which speeches does the index answer with?  Id -> text."""

    def texts() -> dict[str, str]:
        with searchkit.open(index) as speeches:
            results = speeches.search("words", limit=10_000)
            assert results.total == len(results.hits) == len(speeches)
            return {hit.speech.id: hit.speech.text.strip() for hit in results}

    return texts


def write_files(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
