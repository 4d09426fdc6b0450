"""The library over HTTP, under /api/v1: the same shapes as `--json`, errors as problem+json, ETags by generation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

import searchkit
from searchkit import config, presenting
from searchkit.models import Speech
from searchkit.searching import Searcher
from searchkit.watching import Store
from searchkit.web.answering import PROBLEMS, linked, tagged
from searchkit.web.asking import LONGEST_QUERY
from searchkit.web.calling import Call
from searchkit.web.exports import FORMS, TYPES, export
from searchkit.web.parameters import FacetsParameters, SearchParameters, Selection, Some
from searchkit.web.problems import NotFound
from searchkit.web.service import Service

__all__ = ["api", "spoken"]

Found = TypeVar("Found")
_Id = Annotated[str, Path(max_length=2_000, description="As a hit gives it.")]


def api(service: Service) -> APIRouter:
    """Which routes answer programs that ask for speeches?"""
    router = APIRouter(prefix="/api/v1", responses=PROBLEMS, route_class=Call)
    _of_answers(router, service)
    _of_one_speech(router, service)
    _of_the_index(router, service)
    return router


def spoken(speeches: Searcher, id: str, found: Found | None) -> Found:
    """What was found of the speech `id`.  Raises NotFound, with ids that may have been meant, if there is none."""
    if found is None:
        near = ", ".join(speeches.similar_ids(id))
        raise NotFound(f"no speech has the id {id!r}" + (f"; near it: {near}" if near else ""))
    return found


def _of_answers(router: APIRouter, service: Service) -> None:
    @router.get("/search", summary="Which speeches answer, how many, and which words show it?")
    async def search(request: Request, asked: Annotated[SearchParameters, Query()]) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            results = speeches.search(
                asked.text(),
                where=asked.question(speeches.own_fields).where,
                facets=asked.facet,
                limit=asked.limit,
                offset=asked.offset,
                sort=asked.sort,
                snippets=asked.snippets,
                group=asked.group,
            )
            total = (results.originals or 0) if results.collapsed else results.total
            links = linked(request, offset=asked.offset, limit=asked.limit, shown=len(results), total=total)
            return {**presenting.results_json(results), "remarks": [*results.remarks], "links": links}

        return await tagged(request, service, ask)

    @router.get("/count", summary="How many speeches answer?")
    async def count(request: Request, asked: Annotated[Selection, Query()]) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            return presenting.count_json(speeches.count(asked.text(), where=asked.question(speeches.own_fields).where))

        return await tagged(request, service, ask)

    @router.get("/facets", summary="How do the matches spread over these fields?")
    async def facets(request: Request, asked: Annotated[FacetsParameters, Query()]) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            where = asked.question(speeches.own_fields).where
            found = speeches.facets(asked.text(), asked.facet, where=where, limit=asked.values, unit=asked.unit)
            return presenting.facets_json(found.facets)

        return await tagged(request, service, ask)

    @router.get(
        "/export.{form}",
        summary="Every hit of an answer, streamed",
        response_class=Response,
        responses={200: {"content": {kind.partition(";")[0]: {} for kind in TYPES.values()}}},
    )
    async def exported(
        request: Request,
        form: Literal[FORMS],  # type: ignore[valid-type]
        asked: Annotated[SearchParameters, Query()],
    ) -> Response:
        return await export(service, asked.question, form, str(request.base_url))


def _of_one_speech(router: APIRouter, service: Service) -> None:
    @router.get("/speech/{id:path}", summary="One speech, whole")
    async def speech(request: Request, id: _Id) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            return presenting.speech_json(_speech(speeches, id))

        return await tagged(request, service, ask)

    @router.get("/cite/{id:path}", summary="How is a speech cited, or words of it?")
    async def cite(
        request: Request,
        id: _Id,
        words: Annotated[
            str | None, Query(max_length=LONGEST_QUERY, description="A phrase of it; else the whole speech.")
        ] = None,
    ) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            _speech(speeches, id)
            return presenting.citation_json(speeches.cite(id, words))

        return await tagged(request, service, ask)

    @router.get("/marks/{id:path}", summary="Where in a speech stand a query's words?")
    async def marks(
        request: Request, id: _Id, q: Annotated[str, Query(max_length=LONGEST_QUERY, examples=["declaration"])]
    ) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            found = speeches.marks(q, _speech(speeches, id))
            return {"id": id, "marks": [[start, end] for start, end in found]}

        return await tagged(request, service, ask)

    @router.get("/copies/{id:path}", summary="On which other pages does this text stand?")
    async def copies(request: Request, id: _Id) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            _speech(speeches, id)
            return {"id": id, "copies": [*speeches.copies(id)]}

        return await tagged(request, service, ask)

    @router.get(
        "/page/{key:path}", summary="Which speeches did a page give, and what was cut from it?")  # fmt: skip
    async def page(request: Request, key: Annotated[str, Path(max_length=2_000)]) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            turns = speeches.turns(key)
            if not turns:
                raise NotFound(f"no page of the index has the key {key!r}")
            removed = [{"text": part.text, "rule": part.rule} for part in speeches.removed(key)]
            return {"page": key, "speeches": [_entry(turn) for turn in turns], "removed": removed}

        return await tagged(request, service, ask)


def _changes(service: Service, speeches: Searcher, since: str | None) -> Mapping[str, object]:
    return presenting.changes_json(searchkit.changes(service.settings.index, since, generation=speeches.generation))


def _of_the_index(router: APIRouter, service: Service) -> None:
    @router.get("/stats", summary="What does the index hold?")
    async def stats(request: Request) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            held = presenting.stats_json(speeches.stats())
            return {name: value for name, value in held.items() if name not in ("index", "sources")}

        return await tagged(request, service, ask)

    @router.get("/values/{field}", summary="Which exact values has a facet, from A to Z?")
    async def values(
        request: Request, field: Annotated[str, Path(max_length=60)], asked: Annotated[Some, Query()]
    ) -> Response:
        return await listed(request, asked, "values", lambda speeches: speeches.values(field), list)

    @router.get("/speakers", summary="Which labels occur, whom was each resolved to, why?")
    async def speakers(request: Request, asked: Annotated[Some, Query()]) -> Response:
        def rows(entries: Sequence[Any]) -> Any:
            return presenting.roll_json(entries, len(entries))["labels"]

        return await listed(request, asked, "labels", lambda speeches: speeches.speakers(), rows)

    @router.get("/removed", summary="Which parts were cut out of pages?")
    async def removed(
        request: Request,
        words: Annotated[str, Query(max_length=1_000, description="Words that a cut holds, all of them.")] = "",
        rule: Annotated[str | None, Query(max_length=200, description="Only what this rule cut.")] = None,
        limit: Annotated[int, Query(ge=1, le=1_000, description="Cuts at most.")] = 100,
    ) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            index, generation = service.settings.index, speeches.generation
            found = searchkit.removed(words.split(), index, rule=rule, generation=generation)
            parts = [{"page": cut.page, "rule": cut.rule, "text": cut.text} for cut in islice(found, limit)]
            return {"removed": parts, "truncated": next(found, None) is not None}

        return await tagged(request, service, ask)

    @router.get("/changes", summary="Which speeches are new, changed and withdrawn?")
    async def changes(
        request: Request,
        since: Annotated[str | None, Query(max_length=64, description="A generation or a date.")] = None,
    ) -> Response:
        return await tagged(request, service, lambda speeches: _changes(service, speeches, since))

    @router.get("/saved", summary="Which queries are saved, and when were they last run?")
    async def saved() -> Response:
        store = Store(config.watches_path(service.settings.index))
        return await service.ask(
            lambda _: _plain({"saved": [presenting.watch_json(watch) for watch in store.watches()]})
        )

    async def listed(
        request: Request,
        asked: Some,
        name: str,
        all_of: Callable[[Searcher], Sequence[Found]],
        rows: Callable[[Sequence[Found]], object],
    ) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            found = all_of(speeches)
            part = found[asked.offset : asked.offset + asked.limit]
            links = linked(request, offset=asked.offset, limit=asked.limit, shown=len(part), total=len(found))
            return {"total": len(found), name: rows(part), "links": links}

        return await tagged(request, service, ask)


def _plain(body: dict[str, object]) -> Response:
    """Saved queries change without a new generation: nothing that a tag could tell apart."""
    return Response(
        presenting.to_json(body, one_line=True), headers={"Cache-Control": "no-store"}, media_type="application/json"
    )


def _speech(speeches: Searcher, id: str) -> Speech:
    return spoken(speeches, id, speeches.speech(id))


def _entry(turn: Speech) -> dict[str, object]:
    return {
        "id": turn.id,
        "speaker": turn.speaker,
        "title": turn.title,
        "event": turn.event,
        "date": turn.date,
        "procedural": turn.procedural,
        "start": turn.start,
        "end": turn.end,
    }
