"""Load from a second process: searches with facets a second and their p99, beside tantivy and Datasette.

    python tests/benchmarks/load.py RECORDS.jsonl [--index DIR] [--folder DIR] [--rounds N] [--seconds N]
                                    [--connections N] [--workers N] [--requests N] [--nights N] [--json FILE]

searchkit's server, tantivy behind the same framework, and Datasette over SQLite FTS5 answer the same words from the
same text: the total, ten hits, and all counts of two facets.  They take turns under wrk, so that noise is noise
for all of them; each figure is the median of the rounds.  Then searchkit answers while generations are published (not
one request may fail), and answers many requests while its memory is watched.

Needs the extras [web] and [bench], wrk, and datasette for its part.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from load_peers import Datasette, Server, Tantivy
from questions import questions

_LUA = """
local paths = {%s}
local at = math.random(#paths)
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("FIGURES %%d %%d %%d %%f %%f\\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""
_KINDS = ("rare term", "frequent term")
_EACH = 200
"""Words of each kind; some stand twice."""
_STEPS = 10
SEARCHKIT = [sys.executable, "-m", "searchkit"]


class Searchkit:
    """searchkit's own server; a word in quotation marks is literal, as a term of tantivy is."""

    name = "searchkit"

    def __init__(self, index: Path, port: int, workers: int) -> None:
        self.port = port
        self._index = index
        self._workers = workers

    @property
    def command(self) -> list[str]:
        """What starts it."""
        place = ["--index", str(self._index), "--port", str(self.port)]
        return [*SEARCHKIT, "serve", *place, "--workers", str(self._workers), "--concurrent", "64"]

    def path(self, word: str, snippets: bool) -> str:
        """Where the answer for `word` stands."""
        asked = "facet=speaker&facet=year" + ("" if snippets else "&snippets=0")
        return f"/api/v1/search?q={quote(chr(34) + word + chr(34))}&{asked}"

    def build(self, records: Path) -> None:
        """Index `records`, unless that was done."""
        if not self._index.exists():
            subprocess.run([*SEARCHKIT, "build", str(records), "--index", str(self._index)], check=True)


@contextmanager
def served(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, once it answers."""
    process = subprocess.Popen(server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urlopen(f"http://127.0.0.1:{server.port}{server.path('peace', False)}").close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        else:
            raise SystemExit(f"{server.name} does not answer")
        yield process
    finally:
        process.terminate()
        process.wait(30)


def pressed(server: Server, paths: list[str], seconds: float, options: argparse.Namespace) -> dict[str, float]:
    """Requests a second, failures, p50 and p99 in milliseconds under wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % ", ".join(json.dumps(path) for path in paths))
        script.flush()
        wrk = ["wrk", "-t1", f"-c{options.connections}", f"-d{seconds:.0f}s", "--timeout", "30s", "-s", script.name]
        done = subprocess.run(
            [*wrk, f"http://127.0.0.1:{server.port}"], capture_output=True, text=True, check=True
        ).stdout
    requests, micros, failed, middle, tail = re.findall(r"FIGURES (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)", done)[0]
    return {
        "requests": int(requests),
        "per_second": round(int(requests) / int(micros) * 1e6, 1),
        "failed": int(failed),
        "p50_ms": round(float(middle), 2),
        "p99_ms": round(float(tail), 2),
    }


def beside(servers: list[Server], words: list[str], options: argparse.Namespace) -> dict[str, Any]:
    """The figures of all servers, which take turns: with snippets where they have them, and without."""
    rounds: dict[str, list[dict[str, float]]] = {}
    with ExitStack() as running:
        processes = {server.name: running.enter_context(served(server)) for server in servers}
        for round_ in range(options.rounds + 1):
            for server in servers:
                for snippets in (True, False) if server.name != "Datasette" else (False,):
                    paths = [server.path(word, snippets) for word in words]
                    before = cpu_seconds(processes[server.name])
                    found = pressed(server, paths, options.seconds if round_ else 3, options)
                    spent = cpu_seconds(processes[server.name]) - before
                    found["cpu_ms"] = round(spent * 1000 / max(1, found["requests"]), 2)
                    if round_:  # the first is to warm up
                        name = server.name + (" with snippets" if snippets else "")
                        rounds.setdefault(name, []).append(found)
                        print(name, json.dumps(found), flush=True)
    return {
        name: {key: statistics.median(each[key] for each in found) for key in found[0]}
        for name, found in rounds.items()
    }


def family(process: subprocess.Popen[bytes]) -> list[Any]:
    """The process and its children."""
    import psutil

    return [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """Seconds of a processor that the process and its children have used: what other programs do hardly changes it."""
    return sum(each.cpu_times().user + each.cpu_times().system for each in family(process))


def memory(process: subprocess.Popen[bytes]) -> int:
    """Anonymous memory of the process and its children, in bytes."""
    total = 0
    for each in family(process):
        status = Path(f"/proc/{each.pid}/status").read_text(encoding="ascii", errors="replace")
        total += sum(int(row.split()[1]) * 1024 for row in status.splitlines() if row.startswith("RssAnon"))
    return total


def through_nights(server: Searchkit, words: list[str], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """searchkit under load while one record is added after another, each in a generation of its own."""
    news, index, stop = folder / "news.jsonl", options.index, threading.Event()
    record = {"id": "news-0", "date": "2026-01-01", "speaker": "Somebody New", "text": "News."}
    news.write_text(json.dumps(record) + "\n", encoding="utf-8")
    add = [*SEARCHKIT, "build", str(news), "--add", "--index", str(index)]
    subprocess.run(add, capture_output=True, check=False)  # refused if it is remembered from a former run
    paths = [server.path(word, True) for word in words]
    found: list[dict[str, float]] = []
    with served(server):

        def press() -> None:
            while not stop.is_set():
                found.append(pressed(server, paths, 5, options))

        thread = threading.Thread(target=press)
        thread.start()
        for night in range(options.nights):
            with news.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({**record, "id": f"news-{time.time_ns()}", "text": f"Night {night}."}) + "\n")
            subprocess.run([*SEARCHKIT, "build", "--index", str(index)], check=True, capture_output=True)
        stop.set()
        thread.join()
        answering = json.load(urlopen(f"http://127.0.0.1:{server.port}/readyz"))["generation"]
    assert answering == (index / "current").read_text("utf-8").strip(), "a newer generation is not answered from"
    return {
        "generations": options.nights,
        "requests": sum(each["requests"] for each in found),
        "failed": sum(each["failed"] for each in found),
        "p99_ms": max(each["p99_ms"] for each in found),
    }


def over_time(server: Searchkit, words: list[str], options: argparse.Namespace) -> dict[str, Any]:
    """Anonymous memory of searchkit's processes after each tenth of many requests."""
    paths = [server.path(word, True) for word in words]
    requests, failed, sizes = 0, 0, []
    with served(server) as process:
        rate = pressed(server, paths, 5, options)["per_second"]
        for step in range(1, _STEPS + 1):
            while requests < options.requests * step / _STEPS:
                seconds = max(1, (options.requests * step / _STEPS - requests) / rate)
                found = pressed(server, paths, seconds, options)
                requests += int(found["requests"])
                failed += int(found["failed"])
            sizes.append(round(memory(process) / 1e6, 1))
            print("after", requests, "requests:", sizes[-1], "MB", flush=True)
    return {"requests": requests, "failed": failed, "megabytes": sizes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--index", type=Path, help="an index of the records that exists; nights are added to it")
    parser.add_argument("--folder", type=Path, help="where what the peers build is kept for another run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--nights", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="searchkit-load-"))
    try:
        folder.mkdir(exist_ok=True)
        figures = measure(options, folder)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    print(json.dumps(figures, indent=1))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All figures; `folder` holds what the peers build."""
    asked = questions(options.records, _EACH)
    words = sorted({question.words[0] for kind in _KINDS for question in asked[kind]})
    options.index = options.index or folder / "index"
    searchkit = Searchkit(options.index, 8790, options.workers)
    servers: list[Server] = [searchkit, Tantivy(folder, 8791, options.workers), Datasette(folder, 8792)]
    for server in servers:
        server.build(options.records)
    figures: dict[str, Any] = {"words": len(words), "workers": options.workers, "connections": options.connections}
    if options.rounds:
        figures |= beside(servers, words, options)
    if options.nights:
        figures["while publishing"] = through_nights(searchkit, words, options, folder)
    if options.requests:
        figures["over time"] = over_time(searchkit, words, options)
    return figures


if __name__ == "__main__":
    main()
