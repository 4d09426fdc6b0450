"""Whole answers to take along: streamed in pieces, so that a million hits need no more memory than a hundred.

All pieces come from one searcher and one generation; the number of rows is the total of the search.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from fastapi.responses import Response, StreamingResponse

from searchkit.models import Hit, Results
from searchkit.presenting import hits_csv, hits_jsonl, results_json
from searchkit.presenting.json import hit_json
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.web.answering import encoded
from searchkit.web.asking import Question, Sort, speech_path
from searchkit.web.service import Service

__all__ = ["FORMS", "TYPES", "export"]

FORMS = ("csv", "jsonl", "json", "atom")
_PIECE = 200
"""Hits fetched at a time."""
_FEED = 50
"""Entries of a feed: readers ask again, and want what is new."""
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "atom": "application/atom+xml",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """How a whole answer is written, piece by piece."""

    rows: Callable[[Results], str]
    head: Callable[[Results], str] = lambda _first: ""
    between: str = ""
    tail: Callable[[Results], str] = lambda _first: ""


async def export(service: Service, asked: Callable[[tuple[str, ...]], Question], form: str, base: str) -> Response:
    """Every hit of what is `asked` of an index with such fields of its own, as `form`; a feed has the newest fifty.

    `base` is the address of the server.  The first piece is fetched at once, so that a mistake is still a clear status.
    """

    def begin(speeches: Searcher) -> tuple[Searcher, Question, Results, str]:
        question = asked(speeches.own_fields)
        if form == "atom":
            newest = _piece(speeches, question, 0, _FEED, "newest")
            return speeches, question, newest, _feed(newest, question, base)
        first = _piece(speeches, question, 0, _PIECE, question.sort)
        return speeches, question, first, _WRITTEN[form].rows(first)

    searcher, question, first, rows = await service.ask(begin)
    if form == "atom":
        return Response(rows, media_type=TYPES[form])
    pieces = _pieces(service, searcher, question, first, _WRITTEN[form], rows)
    headers = {"Content-Disposition": f'attachment; filename="speeches.{form}"'}
    return StreamingResponse(pieces, headers=headers, media_type=TYPES[form])


def _piece(searcher: Searcher, question: Question, offset: int, limit: int, sort: Sort) -> Results:
    return searcher.search(
        question.query or nodes.Every(), where=question.where, limit=limit, offset=offset, sort=sort, snippets=1
    )


async def _pieces(
    service: Service, searcher: Searcher, question: Question, first: Results, form: _Form, rows: str
) -> AsyncIterator[str]:
    """The whole answer; each piece waits for a turn like any question, but for as long as it takes."""
    yield form.head(first) + rows
    for offset in range(_PIECE, first.total, _PIECE):

        def follow(speeches: Searcher, offset: int = offset) -> str:
            return form.between + form.rows(_piece(speeches, question, offset, _PIECE, question.sort))

        yield await service.ask(follow, searcher, patience=None)
    yield form.tail(first)


def _csv_rows(piece: Results) -> str:
    return hits_csv(piece, guarded=True).partition("\r\n")[2]


def _csv_head(first: Results) -> str:
    return hits_csv(first).partition("\r\n")[0] + "\r\n"


def _lines(piece: Results) -> str:
    return "".join(f"{line}\n" for line in hits_jsonl(piece))


def _objects(piece: Results) -> str:
    return ",".join(encoded(hit_json(hit)).decode() for hit in piece)


def _around_hits(first: Results) -> tuple[str, str]:
    """The answer as one object, before and behind its hits."""
    head, hits, tail = encoded({**results_json(first), "hits": []}).decode().partition('"hits":[')
    return head + hits, tail


_WRITTEN = {
    "csv": _Form(_csv_rows, _csv_head),
    "jsonl": _Form(_lines),
    "json": _Form(_objects, lambda first: _around_hits(first)[0], ",", lambda first: _around_hits(first)[1]),
}


def _feed(results: Results, question: Question, base: str) -> str:
    home = base.rstrip("/")
    updated = _published(results.generation)
    title = f"searchkit: {question.query or 'all speeches'}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_xml(title)}</title><id>{_xml(home + question.link())}</id><updated>{updated}</updated>",
        f'<link rel="self" href={quoteattr(home + question.link("/export.atom"))}/>',
        *(_entry(hit, home, updated) for hit in results),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _published(generation: str | None) -> str:
    """When was the generation made?  A feed that says so is the same until there is a newer one."""
    stamp = datetime.strptime((generation or "").partition("-")[0] or "19700101T000000Z", "%Y%m%dT%H%M%SZ")
    return stamp.strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(hit: Hit, home: str, updated: str) -> str:
    speech = hit.speech
    address = home + speech_path(speech.id)
    text = hit.snippets[0].text if hit.snippets else ""
    day = f"{speech.date}-01-01"[:10] + "T00:00:00Z" if speech.date else updated
    return (
        f"<entry><title>{_xml(speech.title or speech.id)}</title><id>{_xml(address)}</id>"
        f"<link href={quoteattr(address)}/><updated>{day}</updated>"
        f"<author><name>{_xml(speech.speaker or 'unknown')}</name></author><summary>{_xml(text)}</summary></entry>"
    )


def _xml(text: str) -> str:
    """`text` in XML, without the characters that XML 1.0 has no place for."""
    allowed = "".join(char for char in text if char in "\t\n\r" or (char >= " " and not "\ud800" <= char <= "\udfff"))
    return escape(allowed.replace("\ufffe", "").replace("\uffff", ""))
