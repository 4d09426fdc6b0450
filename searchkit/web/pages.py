"""The pages that people look at.  Each is one address; without a script all of it works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from searchkit.models import Citation, Hit, Results, Speech
from searchkit.presenting import citation_line, headline
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.web.api import spoken
from searchkit.web.asking import FACETS, Question, Sort, speech_path
from searchkit.web.boxes import boxes, timeline
from searchkit.web.examples import called
from searchkit.web.exports import FORMS, export
from searchkit.web.problems import NotFound, Problem, problem_of
from searchkit.web.safety import COOKIE, is_right
from searchkit.web.service import Service
from searchkit.web.templating import Templates, answered
from searchkit.web.typesetting import Stretch, paragraphs, snippet_stretches

__all__ = ["error_page", "pages"]

_WEEK = 7 * 24 * 3600
_LONGEST_FORM = 4096
_MOST_COPIES = 100
"""Of a speech, listed on its page."""


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """The turn before or after."""

    speaker: str
    path: str


def pages(service: Service, templates: Templates) -> APIRouter:
    """Which routes show the index behind `service`?"""
    router = APIRouter(include_in_schema=False)

    @router.get("/", response_class=HTMLResponse)
    async def search(request: Request) -> Response:
        def show(speeches: Searcher, question: Question) -> Response:
            results = find(speeches, question)
            return templates.page(
                "search.html",
                request,
                question=question,
                results=results,
                told=headline(results),
                hits=_entries(speeches, results, question),
                sort=shown_sort(question),
                boxes=boxes(question, results.facets),
                timeline=timeline(question, results.facets.get("year")),
                cleared=Question(question.query).link(),
                generation=results.generation,
                autofocus=not question.query,
            )

        return await answered(service, request, show)

    @router.get("/speech/{id:path}", response_class=HTMLResponse)
    async def speech(request: Request, id: str) -> Response:
        def show(speeches: Searcher, question: Question) -> Response:
            return templates.page("speech.html", request, question=question, **look_at(speeches, id, question))

        return await answered(service, request, show)

    @router.get("/login", response_class=HTMLResponse)
    async def login(request: Request) -> Response:
        return templates.page("login.html", request, question=Question(), wrong=False)

    @router.post("/login", response_class=HTMLResponse)
    async def enter(request: Request) -> Response:
        given = parse_qs((await request.body())[:_LONGEST_FORM].decode("utf-8", "replace")).get("token", [""])[0]
        token = service.settings.token
        if token is None or not is_right(given, token):
            return templates.page("login.html", request, question=Question(), wrong=True, status=403)
        response = RedirectResponse(_own_path(request.query_params.get("next")), 303)
        response.set_cookie(
            COOKIE, token, max_age=_WEEK, httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
        return response

    @router.get("/help", response_class=HTMLResponse)
    async def help_page(request: Request) -> Response:
        examples = [((text, Question(text).link()), meaning) for text, meaning in _EXAMPLES]
        return templates.page("help.html", request, question=Question(), examples=examples)

    @router.get("/api/docs", response_class=HTMLResponse)
    async def described(request: Request) -> Response:
        calls = called(request.app.openapi()["paths"])
        return templates.page("api.html", request, question=Question(), calls=calls, base=str(request.base_url))

    @router.get("/export.{form}")
    async def exported(request: Request, form: str) -> Response:
        if form not in FORMS:
            raise NotFound(f"there is no export {form[:20]!r}; there are {', '.join(FORMS)}")
        asked = partial(Question.of, request.query_params.multi_items())
        return await export(service, asked, form, str(request.base_url))

    return router


@dataclass(frozen=True, slots=True)
class _Piece:
    """One snippet of a hit."""

    voice: str
    stretches: list[Stretch]
    opens: bool
    """Does it begin where the speech begins?"""
    closes: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """One hit, with its copies that stand on the same page of the answer."""

    speech: Speech
    path: str
    pieces: list[_Piece]
    copies: list[tuple[Speech, str]]
    elsewhere: int
    """Copies that are not among them."""


def _entries(speeches: Searcher, results: Results, question: Question) -> list[_Entry]:
    """The hits to be shown, a text and its copies as one."""
    entries: dict[str, _Entry] = {}
    for hit in results.hits:
        group = speeches.copies(hit.speech.id)[0] if hit.copies else hit.speech.id
        path = speech_path(hit.speech.id) + question.suffix()
        if (first := entries.get(group)) is None:
            entries[group] = _Entry(hit.speech, path, _pieces(hit), [], hit.copies)
        else:
            entries[group] = replace(first, copies=[*first.copies, (hit.speech, path)], elsewhere=first.elsewhere - 1)
    return list(entries.values())


def _pieces(hit: Hit) -> list[_Piece]:
    end = len(hit.speech.text)
    return [_Piece(piece.voice, snippet_stretches(piece), piece.start == 0, piece.end == end) for piece in hit.snippets]


def find(speeches: Searcher, question: Question) -> Results:
    """What does the page of results show for `question`?  Without a query: every speech, the newest first."""
    return speeches.search(
        question.query or nodes.Every(),
        where=question.where,
        facets=(*FACETS, *speeches.own_fields),
        limit=question.limit,
        offset=question.offset,
        sort=shown_sort(question),
    )


def shown_sort(question: Question) -> Sort:
    """In which order does the page show the hits?  Without a query nothing is more relevant than something else."""
    return "newest" if not question.query and question.sort == "relevance" else question.sort


def look_at(speeches: Searcher, id: str, question: Question) -> dict[str, Any]:
    """What does the page of one speech show?  Raises NotFound, with ids that may have been meant."""
    speech = spoken(speeches, id, speeches.speech(id))
    before, after = _neighbours(speech, speeches.turns(speech.page))
    marks = speeches.marks(question.query, speech) if question.query else ()
    return {
        "speech": speech,
        "path": speech_path(id),
        "paragraphs": paragraphs(speech, marks),
        "citation": citation_line(Citation.whole(speech)),
        "before": before,
        "after": after,
        "copies": [(found, speech_path(found.id)) for found in _copies(speeches, id)],
        "safe_url": speech.url if speech.url and speech.url.startswith(("http://", "https://")) else None,
        "removed": speeches.removed(speech.page),
        "generation": speeches.generation,
    }


def _copies(speeches: Searcher, id: str) -> list[Speech]:
    """The other speeches that are the same text."""
    others = (speeches.speech(other) for other in speeches.copies(id)[:_MOST_COPIES] if other != id)
    return [other for other in others if other is not None]


def error_page(templates: Templates, request: Request, error: Any) -> Response:
    """What does a person see when something goes wrong?"""
    problem = problem_of(error)
    question = Question(request.query_params.get("q", "")[:10_000])
    return templates.page(
        "message.html",
        request,
        question=question,
        heading=_HEADINGS.get(problem.code, problem.status.phrase),
        problem=problem,
        pointed=_pointed(problem),
        suggestions=[(text, Question(text).link()) for text in _corrected(problem)],
        status=int(problem.status),
        headers=problem.headers,
    )


_EXAMPLES = (
    ("shusha declaration", "both words, in any inflection; the exact phrase comes first, and both are counted"),
    ('"shusha declaration"', "the phrase, literally, within one sentence"),
    ("shusha OR baku", "either word"),
    ("shusha -declaration", "the first without the second"),
    ("peace NEAR/5 treaty", "both, at most five words apart, in either order"),
    ("declar*", "words that begin like this"),
    ("speaker:aliyev", "words of a speaker's name; also venue: quoting: title: event:"),
    ("date:2024-06", "a period; also 2008..2010, from:2008-07, to:2010"),
)

_HEADINGS = {
    "query": "This query cannot be understood",
    "not-found": "There is nothing here",
    "timeout": "This takes too long",
    "busy": "Too many questions at once",
}


def _pointed(problem: Problem) -> tuple[str, str, str] | None:
    query, start, end = (problem.pointed.get(name) for name in ("query", "start", "end"))
    if not (isinstance(query, str) and query and isinstance(start, int) and isinstance(end, int)):
        return None
    return query[:start][-200:], query[start:end][:200], query[end:][:200]


def _corrected(problem: Problem) -> list[str]:
    query, start, end, suggestions = (problem.pointed.get(name) for name in ("query", "start", "end", "suggestions"))
    if not (
        isinstance(query, str) and isinstance(start, int) and isinstance(end, int) and isinstance(suggestions, list)
    ):
        return []
    return [query[:start] + text + query[end:] for text in suggestions]


def _neighbours(speech: Speech, turns: list[Speech]) -> tuple[_Neighbour | None, _Neighbour | None]:
    place = next((at for at, turn in enumerate(turns) if turn.id == speech.id), None)
    if place is None:
        return None, None
    around = (turns[place - 1] if place else None, turns[place + 1] if place + 1 < len(turns) else None)
    before, after = (
        _Neighbour(turn.speaker or "nobody named", speech_path(turn.id)) if turn else None for turn in around
    )
    return before, after


def _own_path(path: str | None) -> str:
    """Where to go after the log-in: a path of ours, never another site."""
    return path if path and path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
