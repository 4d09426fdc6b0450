"""Structured records: what one must be, its key, and the page that it becomes.

Records come from the readers of structured files and from programs. Their values are delivered as they are; what
a date or a speaker means is extraction's to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from searchkit.frozen import quick
from searchkit.models import RawPage, Skipped
from searchkit.schema import RECORD_KEYS
from searchkit.sources.files import Origin
from searchkit.sources.keys import without_controls
from searchkit.sources.remarks import listed

__all__ = ["DUPLICATE", "Record", "RecordPages", "UnknownKeys", "page_of"]

DUPLICATE = "duplicate id"
"""Why a record is skipped whose id another page has: of records with one id the first is kept."""

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DEPTH_LIMIT = 64
"""Deeper nesting is no field of a speech, and would end in a RecursionError in a stage that copies the record."""
_KNOWN_KEYS = frozenset(RECORD_KEYS)
_NO_ROW: Mapping[str, str] = {}
_UNKNOWN_LIMIT = 1000
_UNKNOWN_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a structured file, before it has a key; `number` is its line, or its place in the array."""

    number: int
    value: object
    digest: bytes | None = field(default=None, compare=False)
    """Of the line as it stands, where it is one."""
    sound: bool = field(default=False, compare=False)
    """Is it known to be a dict of texts, numbers and nothing, all of them valid Unicode?"""


_raw_page = quick(RawPage)


def page_of(record: Record, origin: Origin) -> RawPage | Skipped:
    """Which page is this record, as far as that depends on the record alone?  Another page may have its key."""
    place = f"{origin.key}#{record.number}"
    value = record.value
    if not isinstance(value, dict) and not isinstance(value, Mapping):
        return Skipped(place, "record is not an object", detail=type(value).__name__)
    try:
        values = value if record.sound else _cleaned(value)
    except RecursionError:
        return Skipped(place, "nested too deeply")
    text, id = values.get("text"), values.get("id")
    if text is None or (isinstance(text, str) and (not text or text.isspace())):
        return Skipped(place, "record without text")
    if not isinstance(text, str):
        return Skipped(place, "text is not a string", detail=type(text).__name__)
    if id is not None and (isinstance(id, bool) or not isinstance(id, (str, int, float))):
        return Skipped(place, "id is neither a string nor a number", detail=type(id).__name__)
    named = id is not None and str(id).strip() != ""
    key = origin.prefix + without_controls(str(id)) if named else place
    return _raw_page(key, f"{origin.location}#{record.number}", "record", b"", values, _NO_ROW, record.digest)


class UnknownKeys:
    """Counts the keys of records that searchkit does not know."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def count(self, values: Mapping[str, object]) -> None:
        """Count the keys of one record."""
        if values.keys() <= _KNOWN_KEYS:
            return
        for key in values:
            if key not in _KNOWN_KEYS:
                self.add(key, 1)

    def add(self, key: str, records: int) -> None:
        """Count one key of so many `records`."""
        if key in self.counts or len(self.counts) < _UNKNOWN_LIMIT:
            self.counts[key] += records

    def remarks(self) -> list[str]:
        """Which keys are not searchkit's, and in how many records does each stand?"""
        if not self.counts:
            return []
        most = self.counts.most_common(_UNKNOWN_SHOWN)
        names = [f"{without_controls(key)} ({count:,})" for key, count in most]
        return [f"keys of records that are no fields, kept as extras: {listed(names, len(self.counts))}"]


class RecordPages:
    """Makes pages of records, each key once, and counts the keys that searchkit does not know."""

    def __init__(self, taken: set[str]) -> None:
        """`taken` holds the keys of pages that are not records; keys of records are added to it."""
        self._taken = taken
        self.unknown = UnknownKeys()

    def page(self, record: Record, origin: Origin) -> RawPage | Skipped:
        """Which page is this record?"""
        page = page_of(record, origin)
        if isinstance(page, Skipped):
            return page
        if page.key in self._taken:
            return Skipped(f"{origin.key}#{record.number}", DUPLICATE, detail=page.key)
        self._taken.add(page.key)
        self.unknown.count(page.record)
        return page

    def claim(self, keys: Sequence[str], file: str) -> bool:
        """Take `keys` for the pages of the file with the key `file`; false, and none is taken, if one is taken."""
        records = [key for key in keys if key != file]
        if any(key in self._taken for key in records):
            return False
        self._taken.update(records)
        return True

    def reserved(self) -> frozenset[str]:
        """Which keys are taken so far?"""
        return frozenset(self._taken)


def _cleaned(values: Mapping[object, object]) -> Mapping[str, object]:
    """The same keys and values, as they can be kept; most records are as they stand."""
    if type(values) is dict and (values.keys() <= _KNOWN_KEYS or all(map(_is_plain, values))):
        for value in values.values():
            if value is not None and (type(value) is not str or not (value.isascii() or _is_plain(value))):
                break
        else:
            return values
    return {_clean_text(str(key)): _clean(value) for key, value in values.items()}


def _is_plain(value: object) -> bool:
    return (type(value) is str and (value.isascii() or not _has_surrogate(value))) or value is None


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _clean_text(text: str) -> str:
    # JSON can name half a surrogate pair, which no file and no database can hold.
    return _LONE_SURROGATE.sub("\ufffd", text) if not text.isascii() and _has_surrogate(text) else text


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
