"""How fast is a cluster beside an index in a folder, on the same machine?  And are its answers the same?

    scripts/opensearch start
    python tests/benchmarks/cluster_ratios.py RECORDS.jsonl

Ratios of one run: absolute seconds say nothing on a machine that does other things.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import searchkit
from searchkit.engines.cluster import Connection, parse_address
from searchkit.searching import Searcher

PORT = int(os.environ.get("OPENSEARCH_PORT", "9200"))
NODES = ",".join(f"127.0.0.1:{PORT + number}" for number in range(3))
QUERIES = {
    "rare word": "shipyard",
    "frequent word": "government",
    "AND": "housing budget",
    "phrase": '"cost of living"',
    "OR of 3": "tariff OR harbour OR railway",
    "NEAR": "health NEAR/5 care",
    "prefix": "declar*",
    "said": "said:government",
    "date": "government date:1990..2000",
    "chain": '"minister of health"~3',
}
TIMES = 7


def everything(searcher: Searcher, query: str) -> tuple[object, ...]:
    found = searcher.search(query, facets=["speaker", "year"], limit=100_000, sort="oldest", snippets=0)
    return found.total, found.pages, found.phrase_total, found.facets, [hit.speech.id for hit in found]


def milliseconds(searcher: Searcher, query: str) -> float:
    searcher.search(query)
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        searcher.search(query)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def a_second(searcher: Searcher, threads: int) -> float:
    asked = [query for query in QUERIES.values() if "~" not in query] * 4
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(searcher.search, asked))
    return len(asked) / (time.perf_counter() - began)


def main(records: str) -> None:
    address = f"opensearch://{NODES}/ratios-{uuid.uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "index"
        began = time.perf_counter()
        searchkit.build([records], folder)
        built = time.perf_counter() - began
        sent = searchkit.copy(folder, address)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        with searchkit.open(folder) as here, searchkit.open(address) as there:
            same = {name: everything(here, query) == everything(there, query) for name, query in QUERIES.items()}
            rows = {name: (milliseconds(here, query), milliseconds(there, query)) for name, query in QUERIES.items()}
            rates = {threads: (a_second(here, threads), a_second(there, threads)) for threads in (1, 4)}
            bytes_there = there.stats().bytes or 0
            count = len(there)
        result = {
            "speeches": count,
            "build in a folder, s": round(built, 1),
            "sent to the cluster, s": round(sent.seconds, 1),
            "sent / built": round(sent.seconds / built, 1),
            "size ratio, replicas included": round(bytes_there / size, 2),
            "the same answers": same,
            "milliseconds (folder, cluster, ratio)": {
                name: (round(one, 2), round(other, 1), round(other / one, 1)) for name, (one, other) in rows.items()
            },
            "queries a second (folder, cluster)": {k: (round(a, 1), round(b, 1)) for k, (a, b) in rates.items()},
        }
        print(json.dumps(result, indent=1))
    connection = Connection(parse_address(address))
    for index in connection.request("GET", f"/_cat/indices/{parse_address(address).name}*", params={"format": "json"}):
        connection.request("DELETE", f"/{index['index']}", missing_allowed=True)


if __name__ == "__main__":
    main(sys.argv[1])
