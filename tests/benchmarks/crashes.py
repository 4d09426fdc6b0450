"""Builds that are killed, and builds whose every change to the disk fails in turn: nothing is ever lost.

    python tests/benchmarks/crashes.py [--instants N] [--every N]

Before each build eight generations of one corpus are kept; the build makes another of changed pages.  It is killed at
random instants, then before each change to the disk (write, fsync, rename, link, mkdir, unlink, open for writing), and
each of these calls fails once with ENOSPC, EIO and EACCES.  After every one of them: the index answers in full, as
before or as after; its files are as they were written; the next build succeeds; after `prune` nothing is left behind.
`faults.c` beside this file, compiled with `cc` and preloaded, finds the calls, also those of SQLite.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import searchkit
from searchkit.generations import prune, require_live, sweep, verify

FORMER = {f"{number:03}": f"Former words {number}." for number in range(30)}
NEXT = FORMER | {f"{number:03}": f"Next words {number}." for number in range(25, 40)}
FAILURES = {"killed": 0, "ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}

Arm = Callable[[str, int, int], None]


def preloaded() -> ctypes.CDLL:
    """The library of faults in this process; the program is started anew with it if it is not there yet."""
    built = os.environ.get("SEARCHKIT_FAULTS")
    if built is None:
        library = Path(tempfile.mkdtemp(prefix="searchkit-faults-")) / "faults.so"
        source = Path(__file__).with_name("faults.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", str(library), str(source), "-ldl"], check=True)
        environment = {**os.environ, "LD_PRELOAD": str(library), "SEARCHKIT_FAULTS": str(library)}
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)
    return ctypes.CDLL(None)


def records(texts: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": id, "text": text} for id, text in texts.items()]


def texts(index: Path) -> dict[str, str]:
    """What the index answers, every checksum compared."""
    verify(require_live(index))
    with searchkit.open(index) as speeches:
        results = speeches.search("words", limit=1000)
        assert results.total == len(results.hits) == len(speeches)
        return {hit.speech.id: hit.speech.text for hit in results}


def prepared(index: Path) -> None:
    """Make FORMER live, with as many generations as are kept."""
    while not index.exists() or len(list((index / "generations").iterdir())) < 7 or texts(index) != FORMER:
        searchkit.build(records(FORMER), index)


def child(index: Path, arm: Callable[[], None]) -> int:
    """Start a build of NEXT in a process of its own; its process id."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        arm()
        searchkit.build(records(NEXT), index)
        status = 0
    except searchkit.BuildRefused:
        status = 5
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def examined(index: Path) -> str:
    """Which of the two states is live?  Then the next build, and what is left behind."""
    found = texts(index)
    state = "former" if found == FORMER else "next"
    assert found in (FORMER, NEXT), "neither the former nor the next state"
    report = searchkit.build(records(FORMER), index)
    assert texts(index) == FORMER
    sweep(index)
    prune(index, report.generation or "")
    names = sorted(path.name for path in index.iterdir())
    assert set(names) <= {"build.lock", "current", "generations"}, names
    hidden = [path.name for path in (index / "generations").iterdir() if path.name.startswith(".")]
    assert not hidden, hidden
    return state


def at_instants(index: Path, count: int, chance: random.Random) -> Counter[str]:
    """Kill a build at `count` random instants."""
    seconds = []
    for _ in range(5):
        prepared(index)
        started = time.monotonic()
        os.waitpid(child(index, lambda: None), 0)
        seconds.append(time.monotonic() - started)
    longest = max(seconds)
    seen: Counter[str] = Counter()
    for _ in range(count):
        prepared(index)
        process = child(index, lambda: None)
        time.sleep(chance.random() * longest)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        seen[examined(index)] += 1
    return seen


def at_calls(index: Path, library: ctypes.CDLL, error: int, every: int) -> Counter[str]:
    """Let each change to the disk fail in turn with `error`; 0 kills."""
    below = str(index).encode()
    seen: Counter[str] = Counter()
    number = 0
    while True:
        prepared(index)
        process = child(index, partial(library.faults_arm, below, ctypes.c_long(number), error))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        assert status in (0, 5, -signal.SIGKILL), f"call {number}: a traceback"
        state = examined(index)
        seen[f"{state}, {'told' if status == 5 else 'killed' if status < 0 else 'built'}"] += 1
        seen["calls"] = number
        if number >= calls_of(index, library):
            return seen
        number += every


def calls_of(index: Path, library: ctypes.CDLL, known: dict[Path, int] = {}) -> int:  # noqa: B006 -- asked once
    """How many changes to the disk has an undisturbed build?"""
    if index not in known:
        prepared(index)
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            library.faults_arm(str(index).encode(), ctypes.c_long(-1), -1)
            searchkit.build(records(NEXT), index)
            os.write(writing, str(library.faults_count()).encode())
            os._exit(0)
        os.waitpid(process, 0)
        known[index] = int(os.read(reading, 20))
    return known[index]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--instants", type=int, default=300)
    options.add_argument("--every", type=int, default=1, help="only every n-th call")
    chosen = options.parse_args()
    library = preloaded()
    library.faults_count.restype = ctypes.c_long
    with tempfile.TemporaryDirectory(prefix="searchkit-crashes-") as place:
        index = Path(place) / "index"
        print(f"a build changes the disk {calls_of(index, library)} times", flush=True)
        if chosen.instants:
            seen = at_instants(index, chosen.instants, random.Random(6))
            print(f"killed at {chosen.instants} random instants: {dict(seen)}", flush=True)
        for name, error in FAILURES.items():
            seen = at_calls(index, library, error, chosen.every)
            seen.pop("calls")
            print(f"{name} at each call: {seen.total()} builds, {dict(seen)}", flush=True)
    print(
        "each time the former or the next state answered whole, the next build succeeded, and nothing was left behind"
    )


if __name__ == "__main__":
    main()
