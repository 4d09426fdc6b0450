"""search: a query in words -> its whole answer.  What is found, how often, and why nothing else?"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.searching.calendar import calendar
    from searchkit.searching.citing import cited
    from searchkit.searching.emptied import why_nothing
    from searchkit.searching.explaining import score_parts
    from searchkit.searching.likely import likely_ids
    from searchkit.searching.opening import Opened, cluster_live_id, live_id, open_cluster, open_index, open_memory
    from searchkit.searching.quotations import QuoteHit, Quotes, quotes_of
    from searchkit.searching.removed import RemovedPart, removed_from, removed_parts
    from searchkit.searching.searcher import Searcher
    from searchkit.searching.state import State
    from searchkit.searching.stats import Stats, stats_of
    from searchkit.searching.where import Where
else:
    load_when_used(
        __name__,
        {
            "calendar": ("calendar",),
            "citing": ("cited",),
            "emptied": ("why_nothing",),
            "explaining": ("score_parts",),
            "likely": ("likely_ids",),
            "opening": (
                "Opened",
                "cluster_live_id",
                "live_id",
                "open_cluster",
                "open_index",
                "open_memory",
            ),
            "quotations": (
                "QuoteHit",
                "Quotes",
                "quotes_of",
            ),
            "removed": (
                "RemovedPart",
                "removed_from",
                "removed_parts",
            ),
            "searcher": ("Searcher",),
            "state": ("State",),
            "stats": ("Stats", "stats_of"),
            "where": ("Where",),
        },
    )

__all__ = [
    "Opened",
    "QuoteHit",
    "Quotes",
    "RemovedPart",
    "Searcher",
    "State",
    "Stats",
    "Where",
    "calendar",
    "cited",
    "cluster_live_id",
    "likely_ids",
    "live_id",
    "open_cluster",
    "open_index",
    "open_memory",
    "quotes_of",
    "removed_from",
    "removed_parts",
    "score_parts",
    "stats_of",
    "why_nothing",
]
