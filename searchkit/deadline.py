"""How long may an answer take?  A limit set by who asks, looked at by whoever works on the answer.

Python cannot end a thread from outside: long work asks `check` now and then, between two steps of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from searchkit.errors import QueryTimeout

__all__ = ["check", "limited"]

_UNTIL: ContextVar[float | None] = ContextVar("searchkit-deadline", default=None)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Give up what is asked inside the block once it has taken `seconds`."""
    token = _UNTIL.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _UNTIL.reset(token)


def check() -> None:
    """Raise QueryTimeout if the time is over; costs next to nothing."""
    until = _UNTIL.get()
    if until is not None and time.monotonic() > until:
        raise QueryTimeout("the answer takes too long here; ask for less: a narrower query, a period, a smaller page")
