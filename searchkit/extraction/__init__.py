"""extraction: which speeches does a page hold, by whom, where, when, at what, and whom do they quote?

A CleanPage goes in; speeches come out.
"""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.extraction.extractor import ExtractOptions, extract
    from searchkit.extraction.language import languages_of
    from searchkit.extraction.record_speech import speech_of_record
else:
    load_when_used(
        __name__,
        {
            "extractor": ("ExtractOptions", "extract"),
            "language": ("languages_of",),
            "record_speech": ("speech_of_record",),
        },
    )

__all__ = ["ExtractOptions", "extract", "languages_of", "speech_of_record"]
