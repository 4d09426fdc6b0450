from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields

import pytest

from searchkit.frozen import quick
from searchkit.models import RawPage, Speech


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    numbers: list[int] = field(default_factory=list)
    note: str | None = None


VALUES = [
    (Entry, ("a", [1], "b"), {}),
    (Entry, ("a",), {"note": "b"}),
    (Speech, ("k", "k", "Words."), {"speakers": ("Ann",)}),
    (RawPage, ("k", "f#1", "record"), {"record": {"text": "Words."}, "line": b"digest"}),
]


@pytest.mark.parametrize(("kind", "args", "named"), VALUES)
def test_the_value_is_the_one_that_the_constructor_makes(kind: type, args: tuple[object, ...], named: dict) -> None:
    value, same = quick(kind)(*args, **named), kind(*args, **named)
    assert type(value) is kind
    assert (value, repr(value)) == (same, repr(same))
    assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == same
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(kind)[0].name, "other")


def test_what_a_factory_makes_belongs_to_one_value() -> None:
    entry = quick(Entry)
    entry("a").numbers.append(1)
    assert entry("b").numbers == []


def test_arguments_that_the_constructor_refuses() -> None:
    with pytest.raises(TypeError):
        quick(Entry)()
