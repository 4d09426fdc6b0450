"""Whole answers to take along: streamed in pieces, so that a million hits need no more memory than a hundred.

All pieces come from one searcher and one generation; the number of rows is the total of the search.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from fastapi.responses import Response, StreamingResponse

from searchkit.models import Hit, Results
from searchkit.presenting import hits_csv, results_json, to_json
from searchkit.presenting.json import hit_json
from searchkit.query import nodes
from searchkit.searching import Searcher
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


def export(service: Service, question: Question, form: str, base: str) -> Response:
    """Every hit of `question` as `form`; a feed has the newest fifty.  `base` is the address of the server.

    The first piece is fetched at once, so that a mistake in the query is still a clear status.
    """
    searcher = service.held()
    if form == "atom":
        newest = service.ask(lambda speeches: _piece(speeches, question, 0, _FEED, "newest"), searcher)
        return Response(_feed(newest, question, base), media_type=TYPES[form])
    first = service.ask(lambda speeches: _piece(speeches, question, 0, _PIECE, question.sort), searcher)
    pieces = _pieces(service, searcher, question, first)
    body = {"csv": _csv, "jsonl": _lines, "json": _object}[form](pieces, first)
    headers = {"Content-Disposition": f'attachment; filename="speeches.{form}"'}
    return StreamingResponse(body, headers=headers, media_type=TYPES[form])


def _piece(searcher: Searcher, question: Question, offset: int, limit: int, sort: Sort) -> Results:
    return searcher.search(
        question.query or nodes.Every(), where=question.where, limit=limit, offset=offset, sort=sort, snippets=1
    )


def _pieces(service: Service, searcher: Searcher, question: Question, first: Results) -> Iterator[Results]:
    piece, offset = first, 0
    while piece.hits:
        yield piece
        offset += len(piece)
        if offset >= first.total:
            return
        follow = partial(_piece, question=question, offset=offset, limit=_PIECE, sort=question.sort)
        piece = service.ask(follow, searcher)


def _csv(pieces: Iterator[Results], first: Results) -> Iterator[str]:
    header, _, _ = hits_csv(first).partition("\r\n")
    yield header + "\r\n"
    for piece in pieces:
        yield hits_csv(piece).partition("\r\n")[2]


def _lines(pieces: Iterator[Results], _first: Results) -> Iterator[str]:
    for piece in pieces:
        yield "".join(to_json(hit_json(hit), one_line=True) + "\n" for hit in piece)


def _object(pieces: Iterator[Results], first: Results) -> Iterator[str]:
    whole = {**results_json(first), "hits": []}
    head, _, tail = json.dumps(whole, ensure_ascii=True).partition('"hits": []')
    yield head + '"hits": ['
    glue = ""
    for piece in pieces:
        for hit in piece:
            yield glue + to_json(hit_json(hit), one_line=True)
            glue = ","
    yield "]" + tail


def _feed(results: Results, question: Question, base: str) -> str:
    home = base.rstrip("/")
    updated = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
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


def _entry(hit: Hit, home: str, updated: str) -> str:
    speech = hit.speech
    address = home + speech_path(speech.id)
    text = hit.snippets[0].text if hit.snippets else ""
    day = f"{speech.date}T00:00:00Z" if speech.date and len(speech.date) == 10 else updated
    return (
        f"<entry><title>{_xml(speech.title or speech.id)}</title><id>{_xml(address)}</id>"
        f"<link href={quoteattr(address)}/><updated>{day}</updated>"
        f"<author><name>{_xml(speech.speaker or 'unknown')}</name></author><summary>{_xml(text)}</summary></entry>"
    )


def _xml(text: str) -> str:
    """`text` in XML, without the characters that XML 1.0 has no place for."""
    allowed = "".join(char for char in text if char in "\t\n\r" or (char >= " " and not "\ud800" <= char <= "\udfff"))
    return escape(allowed.replace("\ufffe", "").replace("\uffff", ""))
