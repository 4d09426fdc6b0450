"""build: SOURCEs -> a published generation.  What became of each page?"""

from searchkit.indexing.building import build
from searchkit.indexing.checking import check_deeply
from searchkit.indexing.copying import CopyReport, copy_index
from searchkit.indexing.inspecting import inspect, speeches_of
from searchkit.indexing.options import BuildOptions, Progress, ProgressListener
from searchkit.indexing.report import BuildReport, PageCounts
from searchkit.indexing.sites import Sites

__all__ = [
    "BuildOptions",
    "BuildReport",
    "CopyReport",
    "PageCounts",
    "Sites",
    "Progress",
    "ProgressListener",
    "build",
    "check_deeply",
    "copy_index",
    "inspect",
    "speeches_of",
]
