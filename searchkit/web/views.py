"""Other views of the same question: in context, over time, and the names that occur, from A to Z."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

import searchkit
from searchkit import config
from searchkit.comparing import Change, Kind, Piece, word_diff
from searchkit.counting import Trend, TrendValue
from searchkit.models import FacetValue, Speech
from searchkit.presenting import counted
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.watching import Store
from searchkit.web.asking import Question, speech_path
from searchkit.web.boxes import Choice
from searchkit.web.service import Service
from searchkit.web.templating import Templates

__all__ = ["views"]

_ORDERS = (("oldest", "oldest"), ("newest", "newest"), ("left", "by the left"), ("right", "by the right"))
_SPREADS = ("year", "month", "speaker", "venue", "source")
_COVERAGE = {"none": "no speech of that time", "thin": "few words of that time", "coarse": "dated by the year alone"}
_MOST_ROWS = 500
_MOST_CHANGES = 200
_KINDS: tuple[Kind, ...] = ("new", "changed", "withdrawn")
_LONG_SILENCE = 3
_MOST_NAMES = 5_000
_WINDOW = 12
_LINES = 50


def views(service: Service, templates: Templates) -> APIRouter:
    """Which routes show the index behind `service` in other ways than as hits?"""
    router = APIRouter(include_in_schema=False)

    @router.get("/kwic", response_class=HTMLResponse)
    def kwic(request: Request) -> Response:
        question = Question.of(request.query_params.multi_items())
        if not question.query:
            return RedirectResponse("/help", 303)
        found = service.ask(
            lambda speeches: speeches.kwic(
                question.query,
                where=question.where,
                window=_WINDOW,
                sort=question.order,
                limit=max(question.limit, _LINES),
                offset=question.offset,
            )
        )
        asked = question if question.limit >= _LINES else question.changed(limit=_LINES, offset=question.offset)
        lines = [(line, speech_path(line.id) + question.suffix()) for line in found]
        return templates.page(
            "kwic.html",
            request,
            question=asked,
            found=found,
            lines=lines,
            orders=_ORDERS,
            counted=counted,
            action="/kwic",
        )

    @router.get("/trend", response_class=HTMLResponse)
    def trend(request: Request) -> Response:
        question = Question.of(request.query_params.multi_items())
        by = question.by or "year"
        found = service.ask(
            lambda speeches: speeches.trend(question.query or nodes.Every(), by, where=question.where, sort="count")
        )
        rows = _rows(question, found)
        return templates.page(
            "trend.html",
            request,
            question=question.changed(by=by),
            found=found,
            rows=rows[:_MOST_ROWS],
            folded=len(rows) > _MOST_ROWS,
            spreads=_SPREADS,
            coverage=_COVERAGE,
            counted=counted,
            action="/trend",
        )

    @router.get("/speakers", response_class=HTMLResponse)
    def speakers(request: Request) -> Response:
        return _names(service, templates, request, "speaker", "Speakers")

    @router.get("/venues", response_class=HTMLResponse)
    def venues(request: Request) -> Response:
        return _names(service, templates, request, "venue", "Venues")

    @router.get("/changes", response_class=HTMLResponse)
    def changes(request: Request) -> Response:
        index = service.settings.index
        since = request.query_params.get("since") or None
        found = service.ask(lambda _: searchkit.changes(index, since))
        return templates.page(
            "changes.html",
            request,
            question=Question(),
            found=found,
            kinds=[(kind, [_changed(change) for change in found.of_kind(kind)]) for kind in _KINDS],
            counted=counted,
            most=_MOST_CHANGES,
        )

    @router.get("/saved", response_class=HTMLResponse)
    def saved(request: Request) -> Response:
        watches = Store(config.watches_path(service.settings.index)).watches()
        rows = [(watch, Question(watch.query).link()) for watch in watches]
        return templates.page("saved.html", request, question=Question(), rows=rows, counted=counted)

    return router


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


def _names(service: Service, templates: Templates, request: Request, field: str, heading: str) -> Response:
    question = Question.of(request.query_params.multi_items())

    def ask(speeches: Searcher) -> tuple[str, list[FacetValue], bool]:
        found = speeches.facets(question.query or nodes.Every(), [field], where=question.where, limit=_MOST_NAMES)
        facet = found.facets[field]
        return found.understood, [value for value in facet.values if value.value], facet.truncated

    understood, values, truncated = service.ask(ask)
    values.sort(key=lambda value: (_letter(value.label), _plain(value.label)))
    groups = [
        (letter, [_choice(question, field, value) for value in each])
        for letter, each in groupby(values, key=lambda value: _letter(value.label))
    ]
    return templates.page(
        "names.html",
        request,
        question=question,
        heading=heading,
        noun=field,
        groups=groups,
        total=len(values),
        truncated=truncated,
        understood=understood,
        counted=counted,
    )


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
