"""Is there room?  Asked before anything is written; and a disk that fills up midway costs nothing that was there."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit.errors import BuildRefused
from searchkit.generations import live, require_live, verify
from searchkit.indexing import BuildOptions, build
from tests.indexing.conftest import Build

_usage = shutil.disk_usage


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the disk have so many bytes free."""

    def little(free: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda path: _usage(path)._replace(free=free))

    return little


def test_the_first_build_asks_what_there_is_to_read(
    run: Build, index: Path, tmp_path: Path, little: Callable[[int], None]
) -> None:
    records = tmp_path / "r.jsonl"
    records.write_text('{"text": "Some words."}\n' + json.dumps({"text": "more " * 400_000}) + "\n")
    little(33 << 20)
    with pytest.raises(BuildRefused, match=r"35 MB free, and a build needs 36 MB"):
        run([records])
    assert live(index) is None
    little(40 << 20)
    assert run([records]).speeches == 2


def test_a_later_build_asks_what_the_former_one_took(
    run: Build, index: Path, pages: Path, little: Callable[[int], None]
) -> None:
    run([pages])
    little(32 << 20)
    with pytest.raises(BuildRefused, match="prune"):
        run([pages])
    verify(require_live(index))


def mounted(folder: Path, *options: str) -> bool:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    return shutil.which("mount") is not None and subprocess.run(command, capture_output=True).returncode == 0


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 48 MB."""
    folder = tmp_path / "volume"
    if not mounted(folder, "size=48m"):
        pytest.skip("mounting a small disk needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def harbours(index: Path) -> int:
    with searchkit.open(index) as speeches:
        return speeches.count("harbour").total


def records_of(count: int) -> list[dict[str, str]]:
    # Words that do not compress: each stands once.
    text = " ".join(f"w{number:x}" for number in range(1000, 3000))
    return [{"id": f"s{number}", "text": f"Harbour {number}. {text} n{number}"} for number in range(count)]


def test_a_disk_that_fills_up_midway(volume: Path) -> None:
    index = volume / "index"
    build(records_of(5), index, BuildOptions(jobs=1))
    former = require_live(index).id
    filler = volume / "filler"
    with filler.open("wb") as file:
        # 32 MB are spare: what is asked for first is there, and then somebody else writes.
        file.write(bytes(shutil.disk_usage(volume).free - (200 << 10)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda path: _usage(path)._replace(free=1 << 30))
        with pytest.raises(BuildRefused, match=r"nothing was published: .*(space|full)"):
            build(records_of(400), index, BuildOptions(jobs=1))
    assert require_live(index).id == former
    verify(require_live(index))
    assert harbours(index) == 5
    assert [path.name for path in (index / "generations").iterdir()] == [former]
    filler.unlink()
    assert build(records_of(20), index, BuildOptions(jobs=1)).speeches == harbours(index) == 20


def test_a_folder_that_can_only_be_read(volume: Path) -> None:
    index = volume / "index"
    build(records_of(5), index, BuildOptions(jobs=1))
    subprocess.run(["mount", "-o", "remount,ro", str(volume)], check=True)
    assert harbours(index) == 5
    verify(require_live(index))
    with pytest.raises(BuildRefused, match="cannot be written: Read-only file system"):
        build(records_of(6), index, BuildOptions(jobs=1))
    assert harbours(index) == 5
