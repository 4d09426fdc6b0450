"""What the write arrow makes of one page, up to but not into the engine: raw page -> clean page -> speeches."""

from __future__ import annotations

from dataclasses import replace

from searchkit.cleaning import CleanOptions, clean
from searchkit.extraction import ExtractOptions, extract
from searchkit.indexing.digests import content_hash, speech_digest
from searchkit.indexing.options import BuildOptions
from searchkit.indexing.report import NO_MEMORY
from searchkit.models import Inspection, RawPage, Skipped

__all__ = ["inspect_page", "inspect_record"]


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
        return Inspection(Skipped(raw.key, NO_MEMORY, unreadable=True))
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
