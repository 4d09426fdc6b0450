"""search: a query in words -> its whole answer.  What is found, how often, and why nothing else?"""

from searchkit.searching.opening import Opened, live_id, open_index, open_memory
from searchkit.searching.people import QuoteHit, Quotes
from searchkit.searching.searcher import Searcher
from searchkit.searching.state import State
from searchkit.searching.stats import Stats
from searchkit.searching.where import Where

__all__ = [
    "Opened",
    "QuoteHit",
    "Quotes",
    "Searcher",
    "State",
    "Stats",
    "Where",
    "live_id",
    "open_index",
    "open_memory",
]
