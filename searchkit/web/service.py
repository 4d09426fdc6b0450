"""The searcher behind a server: always the newest generation, never too many questions at once, none for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import searchkit
from searchkit.deadline import Limit, limited
from searchkit.errors import QueryTimeout
from searchkit.searching import Searcher
from searchkit.web.problems import Busy
from searchkit.web.settings import Settings

__all__ = ["Service"]

Answer = TypeVar("Answer")

_LOOK = 1.0
"""Seconds between two looks at which generation is live."""
_ALONE = 0.05
"""Seconds that a question is worked on before the next one is begun.

Threads of one process take the interpreter from each other, so that short questions are answered sooner one after the
other than side by side.  What takes longer shares.
"""
_LONG = 2
"""Longer questions that are worked on side by side."""
_SPARE = 0.5
"""Seconds that a longer question gets where so many are worked on already; then it is told to come back.

Threads cannot be paused: with a dozen long questions side by side a short one takes a dozen times as long.
"""
_PATIENCE = 2.0
"""Seconds that a question waits for its turn before it is told to come back."""


class Service:
    """Answers questions over an index that is rebuilt meanwhile.

    Questions are worked on in threads of their own; those that wait for a turn hold none, so that whatever asks for
    no speech (is it alive? a style sheet) is answered at once however busy it is.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.turns = asyncio.Semaphore(settings.concurrent)
        self.alone = asyncio.Semaphore(1)
        self.long = 0
        self._threads = ThreadPoolExecutor(settings.concurrent, thread_name_prefix="searchkit")
        self._searcher: Searcher | None = None
        self._opening = threading.Lock()

    @property
    def settings(self) -> Settings:
        """How the server was set up."""
        return self._settings

    async def ask(
        self,
        question: Callable[[Searcher], Answer],
        of: Searcher | None = None,
        *,
        patience: float | None = _PATIENCE,
    ) -> Answer:
        """What does `question` find in the newest generation, or in the one that `of` holds?

        All that one question is told is of one generation.  Raises Busy if too many others ask for longer than
        `patience` seconds or for as long an answer, QueryTimeout if the answer takes too long, and what the library
        raises.
        """
        try:
            async with asyncio.timeout(patience):
                await self._begin()
        except TimeoutError:
            raise Busy("too many questions at once; ask again in a moment") from None

        limit = limited(self._settings.seconds)

        def work() -> Answer:
            with limit:
                return question(of or self.held())

        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._threads, work)
        # The turn ends with the work, also where whoever asked has gone away: a thread cannot be called back.
        turn = _Turn(self, limit, patient=patience is None)
        timer = loop.call_later(_ALONE, turn.goes_on)

        def done(_: asyncio.Future[Answer]) -> None:
            timer.cancel()
            turn.ends()

        working.add_done_callback(done)
        try:
            return await asyncio.shield(working)
        except QueryTimeout:
            if limit.shortened:
                raise Busy("too many long questions at once; ask again in a moment") from None
            raise

    async def generation(self) -> str | None:
        """Which generation is the newest?  Told without waiting for a turn.  Raises IndexMissing or IndexDamaged."""
        return await asyncio.to_thread(lambda: self.held().generation)

    async def _begin(self) -> None:
        """Wait for a turn, and until the question begun before is answered or known to take long."""
        await self.turns.acquire()
        try:
            await self.alone.acquire()
        except BaseException:
            self.turns.release()
            raise

    def held(self) -> Searcher:
        """Which searcher answers from the newest generation, and from no other while it is used?

        Raises IndexMissing or IndexDamaged.
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
        self._threads.shutdown(wait=False, cancel_futures=True)
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            searcher.close()


class _Turn:
    """One question at work: alone at first, then, if it takes longer, side by side with a few others."""

    def __init__(self, service: Service, limit: Limit, *, patient: bool) -> None:
        self._service = service
        self._limit = limit
        self._patient = patient
        """It is part of an answer that was begun: it is not cut short."""
        self._alone = True
        self._counted = False

    def goes_on(self) -> None:
        """Let the next question begin; there is little time left if enough long ones are worked on."""
        self._alone = False
        self._service.alone.release()
        if self._service.long < _LONG:
            self._service.long += 1
            self._counted = True
        elif not self._patient:
            self._limit.shorten(_SPARE)

    def ends(self) -> None:
        """Let others have its place."""
        if self._alone:
            self._service.alone.release()
        if self._counted:
            self._service.long -= 1
        self._service.turns.release()
