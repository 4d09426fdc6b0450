from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import config
from searchkit.extraction.detector import detector

TEXTS = (
    "Presiden mengatakan bahwa kedua negara akan membuka jalan itu.",
    "Tổng thống nói rằng hai nước sẽ mở con đường trước cuối năm.",
    "Campaign in my constituency.",
    "16.",
    "",
)


def test_what_was_kept_answers_as_what_was_unpacked(tmp_path: Path) -> None:
    first = detector(tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    written = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    second = detector(tmp_path / "cache")
    assert [second.classify(text) for text in TEXTS] == [first.classify(text) for text in TEXTS]
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == written


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_what_is_not_whole_is_not_used(damage: str, tmp_path: Path) -> None:
    detector(tmp_path)
    (kept,) = tmp_path.iterdir()
    table = kept / "next.npy"
    table.write_bytes(table.read_bytes()[:1000]) if damage == "cut" else table.unlink()
    assert detector(tmp_path).classify(TEXTS[0])[0] == "id"
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


def test_without_a_place_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert detector(tmp_path / "file" / "cache").classify(TEXTS[1])[0] == "vi"
    assert detector(None).classify(TEXTS[1])[0] == "vi"


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEARCHKIT_CACHE", str(tmp_path / "own"))
    assert config.cache_folder() == tmp_path / "own"
    monkeypatch.delenv("SEARCHKIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "users"))
    assert config.cache_folder() == tmp_path / "users" / "searchkit"
