"""Values of frozen dataclasses, made by the hundred thousand: in a sixth of the time that their constructor takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar

__all__ = ["quick"]

_Arguments = ParamSpec("_Arguments")
_Value = TypeVar("_Value")


def quick(kind: Callable[_Arguments, _Value]) -> Callable[_Arguments, _Value]:
    """What makes values of the frozen dataclass `kind` from the arguments that its constructor takes, only quicker?

    `kind` has slots and no `__post_init__`.  The constructor of a frozen class calls `object.__setattr__` for every
    field: 2.6 us for the 20 of a speech.  Here a class of the same slots that is not frozen sets them as any other
    attribute and then declares its value to be of `kind`, as Python allows among classes of the same slots: 0.4 us.
    """

    def freeze(value: Any) -> None:
        value.__class__ = kind

    return make_dataclass(
        f"_{kind.__name__}",
        [(each.name, each.type, _alike(each)) for each in fields(kind)],  # type: ignore[arg-type]
        bases=kind.__bases__,  # type: ignore[attr-defined]
        namespace={"__post_init__": freeze},
        eq=False,
        repr=False,
        slots=True,
    )


def _alike(of: Field[Any]) -> Any:
    if of.default_factory is not MISSING:
        return field(default_factory=of.default_factory)
    return field(default=of.default)
