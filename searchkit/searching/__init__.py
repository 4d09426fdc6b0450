"""search: a query in words -> its whole answer.  What is found, how often, and why nothing else?"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.searching.opening import Opened, cluster_live_id, live_id, open_cluster, open_index, open_memory
    from searchkit.searching.people import QuoteHit, Quotes
    from searchkit.searching.removed import RemovedPart, removed_parts
    from searchkit.searching.searcher import Searcher
    from searchkit.searching.state import State
    from searchkit.searching.stats import Stats
    from searchkit.searching.where import Where
else:
    load_when_used(
        __name__,
        {
            "opening": (
                "Opened",
                "cluster_live_id",
                "live_id",
                "open_cluster",
                "open_index",
                "open_memory",
            ),
            "people": (
                "QuoteHit",
                "Quotes",
            ),
            "removed": (
                "RemovedPart",
                "removed_parts",
            ),
            "searcher": ("Searcher",),
            "state": ("State",),
            "stats": ("Stats",),
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
    "cluster_live_id",
    "live_id",
    "open_cluster",
    "open_index",
    "open_memory",
    "removed_parts",
]
