"""build: SOURCEs -> a published generation.  What became of each page?"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.indexing.building import build
    from searchkit.indexing.checking import check_deeply
    from searchkit.indexing.cluster_building import build_on_cluster
    from searchkit.indexing.copying import CopyReport, copy_index
    from searchkit.indexing.inspecting import inspect, speeches_of
    from searchkit.indexing.options import BuildOptions, Progress, ProgressListener
    from searchkit.indexing.report import BuildReport, PageCounts
    from searchkit.indexing.sites import Sites
    from searchkit.indexing.states import States, states_at
else:
    load_when_used(
        __name__,
        {
            "building": ("build",),
            "checking": ("check_deeply",),
            "cluster_building": ("build_on_cluster",),
            "copying": ("CopyReport", "copy_index"),
            "inspecting": ("inspect", "speeches_of"),
            "options": ("BuildOptions", "Progress", "ProgressListener"),
            "report": ("BuildReport", "PageCounts"),
            "sites": ("Sites",),
            "states": ("States", "states_at"),
        },
    )

__all__ = [
    "BuildOptions",
    "BuildReport",
    "CopyReport",
    "PageCounts",
    "Progress",
    "ProgressListener",
    "Sites",
    "States",
    "build",
    "build_on_cluster",
    "check_deeply",
    "copy_index",
    "inspect",
    "speeches_of",
    "states_at",
]
