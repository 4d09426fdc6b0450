"""Long-running readers: a held generation is held whole, and moving on never mixes two in one answer."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from searchkit import generations
from searchkit.indexing import BuildOptions, build

Publish = Callable[[int], str]
SPEECHES = 12


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def publish(index: Path) -> Publish:
    """Publishes an index of which every speech says which night it is of."""

    def publish(night: int) -> str:
        records = [
            {"id": f"s{number}", "text": f"Harbour words of night{night}.", "source": f"night{night}"}
            for number in range(SPEECHES)
        ]
        generation = build(records, index, BuildOptions(jobs=1)).generation
        assert generation is not None
        return generation

    return publish


def nights(speeches: searchkit.Searcher) -> set[str]:
    results = speeches.search("harbour", limit=100, facets=["source"])
    assert results.total == SPEECHES == len(results.hits)
    (value,) = [value for value in results.facets["source"].values if value.count]
    assert value.count == SPEECHES
    said = {hit.speech.text.split()[-1].rstrip(".") for hit in results}
    assert said == {value.value}
    return said


def test_a_held_generation_answers_when_it_was_pruned(index: Path, publish: Publish) -> None:
    publish(0)
    with searchkit.open(index) as speeches:
        for night in (1, 2):
            publish(night)
        generations.prune(index, "", keep=1)
        assert nights(speeches) == {"night0"}
        assert speeches.count("source:night0 AND words").total == SPEECHES
        assert speeches.speech("s3") is not None
        assert speeches.refresh()
        assert nights(speeches) == {"night2"}
        assert not speeches.refresh()


def test_it_moves_on_by_itself(index: Path, publish: Publish) -> None:
    first = publish(0)
    with searchkit.open(index, refresh=0.0) as speeches, searchkit.open(index, refresh=3600) as later:
        second = publish(1)
        assert nights(speeches) == {"night1"}
        assert (speeches.generation, later.generation) == (second, first)


def test_what_is_open_answers_on_when_the_newer_one_is_damaged(index: Path, publish: Publish) -> None:
    publish(0)
    with searchkit.open(index, refresh=0.0) as speeches:
        second = publish(1)
        (index / "generations" / second / "manifest.json").write_text("{}")
        assert nights(speeches) == {"night0"}
        with pytest.raises(searchkit.IndexDamaged):
            speeches.refresh()
        assert nights(speeches) == {"night0"}


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="open files are looked for in /proc")
def test_old_files_are_released_after_the_last_reader(index: Path, publish: Publish) -> None:
    first = publish(0)
    with searchkit.open(index) as speeches:
        nights(speeches)
        publish(1)
        assert first in open_files()
        speeches.refresh()
        nights(speeches)
        gc.collect()
        assert first not in open_files()
    gc.collect()
    assert str(index) not in open_files()


def open_files() -> str:
    """The paths of all that this process has mapped or open."""
    links = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            links.append(os.readlink(descriptor))  # noqa: PTH115 -- the link names what may be gone
        except OSError:
            continue
    return Path("/proc/self/maps").read_text() + "\n".join(links)


def test_a_hundred_threads_search_while_builds_publish(index: Path, publish: Publish) -> None:
    publish(0)
    failures: list[BaseException] = []
    seen: set[str] = set()
    done = threading.Event()
    with searchkit.open(index, refresh=0.0) as speeches:

        def search() -> None:
            try:
                while not done.is_set():
                    seen.update(nights(speeches))
            except BaseException as failure:
                failures.append(failure)

        threads = [threading.Thread(target=search) for _ in range(100)]
        for thread in threads:
            thread.start()
        for night in range(1, 4):
            publish(night)
        done.set()
        for thread in threads:
            thread.join()
        assert failures == []
        assert nights(speeches) == {"night3"}
    assert len(seen) >= 2
