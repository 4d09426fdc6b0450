"""One builder at a time: a lock that ends with its process, and a note that says who holds it.

The kernel's lock on `build.lock` decides; `build.holder` only tells. Readers never lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from searchkit.errors import BuildRefused, IndexLocked
from searchkit.generations.layout import Layout, quoted

__all__ = ["locked"]

_LONGEST_NOTE = 4096


@contextlib.contextmanager
def locked(index: Path, purpose: str, wait: float = 0.0) -> Iterator[None]:
    """Hold the builder's lock of `index` while the block runs; `purpose` is told to others: "build".

    Waits up to `wait` seconds for another builder.  Raises IndexLocked if it holds on, BuildRefused if the index
    cannot be written.
    """
    layout = Layout(index.absolute())
    lock = FileLock(str(layout.lock))
    try:
        lock.acquire(timeout=max(0.0, wait))
    except Timeout:
        raise IndexLocked(
            f"{layout.index} is being written by {_holder(layout)}; wait for it with --wait SECONDS"
        ) from None
    except OSError as error:
        raise BuildRefused(f"{quoted(layout.index)} cannot be written: {error.strerror or error}") from error
    try:
        _note(layout, purpose)
        yield
    finally:
        with contextlib.suppress(OSError):
            layout.holder.unlink(missing_ok=True)
        lock.release()


def _note(layout: Layout, purpose: str) -> None:
    note = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "purpose": purpose,
    }
    # The note is a courtesy: a full disk is told by the first write that matters.
    with contextlib.suppress(OSError):
        layout.holder.write_text(json.dumps(note) + "\n", encoding="ascii")


def _holder(layout: Layout) -> str:
    try:
        with layout.holder.open(encoding="ascii") as file:
            note = json.loads(file.read(_LONGEST_NOTE))
        return "`{purpose}`, process {pid:d} on {host}, since {since}".format(**note)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return "another process"
