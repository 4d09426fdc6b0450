"""Thirty nights over a changing corpus: each night's index against a full build of the same pages, in a table.

    python tests/benchmarks/thirty_nights.py RECORDS.jsonl [--speeches N] [--nights N] [--jobs N] [--one-file] [--times]

Every night 1 % of the speeches are new, 0.3 % edited, 0.1 % withdrawn.  The index is built incrementally; beside it
another is built from nothing.  Both must give the same answers: every speech, people and copies included, and totals,
facets, forms, order and scores of some queries.  Each build is a command of its own, whose start counts too.  Times are
those of one run, taken in turns; the share is that of processor time, which other work on the machine moves little.

With `--one-file` the corpus is one file, written anew every night as a dump is, not a file for each day; with `--times`
answers are not compared, which takes longer than the builds.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.engines.embedded.toc import read_segments
from searchkit.generations import PageTable, require_live
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
Builder = Callable[[list[str], Path], tuple[int, float, float]]
"""Builds an index of SOURCEs; how many speeches, seconds and processor seconds was that?"""
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
    same: bool | None

    @property
    def ratio(self) -> float:
        return self.cpu / self.full_cpu


class Corpus:
    """Files of records that change from night to night."""

    def __init__(
        self, folder: Path, records: list[dict[str, Any]], speeches: int, a_file: int = A_FILE, seed: int = 6
    ) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.waiting = records[speeches:]
        self.files = {f"day-{n:06}.jsonl": records[n : min(n + a_file, speeches)] for n in range(0, speeches, a_file)}
        self.is_one = len(self.files) == 1
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
            name = self._some_file() if self.is_one else f"new-{self.chance.randrange(10**9):09}.jsonl"
            self.files.setdefault(name, []).extend(rows)
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


def nights(corpus: Corpus, place: Path, count: int, builder: Builder, *, compare: bool = True) -> Iterator[Night]:
    """Build night by night, and compare."""
    index, full = place / "index", place / "full"
    builder([str(corpus.folder)], index)
    for number in range(1, count + 1):
        corpus.night()
        speeches, seconds, cpu = builder([], index)
        shutil.rmtree(full, ignore_errors=True)
        _, full_seconds, full_cpu = builder([str(corpus.folder)], full)
        segments = read_segments(require_live(index).directory)
        held = sum(segment.doc_count_all() for segment in segments)
        yield Night(
            number,
            speeches,
            seconds,
            full_seconds,
            cpu,
            full_cpu,
            size(index),
            size(full),
            len(segments),
            sum(segment.deleted_count() for segment in segments) / held,
            state(index) == state(full) if compare else None,
        )


def command(jobs: int | None, sources: list[str], index: Path) -> tuple[int, float, float]:
    """Run `searchkit build`; how many speeches, seconds and processor seconds was that?"""
    arguments = [*sources, "--index", str(index), *(["--jobs", str(jobs)] if jobs else []), "--json"]
    started, before = time.perf_counter(), os.times()
    told = subprocess.run([sys.executable, "-m", "searchkit", "build", *arguments], check=True, capture_output=True)
    seconds, after = time.perf_counter() - started, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return json.loads(told.stdout)["speeches"], seconds, used


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


SAME = {True: "yes", False: "NO", None: "not compared"}
HEAD = "night  speeches     night s   full s   cpu s  full cpu s    share    MB  full MB  segments   dead  same answers"


def line(night: Night) -> str:
    """One line of the table."""
    return (
        f"{night.number:5}  {night.speeches:8,}  {night.seconds:9.2f}  {night.full_seconds:7.2f}  "
        f"{night.cpu:6.2f}  {night.full_cpu:10.2f}  {night.ratio:6.1%}  "
        f"{night.size / 1e6:5.1f}  {night.full_size / 1e6:7.1f}  {night.segments:8}  {night.dead:5.1%}  "
        f"{SAME[night.same]}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", type=Path, help="a JSONL file of records with id and text")
    options.add_argument("--speeches", type=int, default=20_000)
    options.add_argument("--nights", type=int, default=30)
    options.add_argument("--jobs", type=int)
    options.add_argument("--one-file", action="store_true")
    options.add_argument("--times", action="store_true")
    chosen = options.parse_args()
    with chosen.records.open(encoding="utf-8") as lines:
        records = [json.loads(text) for text in lines]
    place = Path(tempfile.mkdtemp(prefix="searchkit-nights-"))
    try:
        speeches = min(chosen.speeches, len(records))
        corpus = Corpus(place / "pages", records, speeches, speeches if chosen.one_file else A_FILE)
        done = []
        print(HEAD, flush=True)
        builder = functools.partial(command, chosen.jobs)
        for night in nights(corpus, place, chosen.nights, builder, compare=not chosen.times):
            print(line(night), flush=True)
            done.append(night)
        late = [night.number for night in done if night.cpu > 0.05 * night.full_cpu + 1]
        slow = [night.number for night in done if night.seconds > 0.05 * night.full_seconds + 1]
        print(f"\nmedian share of a full build: {statistics.median(night.ratio for night in done):.1%}")
        print(f"nights that took more than 5 % of a full build plus a second of processor time: {late or 'none'}")
        print(f"nights that took more than that by the clock: {slow or 'none'}")
        print(f"nights with other answers: {[night.number for night in done if night.same is False] or 'none'}")
        sys.exit(any(night.same is False for night in done))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
