"""What a caller may ask of a build, and what a build tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["BuildOptions", "Progress", "ProgressListener"]

MAX_WITHDRAWN = 20.0
"""Percent of the pages that may go in one build, unless more is said to be meant."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build goes about its sources; the defaults are those of `searchkit build`."""

    add: bool = False
    """Add the sources to those the index remembers."""
    replace: bool = False
    """Let the sources take the place of those the index remembers, and these options the place of theirs."""
    metadata: tuple[str, ...] = ()
    """Tables that give fields of pages by the pages' names."""
    metadata_key: str | None = None
    """The column of those tables that names the page."""
    own_fields: tuple[str, ...] = ()
    """Keys of records or tables that become facets and filters: --field party."""
    clean_records: bool = False
    """Apply the line rules to structured records too."""
    extract_records: bool = False
    """Look for labels and quotes in structured records too."""
    speakers: tuple[str, ...] = ()
    """Files that tell of speakers: aliases, pins, splits; else every speakers.toml in the SOURCEs or beside them."""
    rules: tuple[str, ...] = ()
    """Files with rules of the user's own for lines that are chrome, beside those that ship."""
    jobs: int | None = None
    """Worker processes; None: one for each core."""
    full: bool = False
    """Take nothing over from the live generation, not even the speeches of pages that cannot be read this time."""
    optimize: bool = False
    """Merge all segments of the index into one."""
    checksum: bool = False
    """Read every file, also those whose size and times are as they were."""
    wait: float = 0.0
    """Seconds to wait for another builder."""
    max_withdrawn: float = MAX_WITHDRAWN
    """Percent of the former pages: if more of them would go, and more than 20 pages, nothing is published."""
    force: bool = False
    """Publish however many pages go."""
    dry_run: bool = False
    """Say what would be done, and do nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    stage: str
    """read, write, identify, compare, check or publish; send, for an index on a cluster."""
    pages: int
    speeches: int
    total: int | None = None
    """How many pages there will be, as far as it can be told from what is read; None for records of a program."""


ProgressListener = Callable[[Progress], None]
