"""extraction: which speeches does a page hold, by whom, where, when, at what, and whom do they quote?

A CleanPage goes in; speeches come out.
"""

from searchkit.extraction.extractor import ExtractOptions, extract, speech_of_record

__all__ = ["ExtractOptions", "extract", "speech_of_record"]
