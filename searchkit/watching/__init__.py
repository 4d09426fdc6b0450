"""watch: saved queries and what became of their hits: which are new, changed and lost since they were last run?"""

from searchkit.watching.feed import add_to_feed
from searchkit.watching.reports import Report, WatchHit
from searchkit.watching.running import Failed, Round, run
from searchkit.watching.store import Store
from searchkit.watching.watch import Watch

__all__ = ["Failed", "Report", "Round", "Store", "Watch", "WatchHit", "add_to_feed", "run"]
