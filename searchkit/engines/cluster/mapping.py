"""How does the cluster hold a speech?  Index settings and mapping, derived from schema.py.

There is no field type for tokens that are analysed already.  Our tokens are sent joined by spaces and a whitespace
tokenizer takes them apart again; a sign that is no token stands for each position that the analysis skips, and a stop
filter removes it: what remains has the positions of `analysis.analyze`, so that phrases end where sentences do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from searchkit.query import CASED
from searchkit.schema import DATE_FACETS, Field, FieldKind, exact_name

__all__ = ["LONGEST_TOKEN", "SKIPPED", "IndexSettings", "index_body", "joined", "kept", "token_fields", "value_fields"]

SKIPPED = "\u2400"
"""Stands for a position without a word.  A symbol: no word has one."""

LONGEST_TOKEN = 8_000
"""Letters of a token.  Lucene refuses terms beyond 32,766 bytes; a letter is at most four."""

_TOKENIZED = LONGEST_TOKEN + 200

_TOKENS: dict[str, Any] = {"type": "text", "analyzer": "tokens", "search_analyzer": "tokens"}
_VALUE: dict[str, Any] = {"type": "keyword"}
_PLACED = ("text", "stems", CASED)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How is an index spread over the nodes of its cluster?"""

    shards: int = 3
    replicas: int = 1
    """Copies of each shard on other nodes: with one, any node may be lost."""


def joined(terms: Sequence[str], positions: Sequence[int]) -> str:
    """As which text are `terms` sent, so that the cluster holds them at `positions` (rising, from 0)?"""
    parts: list[str] = []
    behind = 0
    for term, position in zip(terms, positions, strict=True):
        if position > behind:
            parts += [SKIPPED] * (position - behind)
        parts.append(kept(term))
        behind = position + 1
    return " ".join(parts)


def kept(term: str) -> str:
    """As which term does the cluster hold `term`?  Itself; of an endless one the beginning and a digest of all."""
    if len(term) <= LONGEST_TOKEN:
        return term
    digest = hashlib.sha256(term.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{term[: LONGEST_TOKEN - len(digest)]}{digest}"


def token_fields(fields: Sequence[Field]) -> tuple[str, ...]:
    """Which fields hold tokens with positions?"""
    words = [
        field.name for field in fields if field.kind in (FieldKind.WORDS, FieldKind.NAMES) and field.name != "text"
    ]
    return (*_PLACED, *words)


def value_fields(fields: Sequence[Field]) -> tuple[str, ...]:
    """Which fields hold whole values?"""
    whole = [field.name for field in fields if field.kind not in (FieldKind.WORDS, FieldKind.NAMES)]
    return (*whole, *(exact_name(field.name) for field in fields if field.facet), *DATE_FACETS)


def index_body(fields: Sequence[Field], settings: IndexSettings) -> dict[str, Any]:
    """With which settings and mapping is an index for speeches with `fields` created?"""
    held: dict[str, Any] = dict.fromkeys(token_fields(fields), _TOKENS)
    held |= dict.fromkeys(value_fields(fields), _VALUE)
    held |= {"date_first": {"type": "integer"}, "date_last": {"type": "integer"}}
    quotes = dict.fromkeys((*_PLACED, "quoting"), _TOKENS) | {exact_name("quoting"): _VALUE}
    numbers = ("number", "page_number", "original", "copies", "length")
    return {
        "settings": {
            "number_of_shards": settings.shards,
            "number_of_replicas": settings.replicas,
            # nobody searches an index that is being written
            "refresh_interval": "-1",
            "codec": "best_compression",
            "analysis": {
                "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": _TOKENIZED}},
                "filter": {"positions": {"type": "stop", "stopwords": [SKIPPED]}},
                "analyzer": {"tokens": {"type": "custom", "tokenizer": "spaces", "filter": ["positions"]}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            # the words stand in the stored speech once; what is sent to be searched is not kept a second time
            "_source": {"excludes": ["f", "said"]},
            "properties": {
                **{name: {"type": "integer"} for name in numbers},
                "owned": {"type": "boolean"},
                "speech": {"type": "object", "enabled": False},
                "people": {"type": "object", "enabled": False},
                "f": {"properties": held},
                "said": {"type": "nested", "properties": quotes},
            },
        },
    }
