"""Which state of the index answers at this moment?  Held until it is asked to move on, in every thread and process."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from searchkit.errors import IndexDamaged, IndexMissing, UsageError
from searchkit.searching.opening import Opened

__all__ = ["State"]


class State:
    """Holds what is open, and opens what is newer.

    Whoever takes it with `current` may go on reading it, whatever is published or pruned meanwhile: its files go with
    the last reference to it.
    """

    def __init__(
        self, opener: Callable[[], Opened], newest: Callable[[], str | None], every: float | None = None
    ) -> None:
        """`newest` says which generation is live without opening it; every so many seconds it is asked by itself."""
        self._opener = opener
        self._newest = newest
        self._every = every
        self._opened: Opened | None = opener()
        self._asked = time.monotonic()
        self._process = os.getpid()
        self._changing = threading.Lock()

    def current(self) -> Opened:
        """What answers?  One question takes it once, so that no answer mixes two generations."""
        opened = self._opened
        if opened is None:
            raise UsageError("this searcher is closed; open the index again")
        if self._process != os.getpid():
            opened = self._after_fork(opened)
        if self._every is not None and time.monotonic() - self._asked >= self._every:
            opened = self._look(opened)
        return opened

    def refresh(self) -> bool:
        """Move to the newest generation; was there one?  Raises IndexMissing or IndexDamaged if it cannot be opened."""
        self.current()
        with self._changing:
            return self._move_on()

    def close(self) -> None:
        """Release the index's files."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.engine.close()

    def _look(self, opened: Opened) -> Opened:
        """Move on if there is something newer; one thread does it while the others go on with what they have."""
        if not self._changing.acquire(blocking=False):
            return opened
        try:
            self._asked = time.monotonic()
            self._move_on()
        except (IndexMissing, IndexDamaged):
            pass  # what is open answers on; `searchkit check` tells whoever watches over the index
        finally:
            self._changing.release()
        return self._opened or opened

    def _move_on(self) -> bool:
        former = self._opened
        if former is None or self._newest() == former.generation:
            return False
        newest = self._opener()
        if newest.generation == former.generation:
            newest.engine.close()
            return False
        # The former engine is not closed: another thread may be reading.  Its files go with its last reference.
        self._opened = newest
        return True

    def _after_fork(self, opened: Opened) -> Opened:
        """Read through files of our own: with those inherited, parent and child would move each other's position."""
        # Not the lock of the parent: a thread that is not here may have held it when the process forked.
        self._changing = threading.Lock()
        self._opened = opened.again()
        self._process = os.getpid()
        return self._opened
