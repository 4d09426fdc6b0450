"""Answers as plain dicts and lists: for JSON, for a data frame, for whoever has no searchkit."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

__all__ = ["Plain", "Rows"]


class Plain:
    """A value that can be told in plain dicts, lists, texts and numbers."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """What is it, told plainly?  Every field and property under its name; what is inside likewise."""
        names = [field.name for field in dataclasses.fields(self)]  # type: ignore[arg-type]
        names += [
            name for kind in type(self).__mro__ for name, item in vars(kind).items() if isinstance(item, property)
        ]
        return {name: _plain(getattr(self, name)) for name in dict.fromkeys(names)}


class Rows(Plain):
    """An answer made of many alike: values, lines, hits."""

    __slots__ = ()

    listed: ClassVar[tuple[str, ...]] = ("values",)
    """In which fields these are."""

    def rows(self) -> list[dict[str, Any]]:
        """Which flat dict is each of them?  `pandas.DataFrame(answer.rows())` is a data frame.

        The fields of a value inside, as those of the speech of a hit, stand among the others.
        """
        return [_flat(item.to_dict()) for name in self.listed for item in getattr(self, name)]


def _plain(value: Any) -> Any:
    if isinstance(value, Plain):
        return value.to_dict()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        flat.update(value if isinstance(value, dict) else {name: value})
    return flat
