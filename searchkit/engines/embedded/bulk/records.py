"""What is stored of many speeches beside their texts: `record_of`, by orjson where it writes the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import orjson

from searchkit.engines.embedded.records import KEPT, record_of
from searchkit.models import Speech

__all__ = ["records_of"]

_VALUES = attrgetter(*KEPT)
_DELETE = 0x7F
"""The one character of ASCII that `json` escapes and orjson does not."""


def records_of(speeches: Sequence[Speech]) -> list[bytes]:
    """What is stored of each speech beside its text?  In a fifth of the time where it is plain ASCII, as most are."""
    return [_quickly(speech) or record_of(speech) for speech in speeches]


def _quickly(speech: Speech) -> bytes | None:
    """The record of `speech`; None where `json` may write it in another way."""
    if speech.quotes:
        return None
    try:
        record = orjson.dumps(_VALUES(speech))
    except TypeError:  # half a surrogate pair
        return None
    # A copy: orjson leaves what it returns in a buffer of 4 KB, and records wait in memory for the end of the segment.
    return bytes(memoryview(record)) if record.isascii() and _DELETE not in record else None
