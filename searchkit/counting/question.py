"""What is counted: a request to an engine, and the speeches that the counts are set against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from searchkit.analysis import is_function_word
from searchkit.engines.base import Engine, Request
from searchkit.query import Query, describe, nodes

__all__ = ["Question", "is_stop_word"]

_OF_THE_TEXT = ("text", "stems")


@dataclass(frozen=True)
class Question:
    """One query with its filters, asked of one engine."""

    engine: Engine
    request: Request
    query: str
    """As it was typed."""
    understood: str
    """The query and the filters in words."""
    sort: str | None = None
    """The order that the query asks for, if any: relevance, newest, oldest."""

    @cached_property
    def scope(self) -> Request:
        """Which speeches are the counts set against?  All that could hold the words asked for.

        The same question without what it asks of the text: for `speaker:aliyev ceasefire` all speeches by Aliyev.
        """
        return replace(self.request, query=_without_words(self.request.query))

    @cached_property
    def is_of_all(self) -> bool:
        """Is every speech of the index in the scope?"""
        return not self.request.filters and self.scope.query == nodes.Every()

    @cached_property
    def asks_for_words(self) -> bool:
        """Does the query ask for any word of the text that could be counted?"""
        return _has_words(self.request.query)

    def scope_in_words(self) -> str:
        """Which speeches are the counts set against, in words?"""
        if self.is_of_all:
            return "all speeches"
        asked = [query for query in (self.scope.query, *self.request.filters.values()) if query != nodes.Every()]
        return describe(asked[0] if len(asked) == 1 else nodes.And(asked))


def _without_words(query: Any) -> Query:
    """What does `query` ask for beside words of the text?"""
    if not _about_words(query):
        return query
    if not isinstance(query, nodes.And):
        return nodes.Every()
    kept = [child for child in query.children() if not _about_words(child) and child != nodes.Every()]
    if not kept:
        return nodes.Every()
    return kept[0] if len(kept) == 1 and not isinstance(kept[0], nodes.StockNot) else nodes.And(kept)


def _about_words(query: Any) -> bool:
    """Does any part of `query`, wanted or excluded, look at the words of the text?"""
    if isinstance(query, nodes.StockNot):
        return _about_words(query.query)
    return getattr(query, "fieldname", None) in _OF_THE_TEXT or any(map(_about_words, query.children()))


def _has_words(query: Any) -> bool:
    if isinstance(query, nodes.StockNot):
        return False
    return getattr(query, "fieldname", None) in _OF_THE_TEXT or any(map(_has_words, query.children()))


def is_stop_word(engine: Engine, form: str) -> bool:
    """Is `form` a little word of one of the index's languages, telling nothing by itself?"""
    return any(is_function_word(form, language) for language in engine.profile.languages or ("",))
