"""Which pages ship with the package, so that an installed copy can be tried at once?

They are written for searchkit in the manner of real ones: news reports, ministry pages, transcripts, interviews,
plain text, records. The people in them and their words are invented.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["pages"]


def pages() -> Path:
    """Which folder holds the sample pages?"""
    return Path(__file__).parent / "pages"
