"""A file is replaced in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.generations.durable import replace_file, sync_file, sync_folder


def test_replace_file(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("former\n")
    replace_file(tmp_path / "current", "next\n", beside=tmp_path / "current.next")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"current": b"next\n"}


def test_a_failed_write_leaves_the_former_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "current").write_text("former\n")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(tmp_path / "current", "next\n", beside=tmp_path / "current.next")
    assert (tmp_path / "current").read_text() == "former\n"


def test_what_is_brought_to_the_disk_must_be_there(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_file(tmp_path / "missing")
