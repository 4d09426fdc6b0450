"""present: answers as data for programs (JSON, JSON lines, CSV), and the sentences that people read first."""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.presenting.changes import change_json, changes_json, sources_of, standing_json
    from searchkit.presenting.citing import bibtex, citation_json, citation_line
    from searchkit.presenting.csv import formula_cells, hits_csv, is_formula
    from searchkit.presenting.export import Template, chosen_fields, field_rows
    from searchkit.presenting.json import (
        JSONObject,
        count_json,
        error_json,
        facets_json,
        inspection_json,
        report_json,
        results_json,
        speech_json,
        stats_json,
        to_json,
    )
    from searchkit.presenting.jsonl import hits_jsonl, inspections_jsonl
    from searchkit.presenting.people import quotes_json, quotes_table, roll_json, roll_table
    from searchkit.presenting.printable import visible
    from searchkit.presenting.sentences import counted, forms_sentence, headline, voice_words
    from searchkit.presenting.tables import Table, delimited
    from searchkit.presenting.watching import report_text, round_json, round_markdown, round_text, watch_json
    from searchkit.presenting.words import (
        KWIC_COLUMNS,
        collocates_json,
        collocates_table,
        comparison_json,
        echoes_json,
        echoes_table,
        frequencies_json,
        frequencies_table,
        keyness_json,
        keyness_table,
        kwic_json,
        kwic_rows,
        ngrams_json,
        ngrams_table,
        similar_json,
        similar_table,
        trend_json,
        trend_table,
    )
else:
    load_when_used(
        __name__,
        {
            "changes": (
                "change_json",
                "changes_json",
                "sources_of",
                "standing_json",
            ),
            "citing": (
                "bibtex",
                "citation_json",
                "citation_line",
            ),
            "csv": (
                "formula_cells",
                "hits_csv",
                "is_formula",
            ),
            "export": (
                "Template",
                "chosen_fields",
                "field_rows",
            ),
            "json": (
                "JSONObject",
                "count_json",
                "error_json",
                "facets_json",
                "inspection_json",
                "report_json",
                "results_json",
                "speech_json",
                "stats_json",
                "to_json",
            ),
            "jsonl": (
                "hits_jsonl",
                "inspections_jsonl",
            ),
            "people": (
                "quotes_json",
                "quotes_table",
                "roll_json",
                "roll_table",
            ),
            "printable": ("visible",),
            "sentences": (
                "counted",
                "forms_sentence",
                "headline",
                "voice_words",
            ),
            "tables": (
                "Table",
                "delimited",
            ),
            "watching": (
                "report_text",
                "round_json",
                "round_markdown",
                "round_text",
                "watch_json",
            ),
            "words": (
                "KWIC_COLUMNS",
                "collocates_json",
                "collocates_table",
                "comparison_json",
                "echoes_json",
                "echoes_table",
                "frequencies_json",
                "frequencies_table",
                "keyness_json",
                "keyness_table",
                "kwic_json",
                "kwic_rows",
                "ngrams_json",
                "ngrams_table",
                "similar_json",
                "similar_table",
                "trend_json",
                "trend_table",
            ),
        },
    )

__all__ = [
    "comparison_json",
    "echoes_json",
    "echoes_table",
    "ngrams_json",
    "ngrams_table",
    "similar_json",
    "similar_table",
    "KWIC_COLUMNS",
    "JSONObject",
    "Table",
    "Template",
    "bibtex",
    "change_json",
    "changes_json",
    "chosen_fields",
    "citation_json",
    "citation_line",
    "collocates_json",
    "collocates_table",
    "count_json",
    "counted",
    "delimited",
    "error_json",
    "facets_json",
    "field_rows",
    "forms_sentence",
    "formula_cells",
    "frequencies_json",
    "frequencies_table",
    "headline",
    "hits_csv",
    "hits_jsonl",
    "inspection_json",
    "inspections_jsonl",
    "is_formula",
    "keyness_json",
    "keyness_table",
    "kwic_json",
    "kwic_rows",
    "quotes_json",
    "quotes_table",
    "report_json",
    "report_text",
    "results_json",
    "roll_json",
    "roll_table",
    "round_json",
    "round_markdown",
    "round_text",
    "sources_of",
    "speech_json",
    "standing_json",
    "stats_json",
    "to_json",
    "trend_json",
    "trend_table",
    "visible",
    "voice_words",
    "watch_json",
]
