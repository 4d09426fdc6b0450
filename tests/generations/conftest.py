"""An index without an engine: generations of one small file each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.generations import Draft, Generation, Manifest, PageTableWriter, Recipe, begin, live

Publish = Callable[..., Generation]


def written(draft: Draft, content: str, former: str | None = None) -> Generation:
    (draft.directory / "words.bin").write_text(content, encoding="ascii")
    writer = PageTableWriter(draft.pages)
    writer.finish()
    return draft.seal(Manifest(draft.id, draft.created, "searchkit test", Recipe(("/pages",)), 2, 1, former=former))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def publish(index: Path) -> Publish:
    """Publishes the next generation of `index`, whose file words.bin holds the text given."""

    def publish(content: str = "peace") -> Generation:
        before = live(index)
        draft = begin(index)
        written(draft, content, before.id if before else None)
        draft.publish()
        found = live(index)
        assert found is not None
        return found

    return publish


@pytest.fixture
def write() -> Callable[[Draft, str], Generation]:
    return written
