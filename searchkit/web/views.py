"""Other views of the same question: in context, over time, and the names that occur, from A to Z."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

import searchkit
from searchkit import config
from searchkit.comparing import Change, Kind, Piece, word_diff
from searchkit.counting import Trend, TrendValue
from searchkit.models import FacetValue, Speech
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.watching import Store
from searchkit.web.asking import Question, speech_path
from searchkit.web.boxes import Choice, rates
from searchkit.web.service import Service
from searchkit.web.templating import Templates, answered

__all__ = ["views"]

_ORDERS = (("oldest", "oldest"), ("newest", "newest"), ("left", "by the left"), ("right", "by the right"))
_SPREADS = ("year", "month", "speaker", "venue", "source")
_COVERAGE = {"none": "no speech of that time", "thin": "few words of that time", "coarse": "dated by the year alone"}
_MOST_ROWS = 500
_MOST_CHANGES = 200
_KINDS: tuple[Kind, ...] = ("new", "changed", "withdrawn")
_LONG_SILENCE = 3
_MOST_NAMES = 5_000
_HEADINGS = {"speaker": "Speakers", "venue": "Venues"}
_WINDOW = 12
_LINES = 50


def views(service: Service, templates: Templates) -> APIRouter:
    """Which routes show the index behind `service` in other ways than as hits?"""
    router = APIRouter(include_in_schema=False)

    @router.get("/kwic", response_class=HTMLResponse)
    async def kwic(request: Request) -> Response:
        return await answered(service, request, lambda *asked: _kwic(templates, request, *asked))

    @router.get("/trend", response_class=HTMLResponse)
    async def trend(request: Request) -> Response:
        return await answered(service, request, lambda *asked: _trend(templates, request, *asked))

    @router.get("/speakers", response_class=HTMLResponse)
    async def speakers(request: Request) -> Response:
        return await answered(service, request, lambda *asked: _names(templates, request, "speaker", *asked))

    @router.get("/venues", response_class=HTMLResponse)
    async def venues(request: Request) -> Response:
        return await answered(service, request, lambda *asked: _names(templates, request, "venue", *asked))

    @router.get("/changes", response_class=HTMLResponse)
    async def changes(request: Request) -> Response:
        index = service.settings.index
        return await answered(service, request, lambda *asked: _changes(templates, request, index, *asked))

    @router.get("/saved", response_class=HTMLResponse)
    async def saved(request: Request) -> Response:
        store = Store(config.watches_path(service.settings.index))

        def show(speeches: Searcher, _question: Question) -> Response:
            rows = [(watch, Question(watch.query).link()) for watch in store.watches()]
            return templates.page("saved.html", request, question=Question(), rows=rows, generation=speeches.generation)

        return await answered(service, request, show)

    return router


def _kwic(templates: Templates, request: Request, speeches: Searcher, question: Question) -> Response:
    if not question.query:
        return RedirectResponse("/help", 303)
    asked = question if question.limit >= _LINES else question.changed(limit=_LINES, offset=question.offset)
    found = speeches.kwic(
        asked.query, where=asked.where, window=_WINDOW, sort=asked.order, limit=asked.limit, offset=asked.offset
    )
    return templates.page(
        "kwic.html",
        request,
        question=replace(asked, order=asked.order or "oldest"),
        found=found,
        lines=[(line, speech_path(line.id) + question.suffix()) for line in found],
        orders=_ORDERS,
        action="/kwic",
        generation=speeches.generation,
    )


def _trend(templates: Templates, request: Request, speeches: Searcher, question: Question) -> Response:
    by = question.by or "year"
    found = speeches.trend(question.query or nodes.Every(), by, where=question.where, sort="count")
    rows = _rows(question, found)
    return templates.page(
        "trend.html",
        request,
        question=question.changed(by=by),
        found=found,
        rows=rows[:_MOST_ROWS],
        folded=len(rows) > _MOST_ROWS,
        drawn=rates(found, [_narrowed(question, by, value.value) for value in found.values]),
        spreads=(*_SPREADS, *speeches.own_fields),
        coverage=_COVERAGE,
        action="/trend",
        generation=speeches.generation,
    )


def _changes(
    templates: Templates, request: Request, index: Path | str, speeches: Searcher, _question: Question
) -> Response:
    found = searchkit.changes(index, request.query_params.get("since") or None, generation=speeches.generation)
    return templates.page(
        "changes.html",
        request,
        question=Question(),
        found=found,
        kinds=[(kind, [_changed(change) for change in found.of_kind(kind)]) for kind in _KINDS],
        most=_MOST_CHANGES,
        generation=found.generation,
    )


def _changed(change: Change) -> tuple[Speech, str | None, tuple[Piece, ...]]:
    """A speech that is not as it was: where it stands now, and the words that differ."""
    former, present = change.former, change.present
    pieces = () if former is None or present is None else word_diff(former.text, present.text)
    return change.speech, speech_path(change.id) if present else None, pieces


class _Row(NamedTuple):
    """One line of a trend; with `until`, a stretch of periods of which there is no speech."""

    value: TrendValue
    link: str | None
    width: float
    until: str | None = None


def _rows(question: Question, found: Trend) -> list[_Row]:
    """The values of a trend, a long silence on one line."""
    highest = max((value.per_million for value in found.values), default=0.0) or 1.0
    rows: list[_Row] = []
    for silent, run in groupby(found.values, key=lambda value: value.coverage == "none"):
        values = list(run)
        if silent and len(values) > _LONG_SILENCE:
            rows.append(_Row(values[0], None, 0, values[-1].value))
        else:
            rows += [
                _Row(value, _narrowed(question, found.by, value.value), round(value.per_million / highest * 100, 2))
                for value in values
            ]
    return rows


def _narrowed(question: Question, by: str, value: str | None) -> str | None:
    """Where are the hits behind one row of a trend?"""
    if value is None:
        return None
    if by == "month":
        return question.changed(since=value, until=value).link()
    return question.changed(selected={**question.selected, by: (value,)}).link()


def _names(templates: Templates, request: Request, field: str, speeches: Searcher, question: Question) -> Response:
    asked = question.query or nodes.Every()
    results = speeches.facets(asked, [field], where=question.where, limit=_MOST_NAMES)
    facet = results.facets[field]
    values = sorted(
        (value for value in facet.values if value.value),
        key=lambda value: (_letter(value.label), _plain(value.label)),
    )
    groups = [
        (letter, [_choice(question, field, value) for value in each])
        for letter, each in groupby(values, key=lambda value: _letter(value.label))
    ]
    return templates.page(
        "names.html",
        request,
        question=question,
        heading=_HEADINGS[field],
        noun=field,
        groups=groups,
        labels=_labels(speeches) if field == "speaker" else {},
        total=len(values),
        truncated=facet.truncated,
        understood=results.understood,
        action=request.url.path,
        generation=speeches.generation,
    )


def _labels(speeches: Searcher) -> dict[str, list[str]]:
    """Under which other names do the pages have each speaker?"""
    labels: dict[str, list[str]] = {}
    for entry in speeches.speakers():
        if entry.speaker and entry.speeches and _plain(entry.label) != _plain(entry.speaker):
            labels.setdefault(entry.speaker, []).append(entry.label)
    return labels


def _choice(question: Question, field: str, value: FacetValue) -> Choice:
    chosen = question.changed(selected={**question.selected, field: (str(value.value),)})
    return Choice(value.label, value.count, value.selected, chosen.link(), field, value.value)


def _plain(label: str) -> str:
    """The label without case and accents, as lists of names are sorted."""
    letters = unicodedata.normalize("NFKD", label.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char))


def _letter(label: str) -> str:
    """Under which letter does the label stand?  Names are given first name first; what is no letter stands under #."""
    first = _plain(label)[:1].upper()
    return first if first.isalpha() else "#"
