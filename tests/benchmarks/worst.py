"""The worst that can be asked of a server: does each question end, with which status, and do others wait for it?

    python tests/benchmarks/worst.py INDEX [--seconds N] [--workers N] [--at-once N] [--json FILE]

A server over INDEX answers ordinary questions one after the other, first alone, then beside each of the worst ones,
which stand at `--at-once` at the same time.  For each: the statuses that it ended with, the longest time that one took,
and the middle and p99 of what the ordinary ones took meanwhile.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PORT = 8796
_BESIDE = 4.0
"""Seconds that ordinary questions are asked at least, alone and beside each of the worst."""
_STOPS = ("the", "of", "and", "to", "in", "is", "that", "we", "for", "it", "be", "this", "have", "are", "not", "as")
_LETTERS = "abcdefghijklmnoprstuvw"
_FACETS = [("facet", name) for name in ("speaker", "venue", "source", "year", "month", "kind")]
_ORDINARY = ("government", "peace", '"prime minister"', "speaker:lee budget", "school* teacher", "water NEAR/5 price")
WORST: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "`case:` of frequent words": ("search", [("q", "case:The case:Of case:And case:I")]),
    "`case:` in context": ("kwic", [("q", "case:The"), ("sort", "right")]),
    "400 wildcards": ("search", [("q", " OR ".join(f"{a}{b}*" for a in _LETTERS for b in "aeioulrsthnycmdpgk"))]),
    "wildcards at the front": ("search", [("q", "*tion OR *ment OR *ing OR a*e OR s?*g")]),
    "OR of 800 frequent words": ("search", [("q", " OR ".join(_STOPS * 50)), *_FACETS]),
    "OR of 1,400 rare words": ("search", [("q", " OR ".join(f"word{number}" for number in range(1400)))]),
    "NEAR chain of stop words": ("search", [("q", " NEAR/99 ".join(_STOPS[:8]))]),
    "NEAR of groups": ("search", [("q", "(the OR of OR and) NEAR/99 (to OR in OR is) NEAR/99 (that OR we OR for)")]),
    "wide phrase of stop words": ("search", [("q", '"the of and to"~99')]),
    "ten words `~`": ("search", [("q", " OR ".join(f"{word}~" for word in "government minister the of".split() * 3))]),
    "the last page": ("search", [("q", "the"), ("offset", "1000000"), ("limit", "100"), *_FACETS]),
    "page 2,000 by date": ("search", [("q", "the"), ("offset", "200000"), ("sort", "newest"), *_FACETS]),
    "5-grams of `the`": ("ngrams", [("q", "the"), ("size", "5")]),
    "`the` by what stands right": ("kwic", [("q", "the"), ("sort", "right"), ("limit", "1000")]),
    "collocates of `the`": ("collocates", [("q", "the"), ("limit", "1000")]),
    "every quotation": ("quotes", []),
    "brackets": ("search", [("q", "(" * 4000 + "a" + ")" * 4000)]),
    "regex against itself": ("search", [("q", "(a+)+$ OR (a|aa)+$ OR /^(([a-z])+.)+[A-Z]([a-z])+$/")]),
    "stars": ("search", [("q", "a*" * 4000)]),
    "quotation marks": ("search", [("q", '"' * 8000)]),
}


@contextmanager
def served(options: argparse.Namespace) -> Iterator[None]:
    """The server in a process of its own, once it answers."""
    place = ["--index", str(options.index), "--port", str(PORT), "--workers", str(options.workers)]
    command = [sys.executable, "-m", "searchkit", "serve", *place, "--seconds", str(options.seconds)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while ask("/readyz")[0] != 200:
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(60)


def ask(path: str) -> tuple[int, float]:
    """The status of one request, and how many seconds it took; 0 where nobody answers."""
    started = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - started
    except OSError:
        return 0, time.perf_counter() - started
    finally:
        connection.close()


def ordinary(until: threading.Event) -> tuple[list[float], Counter[int]]:
    """Seconds and statuses of ordinary questions, one after the other, for a while and until the event."""
    times, statuses, started = [], Counter[int](), time.perf_counter()
    while not until.is_set() or time.perf_counter() - started < _BESIDE:
        query = _ORDINARY[len(times) % len(_ORDINARY)]
        status, seconds = ask("/api/v1/search?" + urlencode([("q", query), ("facet", "speaker")]))
        times.append(seconds)
        statuses[status] += 1
    return times, statuses


def beside(path: str | None, options: argparse.Namespace) -> dict[str, Any]:
    """What becomes of `path`, asked several times at once, and of ordinary questions meanwhile."""
    ended: list[tuple[int, float]] = []
    over = threading.Event()

    def press() -> None:
        asking = [threading.Thread(target=lambda: ended.append(ask(str(path)))) for _ in range(options.at_once)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        over.set()

    if path is None:
        over.set()
    else:
        threading.Thread(target=press).start()
    times, statuses = ordinary(over)
    return {
        "statuses": dict(Counter(status for status, _ in ended)),
        "longest_s": round(max((seconds for _, seconds in ended), default=0.0), 2),
        "ordinary": dict(statuses),
        "p50_ms": round(statistics.median(times) * 1000, 1),
        "p99_ms": round(sorted(times)[int(len(times) * 0.99)] * 1000, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--seconds", type=float, default=2.0, help="what the server gives one question")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found: dict[str, Any] = {}
    with served(options):
        beside(None, options)  # to warm up
        for name, path in [("alone", None), *((name, _path(*asked)) for name, asked in WORST.items())]:
            found[name] = beside(path, options)
            print(f"{name:32}", json.dumps(found[name]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def _path(call: str, parameters: list[tuple[str, str]]) -> str:
    return f"/api/v1/{call}?{urlencode(parameters)}"


if __name__ == "__main__":
    main()
