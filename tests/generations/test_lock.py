"""One builder at a time; the second is told who the first is."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from searchkit.errors import BuildRefused, IndexLocked
from searchkit.generations import locked

HOLDER = """
import sys, time
from pathlib import Path
from searchkit.generations import locked
with locked(Path(sys.argv[1]), "build"):
    print("locked", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_builder(index: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its standard input is closed."""
    command = [sys.executable, "-c", HOLDER, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_builder_is_refused_and_told_who_is_first(index: Path) -> None:
    with other_builder(index) as process, pytest.raises(IndexLocked) as refused, locked(index, "build"):
        pass
    assert re.fullmatch(
        rf"{re.escape(str(index))} is being written by `build`, process {process.pid} on "
        rf"{re.escape(socket.gethostname())}, since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ; wait for it with --wait SECONDS",
        str(refused.value),
    )


def test_it_excludes_within_one_process_too(index: Path) -> None:
    with locked(index, "build"), pytest.raises(IndexLocked, match=f"process {os.getpid()} on"), locked(index, "build"):
        pass


def test_it_is_free_again_afterwards_even_after_an_error(index: Path) -> None:
    with pytest.raises(KeyError), locked(index, "build"):
        raise KeyError
    with locked(index, "build"):
        assert (index / "build.holder").exists()
    assert not (index / "build.holder").exists()


def test_waiting_for_the_other_builder(index: Path) -> None:
    with other_builder(index) as process:
        threading.Timer(0.3, process.kill).start()
        started = time.monotonic()
        with locked(index, "build", wait=20):
            assert 0.2 < time.monotonic() - started < 15


def test_waiting_ends(index: Path) -> None:
    with other_builder(index):
        started = time.monotonic()
        with pytest.raises(IndexLocked), locked(index, "build", wait=0.3):
            pass
        assert time.monotonic() - started >= 0.3


def test_a_killed_builder_holds_nothing(index: Path) -> None:
    with other_builder(index) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (index / "build.holder").exists()
    with locked(index, "rollback"):
        assert '"purpose": "rollback"' in (index / "build.holder").read_text()


@pytest.mark.parametrize("note", ["", "{}", "[]", "null", '{"purpose": 1}', "\xff", "[" * 4000])
def test_a_note_that_cannot_be_read(index: Path, note: str) -> None:
    with other_builder(index):
        (index / "build.holder").write_text(note, encoding="latin-1")
        with pytest.raises(IndexLocked, match="is being written by another process; wait"), locked(index, "build"):
            pass


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildRefused, match="file/index cannot be written"), locked(tmp_path / "file/index", "build"):
        pass
