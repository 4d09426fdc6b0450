"""search: a query in words -> its whole answer.  What is found, how often, and why nothing else?"""

from searchkit.searching.opening import Opened, live_id, open_index, open_memory
from searchkit.searching.people import QuoteHit, Quotes
from searchkit.searching.removed import RemovedPart, removed_parts
from searchkit.searching.searcher import Searcher
from searchkit.searching.state import State
from searchkit.searching.stats import Stats
from searchkit.searching.where import Where

__all__ = [
    "Opened",
    "QuoteHit",
    "Quotes",
    "RemovedPart",
    "Searcher",
    "State",
    "Stats",
    "Where",
    "live_id",
    "open_index",
    "open_memory",
    "removed_parts",
]
