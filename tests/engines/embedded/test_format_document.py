"""docs/index-format.md names every file that a build leaves, every suffix of a segment, and both formats."""

from __future__ import annotations

from pathlib import Path

import searchkit
from searchkit.engines.embedded import arrays, layout
from searchkit.generations import manifest, require_live

TEXT = (Path(__file__).parents[3] / "docs" / "index-format.md").read_text("utf-8")


def test_it_names_every_file_of_a_generation(tmp_path: Path) -> None:
    index = tmp_path / "index"
    for text in ("Peace.", "Peace and war."):
        searchkit.build([{"id": "a", "text": text}], index)
    names = {path.name for path in require_live(index).directory.iterdir()}
    segments = {name for name in names if name.startswith("MAIN_") and "." in name}
    assert {f"`.{name.rsplit('.', 1)[1]}`" for name in segments} <= set(TEXT.split())
    assert [name for name in sorted(names - segments) if f" {name} " not in TEXT] == []
    assert [path.name for path in index.iterdir() if path.name in ("current", "generations")]


def test_it_names_every_suffix_and_both_formats() -> None:
    suffixes = [value for name, value in vars(layout).items() if name.isupper() and str(value).startswith(".")]
    assert [suffix for suffix in suffixes if f"`{suffix}`" not in TEXT] == []
    assert f"format ({manifest.FORMAT})" in TEXT
    assert f"format {arrays.FORMAT}:" in TEXT
    assert f"one word in {layout.STREAMED_SHARE}, and stand {layout.STREAMED_FROM:,} times" in TEXT
