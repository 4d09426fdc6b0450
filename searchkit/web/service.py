"""The searcher behind a server: always the newest generation, never too many questions at once, none for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import searchkit
from searchkit.deadline import limited
from searchkit.generations import live
from searchkit.searching import Searcher
from searchkit.web.problems import Busy
from searchkit.web.settings import Settings

__all__ = ["Service"]

Answer = TypeVar("Answer")

_LOOK = 1.0
"""Seconds between two looks at which generation is live."""
_PATIENCE = 2.0
"""Seconds that a question waits for its turn before it is told to come back."""


class Service:
    """Answers questions over an index that is rebuilt meanwhile; used by many threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = threading.BoundedSemaphore(settings.concurrent)
        self._searcher: Searcher | None = None
        self._opening = threading.Lock()
        self._looked = 0.0

    @property
    def settings(self) -> Settings:
        """How the server was set up."""
        return self._settings

    def ask(self, question: Callable[[Searcher], Answer]) -> Answer:
        """What does `question` find in the newest generation?

        Raises Busy if too many others ask, QueryTimeout if it takes too long, and what the library raises.
        """
        if not self._turns.acquire(timeout=_PATIENCE):
            raise Busy("too many questions at once; ask again in a moment")
        try:
            searcher = self.searcher()
            with limited(self._settings.seconds):
                return question(searcher)
        finally:
            self._turns.release()

    def searcher(self) -> Searcher:
        """Which searcher answers now?  Raises IndexMissing or IndexDamaged if none can."""
        searcher = self._searcher
        if searcher is not None and time.monotonic() - self._looked < _LOOK:
            return searcher
        with self._opening:
            if self._searcher is None:
                self._searcher = searchkit.open(self._settings.index)
            elif time.monotonic() - self._looked >= _LOOK:
                self._refresh(self._searcher)
            self._looked = time.monotonic()
            return self._searcher

    def _refresh(self, searcher: Searcher) -> None:
        try:
            newest = live(self._settings.index)
            if newest is not None and newest.id != searcher.generation:
                searcher.refresh()
        except (searchkit.IndexMissing, searchkit.IndexDamaged):
            return  # what is open still answers; /readyz tells the operator

    def close(self) -> None:
        """Let go of the index."""
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            searcher.close()
