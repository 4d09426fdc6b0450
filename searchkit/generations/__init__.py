"""generations: which state of an index is live, is it whole, and how does the next one take its place?

A folder goes in; a Generation comes out, or a Draft that becomes one. What the files mean is the engine's business.
"""

from searchkit.generations.drafts import KEPT, Draft, begin, prune
from searchkit.generations.layout import claim, quoted
from searchkit.generations.lock import locked
from searchkit.generations.manifest import FileRecord, Manifest, Recipe
from searchkit.generations.pages import PageRow, PageTable, PageTableWriter
from searchkit.generations.reading import Generation, check_sizes, live, require_live, verify

__all__ = [
    "KEPT",
    "Draft",
    "FileRecord",
    "Generation",
    "Manifest",
    "PageRow",
    "PageTable",
    "PageTableWriter",
    "Recipe",
    "begin",
    "check_sizes",
    "claim",
    "live",
    "locked",
    "prune",
    "quoted",
    "require_live",
    "verify",
]
