"""parse: query text -> a tree of whoosh.query nodes, read back in words.  What is asked for?

The one home of Whoosh's query classes: other packages take them from `searchkit.query.nodes`.
"""

from searchkit.query import nodes
from searchkit.query.filters import date_filter, filter_query, name_filter
from searchkit.query.nodes import Query
from searchkit.query.occurrences import holds, occurrences, phrase_occurrences
from searchkit.query.parsed import GROUPS, SORTS, Clause, Parsed
from searchkit.query.parser import parse
from searchkit.query.profile import Profile
from searchkit.query.readback import condition, describe
from searchkit.query.similar import edits, one_edit_apart
from searchkit.query.streams import CASED, TEXT_STREAMS, Streams, TokenStream
from searchkit.query.stretches import Stretch, named, stretches_in, words_within
from searchkit.query.trees import (
    MAX_EXPANSION,
    conjuncts,
    forms_of,
    positive_words,
    tier_phrases,
    too_many_words,
    unknown_node,
)

__all__ = [
    "CASED",
    "GROUPS",
    "MAX_EXPANSION",
    "SORTS",
    "TEXT_STREAMS",
    "Clause",
    "Parsed",
    "Profile",
    "Query",
    "Streams",
    "Stretch",
    "TokenStream",
    "condition",
    "conjuncts",
    "date_filter",
    "describe",
    "edits",
    "filter_query",
    "forms_of",
    "holds",
    "name_filter",
    "named",
    "nodes",
    "occurrences",
    "one_edit_apart",
    "parse",
    "phrase_occurrences",
    "positive_words",
    "stretches_in",
    "tier_phrases",
    "too_many_words",
    "unknown_node",
    "words_within",
]
