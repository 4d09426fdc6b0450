"""Structured records: what one must be, its key, and the page that it becomes.

Records come from the readers of structured files and from programs. Their values are delivered as they are; what
a date or a speaker means is extraction's to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from searchkit.models import RawPage, Skipped
from searchkit.schema import RECORD_KEYS
from searchkit.sources.files import Origin
from searchkit.sources.keys import without_controls
from searchkit.sources.remarks import listed

__all__ = ["Record", "RecordPages"]

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DEPTH_LIMIT = 64
"""Deeper nesting is no field of a speech, and would end in a RecursionError in a stage that copies the record."""
_UNKNOWN_LIMIT = 1000
_UNKNOWN_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a structured file, before it has a key; `number` is its line, or its place in the array."""

    number: int
    value: object


class RecordPages:
    """Makes pages of records, each key once, and counts the keys that searchkit does not know."""

    def __init__(self, taken: set[str]) -> None:
        """`taken` holds the keys of pages that are not records; keys of records are added to it."""
        self._taken = taken
        self.unknown_keys: Counter[str] = Counter()

    def page(self, record: Record, origin: Origin) -> RawPage | Skipped:
        """Which page is this record?"""
        place = f"{origin.key}#{record.number}"
        if not isinstance(record.value, Mapping):
            return Skipped(place, "record is not an object", detail=type(record.value).__name__)
        try:
            values = {_clean_text(str(key)): _clean(value) for key, value in record.value.items()}
        except RecursionError:
            return Skipped(place, "nested too deeply")
        text, id = values.get("text"), values.get("id")
        if text is None or (isinstance(text, str) and not text.strip()):
            return Skipped(place, "record without text")
        if not isinstance(text, str):
            return Skipped(place, "text is not a string", detail=type(text).__name__)
        if id is not None and (isinstance(id, bool) or not isinstance(id, (str, int, float))):
            return Skipped(place, "id is neither a string nor a number", detail=type(id).__name__)
        named = id is not None and str(id).strip() != ""
        key = origin.prefix + without_controls(str(id)) if named else place
        if key in self._taken:
            return Skipped(place, "duplicate id", detail=key)
        self._taken.add(key)
        self._count_unknown(values)
        return RawPage(key, f"{origin.location}#{record.number}", "record", record=values)

    def claim(self, keys: Sequence[str], file: str) -> bool:
        """Take `keys` for the pages of the file with the key `file`; false, and none is taken, if one is taken."""
        records = [key for key in keys if key != file]
        if any(key in self._taken for key in records):
            return False
        self._taken.update(records)
        return True

    def remarks(self) -> list[str]:
        """Which keys are not searchkit's, and in how many records does each stand?"""
        if not self.unknown_keys:
            return []
        most = self.unknown_keys.most_common(_UNKNOWN_SHOWN)
        names = [f"{without_controls(key)} ({count:,})" for key, count in most]
        return [f"keys of records that are no fields, kept as extras: {listed(names, len(self.unknown_keys))}"]

    def _count_unknown(self, values: Mapping[str, object]) -> None:
        for key in values:
            if key not in RECORD_KEYS and (key in self.unknown_keys or len(self.unknown_keys) < _UNKNOWN_LIMIT):
                self.unknown_keys[key] += 1


def _clean_text(text: str) -> str:
    # JSON can name half a surrogate pair, which no file and no database can hold.
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _clean(value: object, depth: int = 0) -> object:
    if isinstance(value, str):
        return _clean_text(value)
    if depth > _DEPTH_LIMIT:
        raise RecursionError
    if isinstance(value, Mapping):
        return {_clean_text(str(key)): _clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item, depth + 1) for item in value]
    return value
