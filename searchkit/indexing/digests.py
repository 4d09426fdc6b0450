"""By which hashes is it seen that a page changed, or a speech?"""

from __future__ import annotations

import json
import marshal
from dataclasses import replace
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING

from searchkit.models import RawPage, Speech

if TYPE_CHECKING:
    from _hashlib import HASH

__all__ = ["content_hash", "digests_of_record", "speech_digest"]

_CONTENT_DIGITS = 32
_DIGEST_BYTES = 16
_STABLE = 2
"""The version of marshal's format that is the same for equal values, whatever refers to them."""
_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=True, default=str).encode
_FACTS = attrgetter(
    "title",
    "url",
    "kind",
    "speakers",
    "label",
    "role",
    "venue",
    "event",
    "date",
    "source",
    "language",
    "procedural",
    "quotes",
    "notes",
    "extras",
)


def content_hash(raw: RawPage) -> str:
    """By which hash is it seen that a page changed?  Of everything that was read of it, metadata rows included."""
    if raw.line is not None:  # nothing else says more of a record, but what a table gives
        return _content_hash(sha256(raw.line), replace(raw, record={})) if raw.sidecar else raw.line.hex()
    text = raw.record.get("text")
    return _content_hash(sha256(_encoded(text) if isinstance(text, str) else raw.content), raw)


def speech_digest(speech: Speech) -> bytes:
    """By which digest is it seen that a speech changed?  Of all that is known of it but its place on the page."""
    return _speech_digest(sha256(_encoded(speech.text)), speech)


def digests_of_record(raw: RawPage, speech: Speech) -> tuple[bytes, bytes]:
    """Both of a record whose text is that of its `speech`, which is read once, as bytes."""
    text = sha256(_encoded(speech.text))
    if raw.line is None:
        return bytes.fromhex(_content_hash(text.copy(), raw)), _speech_digest(text, speech)
    content = bytes.fromhex(content_hash(raw)) if raw.sidecar else raw.line
    return content, _speech_digest(text, speech)


def _content_hash(text: HASH, raw: RawPage) -> str:
    rest = [item for item in raw.record.items() if item[0] != "text" or not isinstance(item[1], str)]
    if raw.format == "record" and not raw.sidecar and all(type(value) is str for _, value in rest):
        text.update(marshal.dumps(sorted(rest), _STABLE))  # as most records are, in a third of the time
    else:
        kept = {"format": raw.format, "record": dict(rest), "sidecar": dict(raw.sidecar)}
        text.update(_ENCODE(kept).encode("ascii"))
    return text.hexdigest()[:_CONTENT_DIGITS]


def _speech_digest(text: HASH, speech: Speech) -> bytes:
    facts = _FACTS(speech)
    if speech.quotes:
        text.update(repr(facts).encode("utf-8", "surrogatepass"))
    else:
        text.update(marshal.dumps(facts, _STABLE))
    return text.digest()[:_DIGEST_BYTES]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
