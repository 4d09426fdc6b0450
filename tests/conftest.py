"""What tests of several folders share: the index of the 20,000 contributions, built once."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
import questions

import searchkit


@pytest.fixture(scope="session")
def contributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of all contributions, to be read only."""
    if not questions.CONTRIBUTIONS.exists():
        pytest.skip(f"the labelled data is not here: {questions.CONTRIBUTIONS}")
    folder = tmp_path_factory.mktemp("contributions")
    source = folder / "contributions-20k.jsonl"
    source.write_bytes(lzma.decompress(questions.CONTRIBUTIONS.read_bytes()))
    searchkit.build([str(source)], folder / "index")
    return folder / "index"
