"""Under which names are the results of rules kept, so that a later build knows what other rules have made?"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from searchkit.cleaning import rules_of
from searchkit.indexing.options import BuildOptions
from searchkit.version import VERSION

__all__ = ["analysis_of", "digest_of", "pipeline_of"]

_RULES = (
    "sources",
    "cleaning",
    "extraction",
    "models.py",
    "dates.py",
    "schema.py",
    "indexing/pipeline.py",
    "indexing/digests.py",
)
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
    own_rules = [(rule.name, rule.pattern.pattern) for rule in rules_of(options.rules)]
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
