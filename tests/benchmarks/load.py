"""Load from a second process: searches with facets a second and their p99, beside tantivy and Datasette.

    python tests/benchmarks/load.py RECORDS.jsonl [--seconds N] [--connections N] [--json FILE]

searchkit's server, tantivy behind the same framework, and Datasette over SQLite FTS5 answer the same words, each alone
on the machine but for the client (wrk).  While searchkit answers, new generations of its index are published; not one
request may fail.  Needs the extras [web] and [bench], wrk, and datasette for its part.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from corpus import read_records
from questions import questions

_PORT = 8790
_LUA = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  io.write(string.format("FIGURES %%d %%d %%f %%f\\n", summary.requests,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


@contextmanager
def served(command: list[str], ready: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, once it answers at `ready`."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urlopen(f"http://127.0.0.1:{_PORT}{ready}").close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def pressed(paths: list[str], options: argparse.Namespace, folder: Path) -> dict[str, float]:
    """Requests a second, failures, p50 and p99 in milliseconds under wrk."""
    script = folder / "paths.lua"
    script.write_text(_LUA % ", ".join(json.dumps(path) for path in paths), encoding="utf-8")
    done = subprocess.run(
        [
            "wrk",
            "-t1",
            f"-c{options.connections}",
            f"-d{options.seconds}s",
            "-s",
            str(script),
            f"http://127.0.0.1:{_PORT}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    requests, errors, middle, tail = re.findall(r"FIGURES (\d+) (\d+) ([\d.]+) ([\d.]+)", done.stdout)[0]
    return {
        "requests": int(requests),
        "per_second": int(requests) / options.seconds,
        "failed": int(errors),
        "p50_ms": float(middle),
        "p99_ms": float(tail),
    }


def memory(process: subprocess.Popen[bytes]) -> int:
    """Anonymous memory of the process and its children, in bytes."""
    import psutil

    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    total = 0
    for each in family:
        status = Path(f"/proc/{each.pid}/status").read_text(encoding="ascii", errors="replace")
        total += sum(int(row.split()[1]) * 1024 for row in status.splitlines() if row.startswith("RssAnon"))
    return total


def searchkit_figures(records: Path, words: list[str], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """searchkit's server, first in peace, then while generations are published."""
    index = folder / "index"
    build = [sys.executable, "-m", "searchkit", "build", str(records), "--index", str(index)]
    subprocess.run(build, check=True, capture_output=True)
    paths = [f"/api/v1/search?q={quote(word)}&facet=speaker&facet=year" for word in words]
    serve = [sys.executable, "-m", "searchkit", "serve", "--index", str(index), "--port", str(_PORT)]
    with served([*serve, "--workers", "2", "--concurrent", "64"], "/readyz") as process:
        pressed(paths, argparse.Namespace(**{**vars(options), "seconds": 3}), folder)
        before = memory(process)
        calm = pressed(paths, options, folder)
        after = memory(process)
        stop, built = threading.Event(), 0

        def publish() -> None:
            nonlocal built
            while not stop.is_set():
                subprocess.run([*build, "--full"], check=True, capture_output=True)
                built += 1

        thread = threading.Thread(target=publish)
        thread.start()
        busy = pressed(paths, options, folder)
        stop.set()
        thread.join()
    return {**calm, "memory_growth": after - before, "while_building": busy, "generations": built}


def tantivy_figures(records: Path, words: list[str], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """tantivy behind the same framework: top ten with stored fields, two facets, the total."""
    from systems import Tantivy

    index = folder / "tantivy"
    index.mkdir()
    Tantivy.build(records, index)
    command = [sys.executable, __file__, "--tantivy", str(index)]
    with served(command, "/search?q=peace"):
        return pressed([f"/search?q={quote(word)}" for word in words], options, folder)


def serve_tantivy(index: str) -> None:
    """Serve tantivy: what `tantivy_figures` starts."""
    import uvicorn
    from fastapi import FastAPI

    app = FastAPI()
    app.state.index = index
    app.add_api_route("/search", _tantivy_route(index))
    uvicorn.run(app, port=_PORT, log_level="error")


def _tantivy_route(folder: str) -> Any:
    import tantivy

    index = tantivy.Index.open(folder)
    searcher, schema = index.searcher(), index.schema
    spread = {name: {"terms": {"field": name, "size": 65_000}} for name in ("speaker", "year")}

    def search(q: str) -> dict[str, Any]:
        query = tantivy.Query.term_query(schema, "text", q)
        found = searcher.search(query, 10, count=True)
        hits = [searcher.doc(address).to_dict() for _, address in found.hits]
        return {"total": found.count, "hits": hits, "facets": searcher.aggregate(query, spread)}

    return search


def datasette_figures(records: Path, words: list[str], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Datasette over the same text in SQLite FTS5."""
    file = folder / "speeches.db"
    database = sqlite3.connect(file)
    database.execute("create table speech (id text primary key, text text, speaker text, year text)")
    rows = ((r["id"], r["text"], str(r.get("speaker")), (r.get("date") or "")[:4]) for r in read_records(records))
    database.executemany("insert or ignore into speech values (?, ?, ?, ?)", rows)
    database.execute("create virtual table speech_fts using fts5(text, content='speech', tokenize='porter')")
    database.execute("insert into speech_fts(speech_fts) values ('rebuild')")
    database.commit()
    database.close()
    settings = ["--setting", "facet_time_limit_ms", "60000", "--setting", "sql_time_limit_ms", "60000"]
    command = [sys.executable, "-m", "datasette", str(file), "--port", str(_PORT), *settings]
    paths = [f"/speeches/speech.json?_search={quote(w)}&_facet=speaker&_facet=year&_size=10" for w in words]
    with served(command, "/-/versions.json"):
        return pressed(paths, options, folder)


def main() -> None:
    if sys.argv[1:2] == ["--tantivy"]:
        serve_tantivy(sys.argv[2])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    asked = questions(options.records, 25)
    words = [question.words[0] for kind in ("frequent term", "rare term") for question in asked[kind]]
    figures: dict[str, Any] = {}
    folder = Path(tempfile.mkdtemp(prefix="searchkit-load-"))
    try:
        for name, measure in (
            ("searchkit", searchkit_figures),
            ("tantivy", tantivy_figures),
            ("Datasette", datasette_figures),
        ):
            figures[name] = measure(options.records, words, options, folder)
            print(name, json.dumps(figures[name]), flush=True)
    finally:
        shutil.rmtree(folder)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
