"""How long may an answer take?  A limit set by who asks, looked at by whoever works on the answer.

Python cannot end a thread from outside: long work asks `check` now and then, between two steps of its own.
"""

from __future__ import annotations

import time
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Self

from searchkit.errors import QueryTimeout

__all__ = ["Limit", "check", "limited"]


class Limit:
    """Gives up what is asked inside a `with` block at some time, which another thread may bring nearer."""

    __slots__ = ("_token", "_until", "shortened")

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._token: Token[Limit | None] | None = None
        self.shortened = False
        """Was the time brought nearer?"""

    def __enter__(self) -> Self:
        self._token = _LIMIT.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._token is not None
        _LIMIT.reset(self._token)

    def shorten(self, seconds: float) -> None:
        """Give up in so many seconds at the latest."""
        self._until = min(self._until, time.monotonic() + seconds)
        self.shortened = True

    def check(self) -> None:
        """Raise QueryTimeout if the time is over."""
        if time.monotonic() > self._until:
            raise QueryTimeout(
                "the answer takes too long here; ask for less: a narrower query, a period, a smaller page"
            )


_LIMIT: ContextVar[Limit | None] = ContextVar("searchkit-deadline", default=None)


def limited(seconds: float) -> Limit:
    """Give up what is asked inside the block once it has taken `seconds`."""
    return Limit(seconds)


def check() -> None:
    """Raise QueryTimeout if the time is over; costs next to nothing."""
    limit = _LIMIT.get()
    if limit is not None:
        limit.check()
