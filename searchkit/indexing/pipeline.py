"""What the write arrow makes of one page, up to but not into the engine: raw page -> clean page -> speeches."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from operator import attrgetter
from pathlib import Path

from searchkit.cleaning import CleanOptions, clean, rules_with
from searchkit.extraction import ExtractOptions, extract
from searchkit.indexing.options import BuildOptions
from searchkit.models import Inspection, RawPage, Skipped, Speech
from searchkit.version import VERSION

__all__ = [
    "analysis_of",
    "content_hash",
    "digest_of",
    "digests_of_record",
    "inspect_page",
    "inspect_record",
    "pipeline_of",
    "speech_digest",
]

_RULES = ("sources", "cleaning", "extraction", "models.py", "dates.py", "schema.py", "indexing/pipeline.py")
"""What decides what is made of a page, apart from the page."""


_ANALYSIS = (
    "analysis",
    "schema.py",
    "dates.py",
    "engines/terms.py",
    "engines/naming.py",
    "engines/embedded",
    "identity/sketches.py",
)
"""What decides how a speech stands in a segment, apart from the speech."""


def pipeline_of(options: BuildOptions) -> str:
    """Under which name are pages kept that these rules and options made?  A later build makes anew what has another."""
    own_rules = [(rule.name, rule.pattern.pattern) for rule in rules_with(options.rules)]
    chosen = repr((options.own_fields, options.clean_records, options.extract_records, own_rules))
    return f"{VERSION} {hashlib.sha256(f'{digest_of(_RULES)} {chosen}'.encode()).hexdigest()[:16]}"


def analysis_of(options: BuildOptions) -> str:
    """Under which name are segments kept that this analysis and these fields made?"""
    return f"{VERSION} {hashlib.sha256(f'{digest_of(_ANALYSIS)} {options.own_fields}'.encode()).hexdigest()[:16]}"


@cache
def digest_of(names: tuple[str, ...]) -> str:
    """A digest of modules and packages as they are installed: tables and code alike."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in names:
        place = package / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.suffix in (".py", ".toml", ".json"):
                digest.update(file.relative_to(package).as_posix().encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


_CONTENT_DIGITS = 32
_DIGEST_BYTES = 16
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


def inspect_page(raw: RawPage, options: BuildOptions) -> Inspection:
    """Which speeches does `raw` hold?  A page without any is Skipped with its reason; nothing raises."""
    try:
        page = clean(raw, CleanOptions(options.clean_records, options.rules))
        if isinstance(page, Skipped):
            return Inspection(page)
        speeches = extract(
            page, ExtractOptions(options.clean_records, options.extract_records, own_fields=options.own_fields)
        )
    except MemoryError:
        # Not the page's fault, perhaps: what it gave before is not to go.
        return Inspection(Skipped(raw.key, "not enough memory", unreadable=True))
    except Exception as error:
        # A page is hostile until proven otherwise; whatever it does to a parser costs that page alone.
        return Inspection(Skipped(raw.key, "could not be processed", detail=f"{type(error).__name__}: {error}"[:300]))
    if not speeches:
        return Inspection(Skipped(raw.key, "no speech"))
    return Inspection(page, speeches)


def inspect_record(raw: RawPage, options: BuildOptions) -> Inspection:
    """The same for a record that is taken as it is, with its hash and digests, and without what nobody asks for."""
    made = inspect_page(raw, options)
    page = made.page if isinstance(made.page, Skipped) else replace(made.page, text="", record={}, sidecar={})
    return Inspection(page, made.speeches, content_hash(raw), tuple(map(speech_digest, made.speeches)))


def content_hash(raw: RawPage) -> str:
    """By which hash is it seen that a page changed?  Of everything that was read of it, metadata rows included."""
    text = raw.record.get("text")
    return _content_hash(hashlib.sha256(_encoded(text) if isinstance(text, str) else raw.content), raw)


def speech_digest(speech: Speech) -> bytes:
    """By which digest is it seen that a speech changed?  Of all that is known of it but its place on the page."""
    return _speech_digest(hashlib.sha256(_encoded(speech.text)), speech)


def digests_of_record(raw: RawPage, speech: Speech) -> tuple[str, bytes]:
    """Both of a record whose text is that of its `speech`, which is read once."""
    text = hashlib.sha256(_encoded(speech.text))
    return _content_hash(text.copy(), raw), _speech_digest(text, speech)


def _content_hash(text: hashlib._Hash, raw: RawPage) -> str:
    rest = {key: value for key, value in raw.record.items() if key != "text" or not isinstance(value, str)}
    text.update(_ENCODE({"format": raw.format, "record": rest, "sidecar": dict(raw.sidecar)}).encode("ascii"))
    return text.hexdigest()[:_CONTENT_DIGITS]


def _speech_digest(text: hashlib._Hash, speech: Speech) -> bytes:
    text.update(repr(_FACTS(speech)).encode("utf-8", "surrogatepass"))
    return text.digest()[:_DIGEST_BYTES]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
