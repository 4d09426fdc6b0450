"""Plain Python values as bytes and back, exactly: what programs store with Whoosh documents, without a pickle.

None, booleans, numbers, text, bytes, dates and times, decimals, and lists, tuples, sets and mappings of them.  Reading
makes these values and nothing else, whatever the bytes are.
"""

from __future__ import annotations

import datetime
import decimal
import struct
from collections.abc import Callable
from typing import Any

__all__ = ["decoded", "encoded"]

_DEEPEST = 50
_LENGTH = struct.Struct("<I")
_FLOAT = struct.Struct("<d")


def encoded(value: Any) -> bytes:
    """Under which bytes is `value` kept?  Raises TypeError for anything that is not plain."""
    parts: list[bytes] = []
    _write(value, parts, 0)
    return b"".join(parts)


def decoded(data: bytes) -> Any:
    """Which value do these bytes stand for?  Raises ValueError if they stand for none."""
    value, end = _read(data, 0, 0)
    if end != len(data):
        raise ValueError("there is something behind the value")
    return value


def _seconds(value: datetime.timedelta) -> str:
    return f"{value.days} {value.seconds} {value.microseconds}"


_ATOMS: tuple[tuple[bytes, type, Callable[[Any], bytes], Callable[[bytes], Any]], ...] = (
    (b"s", str, lambda value: value.encode("utf-8", "surrogatepass"),
     lambda data: data.decode("utf-8", "surrogatepass")),
    (b"b", bytes, bytes, bytes),
    (b"i", int, lambda value: b"%x" % value, lambda data: int(data, 16)),
    (b"f", float, _FLOAT.pack, lambda data: _FLOAT.unpack(data)[0]),
    (b"t", datetime.datetime, lambda value: value.isoformat().encode(),
     lambda data: datetime.datetime.fromisoformat(data.decode())),
    (b"d", datetime.date, lambda value: value.isoformat().encode(),
     lambda data: datetime.date.fromisoformat(data.decode())),
    (b"c", datetime.time, lambda value: value.isoformat().encode(),
     lambda data: datetime.time.fromisoformat(data.decode())),
    (b"p", datetime.timedelta, lambda value: _seconds(value).encode(),
     lambda data: datetime.timedelta(*map(int, data.split()))),
    (b"m", decimal.Decimal, lambda value: str(value).encode(), lambda data: decimal.Decimal(data.decode())),
)  # fmt: skip
_CONSTANTS: tuple[tuple[bytes, Any], ...] = ((b"N", None), (b"T", True), (b"F", False))
_COLLECTIONS: tuple[tuple[bytes, type], ...] = (
    (b"L", list), (b"U", tuple), (b"S", set), (b"Z", frozenset), (b"M", dict),
)  # fmt: skip

_ATOM_OF = {kind: (tag, write) for tag, kind, write, _ in _ATOMS}
_READERS = {tag: read for tag, _, _, read in _ATOMS}
_CONSTANT_OF = dict(_CONSTANTS)
_COLLECTION_OF = dict(_COLLECTIONS)
_TAG_OF = {kind: tag for tag, kind in _COLLECTIONS}


def _write(value: Any, parts: list[bytes], depth: int) -> None:
    for tag, constant in _CONSTANTS:
        if value is constant:
            parts.append(tag)
            return
    kind = type(value)
    if kind in _ATOM_OF:
        tag, write = _ATOM_OF[kind]
        data = write(value)
        parts += (tag, _LENGTH.pack(len(data)), data)
        return
    if kind not in _TAG_OF or depth > _DEEPEST:
        raise TypeError(f"{kind.__name__} is not a plain value that can be stored: {value!r:.100}")
    items = [item for pair in value.items() for item in pair] if kind is dict else list(value)
    parts += (_TAG_OF[kind], _LENGTH.pack(len(items)))
    for item in items:
        _write(item, parts, depth + 1)


def _read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    tag = data[at : at + 1]
    if tag in _CONSTANT_OF:
        return _CONSTANT_OF[tag], at + 1
    try:
        (count,) = _LENGTH.unpack_from(data, at + 1)
    except struct.error:
        raise ValueError("the value is cut short") from None
    at += 1 + _LENGTH.size
    if at + count > len(data) or depth > _DEEPEST:  # an item takes a byte at least
        raise ValueError("the value is cut short, or too deep")
    if tag in _READERS:
        return _READERS[tag](data[at : at + count]), at + count
    if tag not in _COLLECTION_OF:
        raise ValueError(f"{tag!r} is no kind of value")
    items = []
    for _ in range(count):
        item, at = _read(data, at, depth + 1)
        items.append(item)
    kind = _COLLECTION_OF[tag]
    return (dict(zip(items[::2], items[1::2], strict=True)) if kind is dict else kind(items)), at
