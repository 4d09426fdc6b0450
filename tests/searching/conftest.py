"""The same small corpus as an index on disk and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit import BuildOptions, Searcher

Record = dict[str, object]

RECORDS: list[Record] = [
    {"id": "peace-1", "text": "We want peace. Peace is our goal.", "speaker": "Ilham Aliyev", "venue": "Shusha",
     "date": "2024-06-15", "source": "News.Az", "language": "en", "party": "YAP"},
    {"id": "peace-2", "text": "Peace was discussed in the hall.", "speaker": "Nikol Pashinyan", "venue": "Yerevan",
     "date": "2024-06", "source": "Armenpress", "language": "en", "party": "Civil Contract"},
    {"id": "peace-3", "text": "Peace be with you.", "speaker": "Ilham Aliyev", "venue": "Baku", "date": "2024",
     "source": "News.Az", "language": "en"},
    {"id": "peace-4", "text": "They spoke of peace, undated.", "source": "Armenpress", "language": "en"},
    {"id": "war-1", "text": "No war shall be fought here. Crimes of war are crimes.", "speaker": "Nikol Pashinyan",
     "venue": "Yerevan", "date": "2020-11-10", "source": "Armenpress", "language": "en", "title": "On a ceasefire"},
    {"id": "war-2", "text": "The war. Crimes followed.", "speaker": "Recep Tayyip Erdoğan", "venue": "Ankara",
     "date": "2019", "source": "Anadolu", "language": "en", "title": "Lost battles"},
]  # fmt: skip

OPTIONS = BuildOptions(own_fields=("party",))


@pytest.fixture(scope="session")
def records() -> list[Record]:
    return RECORDS


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searching") / "index"
    searchkit.build(RECORDS, folder, options=OPTIONS)
    return folder


@pytest.fixture(scope="session")
def in_memory() -> Searcher:
    return searchkit.memory(RECORDS, options=OPTIONS)


@pytest.fixture(scope="session")
def on_disk(index: Path) -> Iterator[Searcher]:
    with searchkit.open(index) as searcher:
        yield searcher


@pytest.fixture(params=["on_disk", "in_memory"])
def speeches(request: pytest.FixtureRequest) -> Searcher:
    """A searcher over the corpus, of either kind."""
    searcher: Searcher = request.getfixturevalue(request.param)
    return searcher
