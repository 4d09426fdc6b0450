"""analyze: text -> words with positions and offsets.  How is text compared?

One function for index and query, so that what is typed meets what was written.
"""

from searchkit.analysis.analyzer import Analysis, Compound, analyze, fold_value
from searchkit.analysis.around import analyze_around, words_around
from searchkit.analysis.casing import cased, cased_forms
from searchkit.analysis.folding import fold
from searchkit.analysis.languages import identify_language, is_function_word
from searchkit.analysis.notes import stage_notes
from searchkit.analysis.sentences import PARAGRAPH_GAP, SENTENCE_GAP
from searchkit.analysis.stemming import stem_language, stem_term
from searchkit.analysis.transliteration import foreign_names, romanised
from searchkit.analysis.voices import ARTICLE, QUOTED, REPORTER, SPEAKER, voiced
from searchkit.analysis.words import is_unspaced

__all__ = [
    "ARTICLE",
    "PARAGRAPH_GAP",
    "QUOTED",
    "REPORTER",
    "SENTENCE_GAP",
    "SPEAKER",
    "Analysis",
    "Compound",
    "analyze",
    "analyze_around",
    "cased",
    "cased_forms",
    "fold",
    "fold_value",
    "foreign_names",
    "identify_language",
    "is_function_word",
    "is_unspaced",
    "romanised",
    "stage_notes",
    "stem_language",
    "stem_term",
    "voiced",
    "words_around",
]
