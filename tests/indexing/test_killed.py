"""SIGKILL at any instant: the index answers in full, as before or as after, and the next build finds nothing amiss."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchkit.generations import live, require_live, verify
from searchkit.indexing import BuildReport

Build = Callable[..., BuildReport]
Texts = Callable[[], dict[str, str]]

FORMER = {f"{number:03}": f"Former words {number}." for number in range(20)}
NEXT = {f"{number:03}": f"Next words {number}." for number in range(5, 30)}

# Forks a builder for every number it is given, which kills itself before that change to a file or a folder.
STEPWISE = """
import json, os, signal, sys
import searchkit.indexing.building
import searchkit

index, records = sys.argv[1], json.loads(sys.argv[2])
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def build(step):
    def changes(event, arguments):
        nonlocal step
        if event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir") or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        ):
            step -= 1
            if step < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(changes)
    searchkit.build(({"id": id, "text": text} for id, text in records.items()), index)

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            build(int(line))
        finally:
            os._exit(0)
    print("killed" if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL else "done", flush=True)
"""


def records(texts: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": id, "text": text} for id, text in texts.items()]


def leftovers(index: Path) -> list[str]:
    return sorted(path.name for path in (index / "generations").iterdir() if path.name.startswith("."))


@pytest.fixture
def builder(index: Path) -> Iterator[Callable[[int], str]]:
    """Builds NEXT in another process that is killed before its change number n: was it?"""
    import json

    command = [sys.executable, "-c", STEPWISE, str(index), json.dumps(NEXT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def kill_at(step: int) -> str:
            stdin.write(f"{step}\n")
            return stdout.readline().strip()

        yield kill_at
        stdin.close()


def test_killed_before_every_change_to_the_disk(
    run: Build, texts: Texts, index: Path, builder: Callable[[int], str]
) -> None:
    """Eight generations stand there, so that the builds prune as well."""
    for _ in range(7):
        run(records(FORMER))
    seen: list[str] = []
    step = 0
    while builder(step) == "killed":
        former_is_live = texts() == FORMER
        assert former_is_live or texts() == NEXT
        verify(require_live(index))
        seen.append("former" if former_is_live else "next")
        run(records(FORMER))
        assert leftovers(index) == []
        assert texts() == FORMER
        step += 1
    assert texts() == NEXT
    # One instant divides the two: nobody ever sees anything else.
    assert seen == sorted(seen)
    assert seen.count("former") > 25
    assert seen.count("next") > 3


def test_killed_before_every_change_of_the_first_build(
    run: Build, texts: Texts, index: Path, builder: Callable[[int], str]
) -> None:
    for step in (0, 1, 2, 3, 5, 8, 13, 21, 27):
        assert builder(step) == "killed"
        assert live(index) is None
    assert run(records(FORMER)).pages.added == len(FORMER)
    assert leftovers(index) == []
    assert texts() == FORMER


INSTANTS = 14
"""As many as a test suite has time for; tests/benchmarks/crashes.py kills at 300."""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_killed_at_any_time_with_its_workers(run: Build, texts: Texts, index: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(60):
        (pages / f"{number:03}.txt").write_text(f"Page {number} has words.\n")
    lines = "".join(f'{{"id": "r{number}", "text": "Record {number} has words."}}\n' for number in range(60))
    (pages / "records.jsonl").write_text(lines)
    run([pages])
    former = texts()
    (pages / "000.txt").write_text("Page 0 has other words.\n")
    following = {**former, "000.txt": "Page 0 has other words."}

    seconds = 0.0
    for instant in range(INSTANTS + 1):
        started = time.monotonic()
        process = start(pages, index)
        if instant == 0:  # the whole duration, to divide it by
            assert process.wait() == 0
            seconds = time.monotonic() - started
            assert texts() == following
            continue
        time.sleep(seconds * instant / INSTANTS)
        process.kill()
        process.wait()
        assert_group_ends(process.pid)
        assert texts() in (former, following)
        verify(require_live(index))
    assert run([pages]).pages.unchanged == 120
    assert leftovers(index) == []
    assert texts() == following


def start(pages: Path, index: Path) -> subprocess.Popen[bytes]:
    program = f"import searchkit; searchkit.build([{str(pages)!r}], {str(index)!r})"
    return subprocess.Popen([sys.executable, "-c", program], start_new_session=True)


def assert_group_ends(leader: int) -> None:
    """Workers notice that their build is gone."""
    deadline = time.monotonic() + 10
    while running(leader):
        if time.monotonic() > deadline:
            os.killpg(leader, signal.SIGKILL)
            raise AssertionError("a worker outlived its build")
        time.sleep(0.01)


def running(leader: int) -> bool:
    """Does a process of this group run?  Those that ended and wait to be reaped do not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            state, _, group = stat.read_text(errors="replace").rpartition(")")[2].split()[:3]
            if group == str(leader) and state != "Z":
                return True
    return False
