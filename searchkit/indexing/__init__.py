"""build: SOURCEs -> a published generation.  What became of each page?"""

from searchkit.indexing.building import build
from searchkit.indexing.checking import check_deeply
from searchkit.indexing.inspecting import inspect, speeches_of
from searchkit.indexing.options import BuildOptions, Progress, ProgressListener
from searchkit.indexing.report import BuildReport, PageCounts
from searchkit.indexing.sites import Sites

__all__ = [
    "BuildOptions",
    "BuildReport",
    "PageCounts",
    "Sites",
    "Progress",
    "ProgressListener",
    "build",
    "check_deeply",
    "inspect",
    "speeches_of",
]
