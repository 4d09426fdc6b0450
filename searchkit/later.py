"""Values of which a part is read when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, Self

__all__ = ["Later", "Source"]


class Source(Protocol):
    """Where some values are read from; it stays readable as long as one of them is held."""

    def part(self, place: int, name: str) -> Mapping[str, Any]:
        """What is the field `name` of the value at `place`, and what else was read with it?  By the fields' names."""


class Later:
    """A frozen dataclass with slots, some values of which come from a Source: equal, copied and pickled as any other.

    A slot that is empty is filled when it is read; a value that was made whole never asks.
    """

    __slots__ = ("_read_from",)

    _read_from: tuple[Source, int]

    @classmethod
    def later(cls, source: Source, place: int, **read: Any) -> Self:
        """The value that `source` has at `place`, of which only the fields `read` are known yet."""
        value = cls.__new__(cls)
        fill = object.__setattr__
        fill(value, "_read_from", (source, place))
        for field, known in read.items():
            fill(value, field, known)
        return value

    if not TYPE_CHECKING:  # else every misspelt field would be one

        def __getattr__(self, name: str) -> Any:
            """Reached where a slot is empty, or there is none."""
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            source, place = self._read_from
            for field, value in source.part(place, name).items():
                object.__setattr__(self, field, value)
            return object.__getattribute__(self, name)
