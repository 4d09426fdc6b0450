"""Posting lists over several segments."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import searchkit
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.generations import require_live


def test_a_word_of_one_segment_alone_is_looked_for_in_speeches_of_all(tmp_path: Path) -> None:
    former = [{"id": f"speech-{number}", "text": f"The price of water, number {number}."} for number in range(400)]
    later = [{"id": f"later-{number}", "text": f"The cost of water, number {number}."} for number in range(200)]
    searchkit.build(former, tmp_path / "index")
    searchkit.build([*former, *later], tmp_path / "index")
    postings = OpenIndex(require_live(tmp_path / "index").directory).postings
    for word, count in (("price", 400), ("cost", 200), ("water", 600)):
        assert len(postings.read("text", word).keys(np.arange(600))) == count
