"""count: a question -> its words in use.  In which surroundings, how often, since when, in whose company?

Every view counts over the same arrays of one engine (engines/arrays.py), so that their sums agree.
"""

from searchkit.counting.collocates import Collocate, CollocateOptions, Collocates, collocates
from searchkit.counting.concordance import Concordance, KwicLine, kwic
from searchkit.counting.frequencies import FormFrequency, Frequencies, frequencies
from searchkit.counting.keyness import Group, Keyness, KeynessOptions, Keyword, keyness
from searchkit.counting.question import Question
from searchkit.counting.trend import Trend, TrendValue, trend

__all__ = [
    "Collocate",
    "CollocateOptions",
    "Collocates",
    "Concordance",
    "FormFrequency",
    "Frequencies",
    "Group",
    "Keyness",
    "KeynessOptions",
    "Keyword",
    "KwicLine",
    "Question",
    "Trend",
    "TrendValue",
    "collocates",
    "frequencies",
    "keyness",
    "kwic",
    "trend",
]
