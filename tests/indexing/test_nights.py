"""Some nights of the benchmark, small: each like a full build, and nothing grows."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from searchkit.indexing import BuildOptions, build
from searchkit.sources import marks

WORDS = "government budget housing schools income tax policy review cease-fire ceasefire road cost of living".split()


@pytest.fixture
def thirty_nights() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "benchmarks" / "thirty_nights.py"
    spec = importlib.util.spec_from_file_location("thirty_nights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_night_by_night(thirty_nights: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_SETTLED_NS", 0)
    chance = random.Random(3)
    records = [
        {
            "id": f"s{number}",
            "text": " ".join(chance.choices(WORDS, k=30)).capitalize() + ".",
            "speaker": chance.choice(["Mr Tan", "Tan Wei", "Lim Hua", "Ms Lim"]),
            "date": f"200{number % 10}-0{number % 9 + 1}",
            "source": chance.choice(["Gazette", "Ledger"]),
        }
        for number in range(400)
    ]
    corpus = thirty_nights.Corpus(tmp_path / "pages", records, 300)

    def builder(sources: list[str], index: Path) -> tuple[int, float, float]:
        return build(sources, index, BuildOptions(jobs=1)).speeches, 1.0, 1.0

    nights = list(thirty_nights.nights(corpus, tmp_path, 10, builder))
    assert [night.number for night in nights if not night.same] == []
    assert max(night.segments for night in nights) == 8  # the big one and seven small ones
    assert nights[-1].segments < 8
    assert max(night.dead for night in nights) <= 0.3
    # Each of so small segments has some kilobytes of its own.
    assert all(night.size < night.full_size + night.segments * 60_000 for night in nights)
