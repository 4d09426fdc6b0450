"""count: a question -> its words in use.  In which surroundings, how often, since when, in whose company?

Every view counts over the same arrays of one engine (engines/arrays.py), so that their sums agree.
"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.counting.collocates import Collocate, CollocateOptions, Collocates, collocates
    from searchkit.counting.comparison import Comparison, Usage, usage
    from searchkit.counting.concordance import Concordance, KwicLine, kwic
    from searchkit.counting.echoes import Echo, Echoes, echoes
    from searchkit.counting.frequencies import FormFrequency, Frequencies, frequencies
    from searchkit.counting.keyness import Group, Keyness, KeynessOptions, Keyword, keyness
    from searchkit.counting.ngrams import Ngram, Ngrams, ngrams
    from searchkit.counting.question import Question
    from searchkit.counting.similar import SimilarSpeech, similar
    from searchkit.counting.trend import Trend, TrendValue, trend
else:
    load_when_used(
        __name__,
        {
            "collocates": ("Collocate", "CollocateOptions", "Collocates", "collocates"),
            "comparison": ("Comparison", "Usage", "usage"),
            "concordance": ("Concordance", "KwicLine", "kwic"),
            "echoes": ("Echo", "Echoes", "echoes"),
            "frequencies": ("FormFrequency", "Frequencies", "frequencies"),
            "keyness": ("Group", "Keyness", "KeynessOptions", "Keyword", "keyness"),
            "ngrams": ("Ngram", "Ngrams", "ngrams"),
            "question": ("Question",),
            "similar": ("SimilarSpeech", "similar"),
            "trend": ("Trend", "TrendValue", "trend"),
        },
    )

__all__ = [
    "Collocate",
    "CollocateOptions",
    "Collocates",
    "Comparison",
    "Concordance",
    "Echo",
    "Echoes",
    "FormFrequency",
    "Frequencies",
    "Group",
    "Keyness",
    "KeynessOptions",
    "Keyword",
    "KwicLine",
    "Ngram",
    "Ngrams",
    "Question",
    "SimilarSpeech",
    "Trend",
    "TrendValue",
    "Usage",
    "collocates",
    "echoes",
    "frequencies",
    "keyness",
    "kwic",
    "ngrams",
    "similar",
    "trend",
    "usage",
]
