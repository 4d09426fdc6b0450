"""The engine for what outgrows one machine: the same searchkit on a cluster of OpenSearch nodes.

OpenSearch searches, counts and spreads; what a word is, in which form it is compared and where a sentence ends is said
by searchkit's own analysis, before anything is sent.
"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.engines.cluster.address import ClusterAddress, parse_address
    from searchkit.engines.cluster.catalogue import Catalogue, ClusterHold, ClusterStanding
    from searchkit.engines.cluster.connection import Connection
    from searchkit.engines.cluster.engine import ClusterEngine
    from searchkit.engines.cluster.lock import ClusterLock, locked
    from searchkit.engines.cluster.mapping import IndexSettings
    from searchkit.engines.cluster.state import Told
    from searchkit.engines.cluster.writer import ClusterWriter, Known
else:
    load_when_used(
        __name__,
        {
            "address": ("ClusterAddress", "parse_address"),
            "catalogue": ("Catalogue", "ClusterHold", "ClusterStanding"),
            "connection": ("Connection",),
            "engine": ("ClusterEngine",),
            "lock": ("ClusterLock", "locked"),
            "mapping": ("IndexSettings",),
            "state": ("Told",),
            "writer": ("ClusterWriter", "Known"),
        },
    )

__all__ = [
    "Catalogue",
    "ClusterAddress",
    "ClusterEngine",
    "ClusterHold",
    "ClusterLock",
    "ClusterStanding",
    "ClusterWriter",
    "Connection",
    "IndexSettings",
    "Known",
    "Told",
    "locked",
    "parse_address",
]
