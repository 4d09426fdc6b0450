"""build: SOURCEs -> a published generation.  What became of each page?"""

from searchkit.indexing.building import build
from searchkit.indexing.inspecting import inspect, speeches_of
from searchkit.indexing.options import BuildOptions, Progress, ProgressListener
from searchkit.indexing.report import BuildReport, PageCounts

__all__ = [
    "BuildOptions",
    "BuildReport",
    "PageCounts",
    "Progress",
    "ProgressListener",
    "build",
    "inspect",
    "speeches_of",
]
