"""Times searchkit beside its peers, in one run on one corpus, and prints ratios.

    python tests/benchmarks/compare.py RECORDS.jsonl [--speeches N] [--rounds N] [--json FILE]

Peers that come with every installation: SQLite FTS5 (Porter stems) and Whoosh with its stock searcher.  The machine is
taken to be noisy: the systems answer each query in turn, medians are compared, absolute times are shown beside them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import searchkit

QUERIES = {
    "rare word": ("reclamation", '"reclamation"'),
    "frequent word": ("government", '"government"'),
    "two words": ("income tax", '"income" AND "tax"'),
    "phrase": ('"cost of living"', '"cost of living"'),
    "phrase of stop words": ('"as a matter of fact"', '"as a matter of fact"'),
    "three alternatives": ("housing OR schools OR hospitals", '"housing" OR "schools" OR "hospitals"'),
    "prefix": ("declar*", "declar*"),
}
"""Kind -> the query for searchkit and Whoosh, and for FTS5."""


@dataclass(frozen=True)
class System:
    """One system under the clock: how it answers a query (its number of matches), and how long it took to build."""

    name: str
    answer: Callable[[str, str], int]
    seconds: float
    bytes: int


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def build_searchkit(records: list[dict[str, Any]], folder: Path) -> System:
    index = folder / "searchkit"
    started = time.perf_counter()
    searchkit.build(records, index)
    seconds = time.perf_counter() - started
    speeches = searchkit.open(index)
    return System("searchkit", lambda ours, _: speeches.search(ours).total, seconds, size(index))


def build_fts5(records: list[dict[str, Any]], folder: Path) -> System:
    file = folder / "fts5.sqlite"
    database = sqlite3.connect(file)
    started = time.perf_counter()
    database.execute("create virtual table speech using fts5(id unindexed, text, tokenize='porter unicode61')")
    database.executemany("insert into speech values (?, ?)", ((row["id"], row["text"]) for row in records))
    database.commit()
    seconds = time.perf_counter() - started

    def answer(_: str, theirs: str) -> int:
        (total,) = database.execute("select count(*) from speech where speech match ?", (theirs,)).fetchone()
        database.execute(
            "select id, text from speech where speech match ? order by rank limit 10", (theirs,)
        ).fetchall()
        return int(total)

    return System("SQLite FTS5", answer, seconds, file.stat().st_size)


def build_whoosh(records: list[dict[str, Any]], folder: Path) -> System:
    from whoosh import fields, index, qparser
    from whoosh.analysis import StemmingAnalyzer

    directory = folder / "whoosh"
    directory.mkdir()
    schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True))
    started = time.perf_counter()
    created = index.create_in(str(directory), schema)
    writer = created.writer(limitmb=256)
    for row in records:
        writer.add_document(id=row["id"], text=row["text"])
    writer.commit()
    seconds = time.perf_counter() - started
    searcher = created.searcher()
    parser = qparser.QueryParser("text", schema)
    return System(
        "stock Whoosh", lambda ours, _: len(searcher.search(parser.parse(ours), limit=10)), seconds, size(directory)
    )


def medians(systems: Iterable[System], rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    """Kind of query -> system -> matches and median milliseconds; the systems take turns in every round."""
    table: dict[str, dict[str, dict[str, float]]] = {}
    for kind, (ours, theirs) in QUERIES.items():
        times: dict[str, list[float]] = {}
        matches: dict[str, int] = {}
        for _ in range(rounds):
            for system in systems:
                started = time.perf_counter()
                matches[system.name] = system.answer(ours, theirs)
                times.setdefault(system.name, []).append((time.perf_counter() - started) * 1000)
        table[kind] = {
            name: {"matches": matches[name], "ms": round(statistics.median(taken), 3)} for name, taken in times.items()
        }
    return table


def show(systems: list[System], table: dict[str, dict[str, dict[str, float]]], speeches: int) -> None:
    ours, *peers = systems
    print(f"{speeches:,} speeches; ratio = peer / searchkit, above 1 searchkit is faster or smaller\n")
    print(f"{'':22}{ours.name:>22}" + "".join(f"{peer.name:>30}" for peer in peers))
    print(
        f"{'build, speeches/s':22}{speeches / ours.seconds:>22,.0f}"
        + "".join(f"{speeches / peer.seconds:>18,.0f} x{peer.seconds / ours.seconds:<10.2f}" for peer in peers)
    )
    print(
        f"{'size, MB':22}{ours.bytes / 1e6:>22,.1f}"
        + "".join(f"{peer.bytes / 1e6:>18,.1f} x{peer.bytes / ours.bytes:<10.2f}" for peer in peers)
    )
    for kind, row in table.items():
        base = row[ours.name]
        line = f"{kind:22}{base['ms']:>10.3f} ms {base['matches']:>8,.0f}"
        for peer in peers:
            cell = row[peer.name]
            line += f"{cell['ms']:>9.3f} {cell['matches']:>8,.0f} x{cell['ms'] / base['ms']:<10.2f}"
        print(line)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", type=Path, help="a JSONL file of records with id and text")
    options.add_argument("--speeches", type=int, default=5_000)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--json", type=Path, help="write the figures there too")
    chosen = options.parse_args()
    with chosen.records.open(encoding="utf-8") as lines:
        records = [json.loads(line) for _, line in zip(range(chosen.speeches), lines, strict=False)]
    folder = Path(tempfile.mkdtemp(prefix="searchkit-bench-"))
    try:
        systems = [build(records, folder) for build in (build_searchkit, build_fts5, build_whoosh)]
        table = medians(systems, chosen.rounds)
        show(systems, table, len(records))
        if chosen.json:
            built = {item.name: {"seconds": item.seconds, "bytes": item.bytes} for item in systems}
            chosen.json.write_text(json.dumps({"speeches": len(records), "build": built, "queries": table}, indent=2))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
