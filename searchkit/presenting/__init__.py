"""present: answers as data for programs (JSON, JSON lines, CSV), and the sentences that people read first."""

from searchkit.presenting.changes import change_json, changes_json, sources_of, standing_json
from searchkit.presenting.csv import formula_cells, hits_csv
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
from searchkit.presenting.printable import visible
from searchkit.presenting.sentences import counted, forms_sentence, headline, voice_words
from searchkit.presenting.tables import Table, delimited
from searchkit.presenting.watching import report_text, round_json, round_markdown, round_text, watch_json
from searchkit.presenting.words import (
    KWIC_COLUMNS,
    collocates_json,
    collocates_table,
    frequencies_json,
    frequencies_table,
    keyness_json,
    keyness_table,
    kwic_json,
    kwic_rows,
    trend_json,
    trend_table,
)

__all__ = [
    "KWIC_COLUMNS",
    "JSONObject",
    "change_json",
    "changes_json",
    "Table",
    "collocates_json",
    "collocates_table",
    "count_json",
    "counted",
    "delimited",
    "error_json",
    "facets_json",
    "forms_sentence",
    "formula_cells",
    "frequencies_json",
    "frequencies_table",
    "headline",
    "hits_csv",
    "hits_jsonl",
    "inspection_json",
    "inspections_jsonl",
    "keyness_json",
    "keyness_table",
    "kwic_json",
    "kwic_rows",
    "report_json",
    "report_text",
    "results_json",
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
