"""What a damaged array leads to becomes the error that says so."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from searchkit.errors import IndexDamaged

__all__ = ["damage_is_named"]

_P = ParamSpec("_P")
_T = TypeVar("_T")

_SIGNS = (IndexError, ValueError, KeyError, OverflowError, MemoryError, TypeError, AssertionError, AttributeError)
"""What numbers lead to that were never written: places beyond arrays, arrays of no length that fits."""


def damage_is_named(method: Callable[Concatenate[Any, _P], _T]) -> Callable[Concatenate[Any, _P], _T]:
    """Which method answers as this one does, and raises IndexDamaged where an array is not as it was written?

    A query that cannot be right of itself raises QueryError before any array is looked at, so that what is caught
    here comes from the arrays.
    """

    @functools.wraps(method)
    def answered(self: Any, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return method(self, *args, **kwargs)
        except _SIGNS as error:
            directory: Path = self._directory
            raise IndexDamaged(
                f"{directory} is not as it was written, or this is a fault of searchkit "
                f"({type(error).__name__}: {error}); searchkit check names the file"
            ) from error

    return answered
