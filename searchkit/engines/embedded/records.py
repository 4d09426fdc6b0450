"""What is stored of a speech beside its text: JSON, and the speech again."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from operator import attrgetter

from searchkit.models import Speech

__all__ = ["record_of"]

_KEPT = tuple(field.name for field in fields(Speech) if field.name != "text")
_VALUES = attrgetter(*_KEPT)
_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=asdict).encode


def record_of(speech: Speech) -> bytes:
    """What is stored of a speech beside its text?"""
    return _ENCODE(dict(zip(_KEPT, _VALUES(speech), strict=True))).encode("ascii")
