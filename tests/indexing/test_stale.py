"""Unreadable is not withdrawn: what exists and cannot be read keeps its former speeches."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.generations import PageTable, require_live
from searchkit.indexing import BuildReport, PageCounts
from searchkit.models import Skipped

Build = Callable[..., BuildReport]
Texts = Callable[[], dict[str, str]]


def record(id: str | None, text: str) -> str:
    return json.dumps({"id": id, "text": text}) + "\n"


def compressed(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content.encode()))


def unplug(path: Path) -> None:
    """Make `path` something that is there and cannot be read: root may read whatever the permissions are."""
    path.unlink()
    path.symlink_to("nowhere")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    compressed(folder / "c.jsonl.gz", record("one", "First words.") + record(None, "Second words."))
    compressed(folder / "sub" / "c.jsonl.gz", record("three", "Third words."))
    (folder / "d.jsonl").write_text(record("four", "Fourth words."))
    return folder


ALL = {
    "one": "First words.",
    "c.jsonl.gz#2": "Second words.",
    "three": "Third words.",
    "four": "Fourth words.",
}


def test_a_page_that_cannot_be_read(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    unplug(pages / "war.txt")
    report = run([pages])
    assert report.pages == PageCounts(read=4, unchanged=3, stale=1)
    assert report.skipped == (
        Skipped("war.txt", "broken symbolic link", unreadable=True, detail="No such file or directory"),
    )
    assert texts()["war.txt"] == "They spoke of war words."
    live = require_live(index)
    assert (live.manifest.pages, live.manifest.skipped, live.manifest.stale) == (4, 0, 1)
    with PageTable(live.pages) as table:
        row = table.find("war.txt")
    assert row is not None
    assert (row.stale, row.skipped, row.speeches, row.location) == (
        True, "broken symbolic link", 1, f"{pages}/war.txt"
    )  # fmt: skip

    assert run([pages]).pages == PageCounts(read=4, unchanged=3, stale=1), "stale for as long as it lasts"
    (pages / "war.txt").unlink()
    (pages / "war.txt").write_text("They spoke of war words.\n")
    assert run([pages]).pages == PageCounts(read=4, unchanged=4)


def test_a_full_build_takes_nothing_over(run: Build, texts: Texts, pages: Path) -> None:
    run([pages])
    unplug(pages / "war.txt")
    assert run([pages], full=True).pages == PageCounts(read=4, unchanged=3, withdrawn=1, skipped=1)
    assert "war.txt" not in texts()


def test_what_was_never_read_is_skipped(run: Build, pages: Path) -> None:
    unplug(pages / "war.txt")
    assert run([pages]).pages == PageCounts(read=4, added=3, skipped=1)


def test_the_records_of_a_file_that_cannot_be_read(run: Build, texts: Texts, corpus: Path) -> None:
    """Their ids say nothing of the file; the file of the same name in another folder is not meant."""
    run([corpus])
    assert texts() == ALL
    unplug(corpus / "c.jsonl.gz")
    compressed(corpus / "sub" / "c.jsonl.gz", record("three", "Third words, reconsidered."))
    assert run([corpus]).pages == PageCounts(read=4, changed=1, unchanged=1, stale=2)
    assert texts() == {**ALL, "three": "Third words, reconsidered."}


def test_one_bad_line_among_good_ones(run: Build, texts: Texts, tmp_path: Path) -> None:
    path = tmp_path / "pages" / "c.jsonl"
    path.parent.mkdir()
    lines = [record("one", "First words."), record("two", "Second words."), record("three", "Third words.")]
    path.write_text("".join(lines))
    run([path])
    path.write_text(lines[0] + lines[1][:-9] + "\n" + lines[2])
    report = run([path])
    assert report.pages == PageCounts(read=3, unchanged=2, stale=1)
    (skipped,) = report.skipped
    assert (skipped.page, skipped.reason, skipped.unreadable) == ("c.jsonl#2", "not JSON", True)
    assert texts() == {"one": "First words.", "two": "Second words.", "three": "Third words."}


def test_a_record_that_moved_out_of_a_file_that_cannot_be_read(run: Build, texts: Texts, corpus: Path) -> None:
    run([corpus])
    unplug(corpus / "c.jsonl.gz")
    (corpus / "z.jsonl").write_text(record("one", "First words, moved."))
    assert run([corpus]).pages == PageCounts(read=4, changed=1, unchanged=2, stale=1)
    assert texts() == {**ALL, "one": "First words, moved."}


def test_a_folder_that_cannot_be_read(run: Build, texts: Texts, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([f"old={corpus}"])
    import os

    scandir = os.scandir

    def denied(path: str) -> object:
        if str(path).endswith("/sub"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", denied)
    report = run([f"old={corpus}"])
    assert report.pages == PageCounts(read=4, unchanged=3, stale=1)
    assert report.skipped == (
        Skipped("old/sub/", "folder cannot be read", unreadable=True, detail="Permission denied"),
    )
    assert len(texts()) == 4


def test_a_single_file_as_source(run: Build, texts: Texts, corpus: Path) -> None:
    path = corpus / "c.jsonl.gz"
    run([path, f"other={corpus / 'd.jsonl'}"])
    path.write_bytes(b"\x1f\x8b damaged")
    report = run([])
    assert report.pages == PageCounts(read=3, unchanged=1, stale=2)
    assert sorted(texts()) == ["c.jsonl.gz#2", "one", "other/four"]


def test_a_file_named_like_its_source_stands_for_itself_alone(run: Build, texts: Texts, corpus: Path) -> None:
    run([corpus])
    (corpus / "pages").symlink_to("nowhere")
    (corpus / "d.jsonl").unlink()
    assert run([corpus]).pages == PageCounts(read=4, unchanged=3, withdrawn=1, skipped=1)
    assert "four" not in texts()
