"""One builder at a time: a lock that ends with its process, and a note that says who holds it and what it is doing.

The kernel's lock on `build.lock` decides; `build.holder` only tells. Readers never lock.  Where a network folder knows
no locks, the existence of the file decides: another host cannot tell then whether its maker still lives.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

from searchkit.errors import BuildRefused, IndexLocked
from searchkit.generations.layout import Layout, quoted

__all__ = ["Doing", "locked"]

_LONGEST_NOTE = 4096
_LONGEST_DOING = 200
_TOLD_EVERY = 1.0
"""Seconds between two notes of what is being done."""
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS}


class Doing:
    """Tells whoever waits for the lock what its holder is doing."""

    def __init__(self, layout: Layout, purpose: str, remarks: tuple[str, ...]) -> None:
        self.remarks = remarks
        """What is to be said of the lock itself."""
        self._layout = layout
        self._note: dict[str, object] = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "purpose": purpose,
        }
        self._told = time.monotonic()
        self._write()

    def tell(self, doing: str) -> None:
        """Say what is being done: "read, 1,200 pages"; at most once a second."""
        if time.monotonic() - self._told >= _TOLD_EVERY:
            self._told = time.monotonic()
            self._note["doing"] = doing[:_LONGEST_DOING]
            self._write()

    def _write(self) -> None:
        # The note is a courtesy: a full disk is told by the first write that matters.
        with contextlib.suppress(OSError):
            self._layout.holder.write_text(json.dumps(self._note) + "\n", encoding="ascii")


@contextlib.contextmanager
def locked(index: Path, purpose: str, wait: float = 0.0) -> Iterator[Doing]:
    """Hold the builder's lock of `index` while the block runs; `purpose` is told to others: "build".

    Waits up to `wait` seconds for another builder.  Raises IndexLocked if it holds on, BuildRefused if the index
    cannot be written.
    """
    layout = Layout(index.absolute())
    try:
        lock, remarks = _acquired(layout, max(0.0, wait))
    except Timeout:
        raise IndexLocked(
            f"{layout.index} is being written by {_holder(layout)}; wait for it with --wait SECONDS"
        ) from None
    except OSError as error:
        raise BuildRefused(f"{quoted(layout.index)} cannot be written: {error.strerror or error}") from error
    try:
        yield Doing(layout, purpose, remarks)
    finally:
        with contextlib.suppress(OSError):
            layout.holder.unlink(missing_ok=True)
        lock.release()


def _acquired(layout: Layout, wait: float) -> tuple[BaseFileLock, tuple[str, ...]]:
    """The lock, held, and what is to be said of it."""
    lock: BaseFileLock = FileLock(str(layout.lock))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # filelock warns where it turns to the existence of the file
        try:
            if not layout.lock.exists():
                # Made here, so that its mode follows the umask: whoever may write to the index may build it.
                layout.lock.touch()
            lock.acquire(timeout=wait)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            lock = SoftFileLock(str(layout.soft_lock))
            lock.acquire(timeout=wait)
    if not isinstance(lock, SoftFileLock):
        return lock, ()
    remark = (
        f"the file system of {layout.index} knows no locks, so the file {layout.soft_lock.name} stands for one: "
        "after a crash of another host remove it by hand"
    )
    return lock, (remark,)


def _holder(layout: Layout) -> str:
    try:
        with layout.holder.open(encoding="ascii") as file:
            note = json.loads(file.read(_LONGEST_NOTE))
        said = "`{purpose}`, process {pid:d} on {host}, since {since}".format(**note)
        return f"{said} ({note['doing']})" if isinstance(note.get("doing"), str) else said
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "another process"
