"""parse: query text -> a tree of whoosh.query nodes, read back in words.  What is asked for?

The one home of Whoosh's query classes: other packages take them from `searchkit.query.nodes`.
"""

from searchkit.query import nodes
from searchkit.query.filters import date_filter, filter_query, name_filter
from searchkit.query.nodes import Query
from searchkit.query.occurrences import TokenStream, occurrences, phrase_occurrences
from searchkit.query.parsed import SORTS, Clause, Parsed
from searchkit.query.parser import parse
from searchkit.query.profile import Profile
from searchkit.query.readback import condition, describe
from searchkit.query.trees import MAX_EXPANSION, forms_of, tier_phrases, too_many_words, unknown_node

__all__ = [
    "MAX_EXPANSION",
    "SORTS",
    "Clause",
    "Parsed",
    "Profile",
    "Query",
    "TokenStream",
    "condition",
    "date_filter",
    "describe",
    "filter_query",
    "forms_of",
    "name_filter",
    "nodes",
    "occurrences",
    "parse",
    "phrase_occurrences",
    "tier_phrases",
    "too_many_words",
    "unknown_node",
]
