"""generations: which state of an index is live, is it whole, and how does the next one take its place?

A folder goes in; a Generation comes out, or a Draft that becomes one. What the files mean is the engine's business.
"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.generations.drafts import KEPT, Draft, begin, prune, sweep
    from searchkit.generations.durable import replace_file, sync_folder
    from searchkit.generations.holding import Hold, hold_of, refuse_held, release, rollback
    from searchkit.generations.layout import PAGES, claim, quoted, work_folder
    from searchkit.generations.lock import Doing, locked
    from searchkit.generations.manifest import FileRecord, Manifest, Recipe
    from searchkit.generations.page_rows import FileRow, PageRow, SpeechRow, storable
    from searchkit.generations.page_writer import PageTableWriter
    from searchkit.generations.pages import PageTable
    from searchkit.generations.reading import Generation, check_sizes, live, require_live, verify
    from searchkit.generations.standing import Standing, as_of, before, kept, named
else:
    load_when_used(
        __name__,
        {
            "drafts": (
                "KEPT",
                "Draft",
                "begin",
                "prune",
                "sweep",
            ),
            "durable": (
                "replace_file",
                "sync_folder",
            ),
            "holding": (
                "Hold",
                "hold_of",
                "refuse_held",
                "release",
                "rollback",
            ),
            "layout": (
                "PAGES",
                "claim",
                "quoted",
                "work_folder",
            ),
            "lock": (
                "Doing",
                "locked",
            ),
            "manifest": (
                "FileRecord",
                "Manifest",
                "Recipe",
            ),
            "page_writer": ("PageTableWriter",),
            "page_rows": (
                "FileRow",
                "PageRow",
                "SpeechRow",
                "storable",
            ),
            "pages": ("PageTable",),
            "reading": (
                "Generation",
                "check_sizes",
                "live",
                "require_live",
                "verify",
            ),
            "standing": (
                "Standing",
                "as_of",
                "before",
                "kept",
                "named",
            ),
        },
    )

__all__ = [
    "KEPT",
    "PAGES",
    "Doing",
    "Draft",
    "FileRecord",
    "FileRow",
    "Generation",
    "Hold",
    "Manifest",
    "PageRow",
    "PageTable",
    "PageTableWriter",
    "Recipe",
    "SpeechRow",
    "Standing",
    "as_of",
    "before",
    "begin",
    "check_sizes",
    "claim",
    "hold_of",
    "kept",
    "live",
    "locked",
    "named",
    "prune",
    "quoted",
    "refuse_held",
    "release",
    "replace_file",
    "require_live",
    "rollback",
    "storable",
    "sweep",
    "sync_folder",
    "verify",
    "work_folder",
]
