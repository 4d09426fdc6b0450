"""Another program may read a published generation through Whoosh, and never writes to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh.query import Term

from searchkit.engines.embedded.codec import ColumnarCodec
from searchkit.engines.embedded.toc import WRITE_LOCK
from searchkit.generations import require_live, verify
from tests.indexing.conftest import Build


@pytest.mark.parametrize("options", [{}, {"codec": ColumnarCodec()}, {"timeout": 0.2}])
@pytest.mark.filterwarnings("ignore")
def test_a_foreign_writer_is_refused(run: Build, index: Path, pages: Path, options: dict[str, Any]) -> None:
    run([pages])
    generation = require_live(index)
    before = sorted(generation.directory.rglob("*"))
    theirs = whoosh_index.open_dir(str(generation.directory))
    with pytest.raises(OSError, match=WRITE_LOCK):
        theirs.writer(**options)
    with pytest.raises(OSError, match=WRITE_LOCK):
        theirs.delete_by_term("id", "ann")
    assert sorted(generation.directory.rglob("*")) == before
    verify(generation)
    assert "searchkit build" in (generation.directory / WRITE_LOCK / "README.txt").read_text()


@pytest.mark.filterwarnings("ignore")
def test_a_foreign_reader_is_not(run: Build, index: Path, pages: Path) -> None:
    run([pages])
    theirs = whoosh_index.open_dir(str(require_live(index).directory))
    assert theirs.doc_count() == 4
    with theirs.searcher() as searcher:
        assert len(searcher.search(Term("text", "words"))) == 4
    assert theirs.refresh().doc_count() == 4


def test_the_next_night_goes_on(run: Build, index: Path, pages: Path) -> None:
    run([pages])
    (pages / "more.txt").write_text("More words.\n")
    assert run([pages]).speeches == 5
    assert (require_live(index).directory / WRITE_LOCK).is_dir()
