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

__all__ = [
    "JSONObject",
    "change_json",
    "changes_json",
    "count_json",
    "counted",
    "error_json",
    "facets_json",
    "formula_cells",
    "forms_sentence",
    "headline",
    "hits_csv",
    "hits_jsonl",
    "inspection_json",
    "inspections_jsonl",
    "report_json",
    "results_json",
    "sources_of",
    "speech_json",
    "standing_json",
    "stats_json",
    "to_json",
    "visible",
    "voice_words",
]
