"""A flat array that grows at its end, for tables that are looked up whole arrays at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["GrowingArray"]

Scalar = TypeVar("Scalar", bound=np.generic)


class GrowingArray(Generic[Scalar]):
    """Values of one NumPy type; room is doubled, so that growing costs nothing to speak of."""

    def __init__(self, kind: type[Scalar]) -> None:
        self._room: npt.NDArray[Scalar] = np.zeros(1024, kind)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def values(self) -> npt.NDArray[Scalar]:
        """What the array holds; a view that is valid until the next `extend`."""
        return self._room[: self._length]

    def extend(self, values: Sequence[Any] | npt.NDArray[Any]) -> None:
        """Take in more at the end."""
        length = self._length + len(values)
        if length > len(self._room):
            room = np.zeros(max(length, 2 * len(self._room)), self._room.dtype)
            room[: self._length] = self.values
            self._room = room
        self._room[self._length : length] = values
        self._length = length
