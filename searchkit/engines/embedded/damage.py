"""What a damaged array leads to becomes the error that names its file, and nothing else does."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from searchkit.errors import IndexDamaged

__all__ = ["SIGNS", "blame", "damage_is_named"]

_P = ParamSpec("_P")
_T = TypeVar("_T")

SIGNS = (IndexError, ValueError, KeyError, OverflowError, MemoryError, TypeError, AssertionError, AttributeError)
"""What numbers lead to that were never written: places beyond arrays, arrays of no length that fits.  And what a
mistake of ours leads to as well."""


def damage_is_named(method: Callable[Concatenate[Any, _P], _T]) -> Callable[Concatenate[Any, _P], _T]:
    """Which method answers as this one does, and raises IndexDamaged where a file of its index is to blame?

    A query that cannot be right of itself raises QueryError before any array is looked at.
    """

    @functools.wraps(method)
    def answered(self: Any, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return method(self, *args, **kwargs)
        except SIGNS as error:
            blame(self.verify, error)
            raise

    return answered


def blame(verify: Callable[[], None], error: Exception) -> None:
    """Raise IndexDamaged if a file is to blame for `error`: `verify` reads every byte and raises for those altered.

    Where all of them are as they were written, the mistake is ours, and `error` must not be laid to the disk.  Reading
    a gigabyte takes a second, which is spent only when an answer has failed.
    """
    try:
        verify()
    except IndexDamaged as damage:
        raise damage from error
