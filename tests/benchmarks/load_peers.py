"""The peers of the load benchmark: tantivy behind FastAPI and uvicorn, and Datasette, each as its own server."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from corpus import read_records

__all__ = ["Datasette", "Server", "Tantivy", "tantivy_app"]

_FOLDER = "SEARCHKIT_LOAD_TANTIVY"
"""The environment variable that tells workers where tantivy's index stands."""


class Server(Protocol):
    """A server that answers words."""

    name: str
    port: int

    @property
    def command(self) -> list[str]: ...

    def path(self, word: str, snippets: bool) -> str: ...

    def build(self, records: Path) -> None: ...


class Tantivy:
    """tantivy behind FastAPI and uvicorn, with as many workers as searchkit has."""

    name = "tantivy"

    def __init__(self, folder: Path, port: int, workers: int) -> None:
        self.port = port
        self._index = folder / "tantivy"
        self._workers = workers

    def build(self, records: Path) -> None:
        """Index `records`, unless that was done."""
        from systems import Tantivy as Engine

        os.environ[_FOLDER] = str(self._index)
        if not self._index.exists():
            self._index.mkdir()
            Engine.build(records, self._index)

    @property
    def command(self) -> list[str]:
        """What starts it."""
        place = ["--port", str(self.port), "--app-dir", str(Path(__file__).parent)]
        served = ["load_peers:tantivy_app", "--factory", *place, "--workers", str(self._workers)]
        return [sys.executable, "-m", "uvicorn", *served]

    def path(self, word: str, snippets: bool) -> str:
        """Where the answer for `word` stands."""
        return f"/search?q={quote(word)}&snippets={int(snippets)}"


def tantivy_app() -> Any:
    """The application of one worker: total, ten hits with their fields and perhaps a snippet, two facets."""
    import tantivy
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse

    index = tantivy.Index.open(os.environ[_FOLDER])
    searcher, schema = index.searcher(), index.schema
    spread = {name: {"terms": {"field": name, "size": 65_000}} for name in ("speaker", "year")}
    fields = ("id", "title", "speaker", "venue", "day", "year")
    app = FastAPI()

    def search(q: str, snippets: int = 1) -> JSONResponse:
        query = tantivy.Query.term_query(schema, "text", q)
        found = searcher.search(query, 10, count=True)
        documents = [searcher.doc(address) for _, address in found.hits]
        hits = [{name: document.get_first(name) for name in fields} for document in documents]
        if snippets:
            generator = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
            generator.set_max_num_chars(260)
            for hit, document in zip(hits, documents, strict=True):
                snippet = generator.snippet_from_doc(document)
                hit["text"] = snippet.fragment()
                hit["highlights"] = [[place.start, place.end] for place in snippet.highlighted()]
        # A response of one's own spares FastAPI's walk over every value: the quickest way that it has.
        return JSONResponse({"total": found.count, "hits": hits, "facets": searcher.aggregate(query, spread)})

    app.add_api_route("/search", search)
    return app


class Datasette:
    """Datasette over SQLite FTS5; it has no snippets, one process, and threads for its queries."""

    name = "Datasette"

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self._file = folder / "speeches.db"

    def build(self, records: Path) -> None:
        """Index `records`, unless that was done."""
        if self._file.exists():
            return
        database = sqlite3.connect(self._file)
        database.execute("create table speech (id text primary key, text text, speaker text, year text)")
        rows = ((r["id"], r["text"], str(r.get("speaker")), (r.get("date") or "")[:4]) for r in read_records(records))
        database.executemany("insert or ignore into speech values (?, ?, ?, ?)", rows)
        database.execute("create virtual table speech_fts using fts5(text, content=\"speech\", tokenize='unicode61')")
        database.execute("insert into speech_fts(speech_fts) values ('rebuild')")
        database.commit()
        database.close()

    @property
    def command(self) -> list[str]:
        """What starts it."""
        limits = ["facet_time_limit_ms", "sql_time_limit_ms"]
        settings = [part for name in limits for part in ("--setting", name, "60000")]
        return [sys.executable, "-m", "datasette", "serve", str(self._file), "--port", str(self.port), *settings]

    def path(self, word: str, snippets: bool) -> str:
        """Where the answer for `word` stands; neither the texts nor suggestions of more facets are asked for."""
        columns = "&_col=speaker&_col=year"
        return f"/speeches/speech.json?_search={quote(word)}&_facet=speaker&_facet=year&_size=10&_nosuggest=1{columns}"
