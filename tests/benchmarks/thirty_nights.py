"""Thirty nights over a changing corpus: each night's index against a full build of the same pages, in a table.

    python tests/benchmarks/thirty_nights.py RECORDS.jsonl [--speeches N] [--nights N] [--jobs N]

Every night 1 % of the speeches are new, 0.3 % edited, 0.1 % withdrawn.  The index is built incrementally; beside it
another is built from nothing.  Both must give the same answers: every speech, people and copies included, and totals,
facets, forms, order and scores of some queries.  Times are those of one run, taken in turns; the share is that of
processor time, which other work on the machine moves little.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.engines.embedded.toc import read_segments
from searchkit.generations import PageTable, require_live
from searchkit.indexing import BuildOptions, build
from searchkit.query import parse

QUERIES = (
    "government",
    '"cost of living"',
    "housing OR schools",
    "income tax",
    "declar*",
    "speaker:tan budget",
    "date:2004",
    "from:2000 -government",
    "ceasefire",
    "policy NEAR/5 review",
)
FACETS = ("speaker", "venue", "source", "kind", "language", "role", "year", "month")
A_FILE = 50
"""Records of a file: a crawl of one day."""


@dataclass(frozen=True)
class Night:
    """One line of the table."""

    number: int
    speeches: int
    seconds: float
    full_seconds: float
    cpu: float
    full_cpu: float
    size: int
    full_size: int
    segments: int
    dead: float
    same: bool

    @property
    def ratio(self) -> float:
        return self.cpu / self.full_cpu


class Corpus:
    """Files of records that change from night to night."""

    def __init__(self, folder: Path, records: list[dict[str, Any]], speeches: int, seed: int = 6) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.waiting = records[speeches:]
        self.files = {f"day-{n:05}.jsonl": records[n : min(n + A_FILE, speeches)] for n in range(0, speeches, A_FILE)}
        self.count = speeches
        folder.mkdir(parents=True)
        for name in self.files:
            self._write(name)

    def night(self) -> None:
        """1 % new, 0.3 % edited, 0.1 % withdrawn."""
        touched = set()
        for _ in range(max(1, self.count * 3 // 1000)):
            name = self._some_file()
            row = self.chance.choice(self.files[name])
            words = row["text"].split(" ")
            words[self.chance.randrange(len(words))] = self.chance.choice(("ceasefire", "cease-fire", "budget", "not"))
            row["text"] = " ".join(words)
            touched.add(name)
        for _ in range(max(1, self.count // 1000)):
            name = self._some_file()
            self.files[name].remove(self.chance.choice(self.files[name]))
            self.count -= 1
            touched.add(name)
        new = max(1, self.count // 100)
        for start in range(0, new, A_FILE):
            rows = [self._new() for _ in range(min(A_FILE, new - start))]
            name = f"new-{self.chance.randrange(10**9):09}.jsonl"
            self.files[name] = rows
            touched.add(name)
        self.count += new
        for name in touched:
            self._write(name)

    def _new(self) -> dict[str, Any]:
        return self.waiting.pop() if self.waiting else self._made_up()

    def _made_up(self) -> dict[str, Any]:
        """A speech of other speeches' sentences, when the records are used up."""
        rows = [self.chance.choice(self.files[self._some_file()]) for _ in range(4)]
        text = " ".join(row["text"][: len(row["text"]) // 3] for row in rows)
        return {**rows[0], "id": f"new-{self.chance.randrange(10**12)}", "text": text}

    def _some_file(self) -> str:
        return self.chance.choice([name for name, rows in self.files.items() if rows])

    def _write(self, name: str) -> None:
        path = self.folder / name
        if self.files[name]:
            path.write_text(
                "".join(json.dumps(row) + "\n" for row in self.files[name]),
                encoding="utf-8",
            )
        else:
            path.unlink()
            del self.files[name]


def nights(corpus: Corpus, place: Path, count: int, jobs: int | None = None) -> Iterator[Night]:
    """Build night by night, and compare."""
    index, options = place / "index", BuildOptions(jobs=jobs)
    build([str(corpus.folder)], index, options)
    for number in range(1, count + 1):
        corpus.night()
        started, used = time.perf_counter(), processor_seconds()
        report = build([], index, options)
        seconds, cpu = time.perf_counter() - started, processor_seconds() - used
        full = place / "full"
        shutil.rmtree(full, ignore_errors=True)
        started, used = time.perf_counter(), processor_seconds()
        build([str(corpus.folder)], full, options)
        full_seconds, full_cpu = (
            time.perf_counter() - started,
            processor_seconds() - used,
        )
        segments = read_segments(require_live(index).directory)
        held = sum(segment.doc_count_all() for segment in segments)
        yield Night(
            number,
            report.speeches,
            seconds,
            full_seconds,
            cpu,
            full_cpu,
            size(index),
            size(full),
            len(segments),
            sum(segment.deleted_count() for segment in segments) / held,
            state(index) == state(full),
        )


def processor_seconds() -> float:
    """How long have processors worked for this process and those it has ended?  Moved little by what else runs."""
    return sum(os.times()[:4])


def size(index: Path) -> int:
    """How many bytes has the live generation?"""
    return sum(file.size for file in require_live(index).manifest.files.values())


def state(index: Path) -> dict[str, Any]:
    """Everything that an index answers."""
    generation = require_live(index)
    with (
        closing(EmbeddedEngine(generation.directory)) as engine,
        PageTable(generation.pages) as table,
    ):
        every = engine.matching(Request(parse("NOT xyzzyx", engine.profile).query)).tolist()
        return {
            "profile": engine.profile,
            "answers": {query: answer(engine, query) for query in QUERIES},
            "speeches": {speech.id: speech for speech in engine.speeches(every)},
            "digests": [(row.id, row.page, row.digest) for row in table.speeches()],
            "pages": list(table),
            "words": engine.words(),
        }


def answer(engine: EmbeddedEngine, query: str) -> tuple[object, ...]:
    """Totals, facets, forms, and every hit with its score, its copies and its place in the order."""
    found = engine.search(
        Request(
            parse(query, engine.profile).query,
            facets=FACETS,
            facet_limit=10**6,
            limit=10**6,
        )
    )
    speeches = engine.speeches([match.number for match in found.page])
    return (
        replace(found, page=(), facets={}),
        {name: sorted(map(repr, facet.values)) for name, facet in found.facets.items()},
        [
            (speech.id, f"{match.score:.6g}", match.tier, match.copies)
            for match, speech in zip(found.page, speeches, strict=True)
        ],
    )


HEAD = "night  speeches     night s   full s   cpu s  full cpu s    share    MB  full MB  segments   dead  same answers"


def line(night: Night) -> str:
    """One line of the table."""
    return (
        f"{night.number:5}  {night.speeches:8,}  {night.seconds:9.2f}  {night.full_seconds:7.2f}  "
        f"{night.cpu:6.2f}  {night.full_cpu:10.2f}  {night.ratio:6.1%}  "
        f"{night.size / 1e6:5.1f}  {night.full_size / 1e6:7.1f}  {night.segments:8}  {night.dead:5.1%}  "
        f"{'yes' if night.same else 'NO'}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", type=Path, help="a JSONL file of records with id and text")
    options.add_argument("--speeches", type=int, default=20_000)
    options.add_argument("--nights", type=int, default=30)
    options.add_argument("--jobs", type=int)
    chosen = options.parse_args()
    with chosen.records.open(encoding="utf-8") as lines:
        records = [json.loads(text) for text in lines]
    place = Path(tempfile.mkdtemp(prefix="searchkit-nights-"))
    try:
        corpus = Corpus(place / "pages", records, min(chosen.speeches, len(records)))
        done = []
        print(HEAD, flush=True)
        for night in nights(corpus, place, chosen.nights, chosen.jobs):
            print(line(night), flush=True)
            done.append(night)
        late = [night.number for night in done if night.cpu > 0.05 * night.full_cpu + 1]
        print(f"\nmedian share of a full build: {statistics.median(night.ratio for night in done):.1%}")
        print(f"nights that took more than 5 % of a full build plus a second of processor time: {late or 'none'}")
        print(f"nights with other answers: {[night.number for night in done if not night.same] or 'none'}")
        sys.exit(not all(night.same for night in done))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
