"""Builders, rollbacks and readers of one index at once: no lost update, no error, nothing but whole states."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import gc
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import generations
from searchkit.errors import BuildRefused, IndexLocked
from searchkit.indexing import BuildOptions, build
from tests.indexing.conftest import Build

ADDING = """
import sys
from pathlib import Path
from searchkit.indexing import BuildOptions, build
print(build([sys.argv[2]], Path(sys.argv[1]), BuildOptions(add=True, jobs=1, wait=60)).generation)
"""


def words(index: Path) -> dict[str, str]:
    with searchkit.open(index) as speeches:
        return {hit.speech.id: hit.speech.text for hit in speeches.search("words", limit=100)}


def test_two_builders_lose_nothing_of_each_other(run: Build, index: Path, tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"The {name} words.\n")
    run([tmp_path / "first"])
    commands = [[sys.executable, "-c", ADDING, str(index), str(tmp_path / name)] for name in ("second", "third")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    published = [process.communicate(timeout=120)[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert len(set(published)) == 2
    assert generations.require_live(index).id == max(published)
    assert words(index) == {f"{name}.txt": f"The {name} words." for name in ("first", "second", "third")}


def test_a_builder_and_a_rollback(index: Path) -> None:
    """Whoever comes first: what was gone back to stays until the release, and then a build publishes again."""
    build([{"id": "s", "text": "Words of night 0."}], index, BuildOptions(jobs=1))
    build([{"id": "s", "text": "Words of night 1."}], index, BuildOptions(jobs=1))
    done = threading.Event()
    published: list[str] = []
    wrong: list[BaseException] = []

    def nights() -> None:
        night = 2
        while not done.is_set():
            try:
                report = build([{"id": "s", "text": f"Words of night {night}."}], index, BuildOptions(jobs=1, wait=60))
                published.append(report.generation or "")
                night += 1
            except BuildRefused as refused:
                if "rolled back" not in str(refused):
                    wrong.append(refused)
            except BaseException as error:
                wrong.append(error)
                return
            done.wait(0.1)  # let the other have the lock

    builder = threading.Thread(target=nights)
    builder.start()
    chance = random.Random(8)
    try:
        for _ in range(3):
            with generations.locked(index, "rollback", 60):
                chosen = generations.rollback(index)
            for _ in range(chance.randrange(1, 4)):
                assert generations.require_live(index).id == chosen.id
                (text,) = words(index).values()
                assert text.startswith("Words of night")
            told = len(published)
            with generations.locked(index, "release", 60):
                assert generations.require_live(index).id == chosen.id
                generations.release(index)
            # One that was about to be told of may be among them; the next was built after the release.
            while len(published) < told + 2 and not wrong:
                done.wait(0.01)
    finally:
        done.set()
        builder.join()
    assert wrong == []
    assert len(set(published)) == len(published) >= 6
    assert generations.require_live(index).id == published[-1]


def held_files() -> int:
    """How often has this process mapped or opened a file of a generation?"""
    gc.collect()
    targets = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that lists them is gone
            targets.append(str(descriptor.readlink()))
    return sum("/generations/" in line for line in (*targets, *Path("/proc/self/maps").read_text().splitlines()))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="open files are looked for in /proc")
def test_a_reader_over_a_thousand_refreshes(index: Path) -> None:
    ids = []
    for night in range(2):
        report = build([{"id": "s", "text": f"Words of night{night}."}], index, BuildOptions(jobs=1))
        assert report.generation
        ids.append(report.generation)
    held = []
    with searchkit.open(index) as speeches:
        for turn in range(1000):
            night = turn % 2
            (index / "next").write_text(ids[night] + "\n")
            (index / "next").replace(index / "current")
            assert speeches.refresh()
            assert speeches.generation == ids[night]
            if turn % 100 < 2:
                assert speeches.count(f"night{night}").total == 1
                held.append(held_files())
    assert max(held[2:]) <= max(held[:2])


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077, 0o002])
def test_modes_follow_the_umask(index: Path, tmp_path: Path, umask: int) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text(json.dumps({"text": "Some words."}) + "\n")
    former = os.umask(umask)
    try:
        build([str(source)], index, BuildOptions(jobs=1))
        source.write_text(json.dumps({"text": "Other words."}) + "\n")
        build([str(source)], index, BuildOptions(jobs=1))
        with generations.locked(index, "rollback"):
            generations.rollback(index)
    finally:
        os.umask(former)
    modes = {path: path.stat().st_mode & 0o777 for path in index.rglob("*")}
    wrong = {
        str(path.relative_to(index)): oct(mode)
        for path, mode in modes.items()
        if mode != (0o777 if path.is_dir() else 0o666) & ~umask
    }
    assert wrong == {}
    assert len(modes) > 30


@pytest.fixture
def lockless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows no locks, as some that come over a network."""

    def flock(descriptor: Any, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)


@contextlib.contextmanager
def soft_lock_of(index: Path, pid: int, host: str) -> Iterator[Path]:
    path = index / "build.lock.soft"
    path.write_text(f"{pid}\n{host}\n")
    yield path
    path.unlink(missing_ok=True)


@pytest.mark.usefixtures("lockless")
def test_where_there_are_no_locks_a_file_stands_for_one(run: Build, index: Path, pages: Path) -> None:
    report = run([pages])
    assert report.speeches == 4
    (remark,) = [remark for remark in report.remarks if "knows no locks" in remark]
    assert "build.lock.soft" in remark
    assert not (index / "build.lock.soft").exists()
    with generations.locked(index, "build"):
        assert (index / "build.lock.soft").exists()
        with pytest.raises(IndexLocked):
            run([pages])
    with soft_lock_of(index, 1, "another-host"), pytest.raises(IndexLocked):
        run([pages])
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with soft_lock_of(index, dead.pid, os.uname().nodename):
        assert run([pages]).speeches == 4
