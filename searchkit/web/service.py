"""The searcher behind a server: always the newest generation, never too many questions at once, none for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import searchkit
from searchkit.deadline import limited
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

    @property
    def settings(self) -> Settings:
        """How the server was set up."""
        return self._settings

    def ask(self, question: Callable[[Searcher], Answer], of: Searcher | None = None) -> Answer:
        """What does `question` find in the newest generation, or in the one that `of` holds?

        Raises Busy if too many others ask, QueryTimeout if it takes too long, and what the library raises.
        """
        if not self._turns.acquire(timeout=_PATIENCE):
            raise Busy("too many questions at once; ask again in a moment")
        try:
            searcher = of or self.held()
            with limited(self._settings.seconds):
                return question(searcher)
        finally:
            self._turns.release()

    def held(self) -> Searcher:
        """Which searcher answers from the newest generation, and from no other while it is used?

        All that one request is told comes from one of them.  Raises IndexMissing or IndexDamaged.
        """
        return self.searcher().held()

    def searcher(self) -> Searcher:
        """Which searcher answers?  It moves to newer generations by itself.  Raises IndexMissing or IndexDamaged."""
        if self._searcher is None:
            with self._opening:
                if self._searcher is None:
                    self._searcher = searchkit.open(self._settings.index, refresh=_LOOK)
        return self._searcher

    def close(self) -> None:
        """Let go of the index."""
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            searcher.close()
