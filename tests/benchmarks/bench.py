"""Measures searchkit beside other engines: one corpus, one run, ratios.

    scripts/bench RECORDS.jsonl[.xz] [--speeches 20000,200000] [--lifelike] [--questions N] [--systems NAME,…]
                  [--json FILE]

For each size a corpus is made (corpus.py), every engine builds its index in a process of its own, whose memory is
watched, and then all engines answer the same questions in turn in one process, so that a noisy machine is noisy for all
of them.  Where their semantics agree, their counts must.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus import HARSH, LIFELIKE, write_corpus
from questions import KINDS, Question, questions
from systems import SYSTEMS

_SLOW = {"stock Whoosh": 20_000}
"""Engines that take part only in corpora of at most so many speeches: stock Whoosh takes in some 300 a second."""
_AGREEING = {
    "tantivy": ("rare term", "frequent term", "AND of 2", "AND of 3", "OR of 3", "OR of 8", "prefix", "date range"),
    "stock Whoosh": ("rare term", "frequent term", "AND of 2", "AND of 3", "OR of 3", "OR of 8"),
}
"""Engine -> kinds of question that it understands as searchkit does, but for accents and the like.  FTS5 stems; to
Xapian Government's is another word than Government."""
_TOLERANCE = 0.02
_COLD = {
    "bare Python": ["-c", "pass"],
    "import searchkit": ["-c", "import searchkit"],
    "import click, numpy, whoosh.index": ["-W", "ignore", "-c", "import click, numpy, whoosh.index"],
}


@dataclass
class Build:
    """How an index came about."""

    seconds: float
    bytes: int
    peak_bytes: int
    """Resident memory of all its processes together, at most; pages of mapped files left out."""


def build(name: str, records: Path, folder: Path) -> Build:
    """Let `name` index `records` in a process of its own, and watch it."""
    import psutil

    folder.mkdir()
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--build", name, str(records), str(folder)])
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        peak = max(peak, sum(_memory(each) for each in _family(watched)))
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{name} could not build its index")
    return Build(seconds, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()), peak)


def _family(process: Any) -> Iterator[Any]:
    import psutil

    try:
        yield process
        yield from process.children(recursive=True)
    except psutil.NoSuchProcess:
        return


def _memory(process: Any) -> int:
    """Anonymous and shared memory of one process, from Linux's own account; 0 when it is gone."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    held = [line.split() for line in status.splitlines() if line.startswith(("RssAnon", "RssShmem"))]
    return sum(int(row[1]) * 1024 for row in held)


def ask(systems: dict[str, Any], asked: dict[str, list[Question]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Kind -> system -> median and p95 in milliseconds, and the counts; the systems take turns at each question.

    All questions of a kind are asked once, so that the pages of the files are in memory for all alike, and then once
    more, under the clock: what an engine keeps of the question it answered last does not help it.  The median of the
    first times stands beside it.
    """
    table: dict[str, dict[str, dict[str, Any]]] = {}
    for kind in KINDS:
        firsts, _ = _round(systems, asked[kind])
        times, counts = _round(systems, asked[kind])
        table[kind] = {
            name: {
                "ms": statistics.median(taken),
                "p95": sorted(taken)[int(len(taken) * 0.95)],
                "first_ms": statistics.median(firsts[name]),
                "counts": counts[name],
            }
            for name, taken in times.items()
        }
    return table


def _round(systems: dict[str, Any], asked: list[Question]) -> tuple[dict[str, list[float]], dict[str, list[int]]]:
    """System -> milliseconds and count of each question; systems that cannot take this kind are left out."""
    times: dict[str, list[float]] = {}
    counts: dict[str, list[int]] = {}
    for turn, question in enumerate(asked):
        for name, system in _rotated(systems, turn):
            started = time.perf_counter()
            count = system.answer(question)
            if count is not None:
                times.setdefault(name, []).append((time.perf_counter() - started) * 1000)
                counts.setdefault(name, []).append(count)
    return times, counts


def _rotated(systems: dict[str, Any], turn: int) -> list[tuple[str, Any]]:
    """The systems, another one first each time: whoever follows one that takes long finds the caches full."""
    listed = list(systems.items())
    first = turn % len(listed)
    return listed[first:] + listed[:first]


def disagreements(table: dict[str, dict[str, dict[str, Any]]], asked: dict[str, list[Question]]) -> list[str]:
    """Which counts differ by more than accents and apostrophes explain?"""
    found = []
    for name, kinds in _AGREEING.items():
        for kind in kinds:
            row = table[kind]
            if name not in row:
                continue
            pairs = zip(asked[kind], row["searchkit"]["counts"], row[name]["counts"], strict=True)
            found += [
                f"{kind} {question.words}: searchkit {ours:,}, {name} {theirs:,}"
                for question, ours, theirs in pairs
                if abs(ours - theirs) > max(2, _TOLERANCE * theirs)
            ]
    return found


def cold(index: Path, rounds: int = 15) -> dict[str, float]:
    """What does a command cost that starts from nothing?  Median milliseconds; the commands take turns."""
    commands = {**_COLD, "searchkit query": ["-m", "searchkit", "query", "reclamation", "--index", str(index)]}
    commands["searchkit query without hits"] = ["-m", "searchkit", "query", "reclamatoin", "--index", str(index)]
    commands["searchkit count"] = ["-m", "searchkit", "count", "reclamation", "--index", str(index)]
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, arguments in commands.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(each) for name, each in taken.items()}


def measure(source: Path, speeches: int, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Build and ask everything at one size."""
    corpus = folder / "corpus.jsonl"
    text_bytes = write_corpus(source, corpus, speeches, fresh=LIFELIKE if options.lifelike else HARSH)
    chosen = options.systems.split(",") if options.systems else list(SYSTEMS)
    names = [name for name in SYSTEMS if name in ("searchkit", *chosen) and speeches <= _SLOW.get(name, speeches)]
    left_out = {name: reason for name in names if (reason := SYSTEMS[name].missing())}
    for name, reason in left_out.items():
        print(f"{name} is left out: {reason}", file=sys.stderr)
    names = [name for name in names if name not in left_out]
    builds = {name: build(name, corpus, folder / name.replace(" ", "-")) for name in names}
    asked = questions(corpus, options.questions)
    table = ask({name: SYSTEMS[name](folder / name.replace(" ", "-")) for name in names}, asked)
    return {
        "speeches": speeches,
        "text_bytes": text_bytes,
        "builds": {name: asdict(each) for name, each in builds.items()},
        "queries": table,
        "disagreements": disagreements(table, asked),
        "cold": cold(folder / "searchkit"),
        "left_out": left_out,
    }


def show(figures: dict[str, Any]) -> None:
    """Print one size as a table in Markdown: searchkit in its units, the others as multiples of it."""
    builds, queries = figures["builds"], figures["queries"]
    names = list(builds)
    ours = builds["searchkit"]
    size, text = figures["speeches"], figures["text_bytes"]
    print(f"\n### {size:,} speeches, {text / 1e6:,.0f} MB of text\n")
    print("A multiple above 1 means that searchkit is faster or smaller.\n")
    print("| | searchkit | " + " | ".join(names[1:]) + " |")
    print("| --- |" + " ---: |" * len(names))

    def row(label: str, shown: str, multiples: list[str]) -> None:
        print(f"| {label} | {shown} | " + " | ".join(multiples) + " |")

    others = [builds[name] for name in names[1:]]
    speed = f"{size / ours['seconds']:,.0f} speeches/s, {text / 1e6 / ours['seconds']:.1f} MB/s"
    row("build", speed, [f"{each['seconds'] / ours['seconds']:.2f}x" for each in others])
    row("size", f"{ours['bytes'] / text:.2f} of the text", [f"{each['bytes'] / ours['bytes']:.2f}x" for each in others])
    peaks = [f"{each['peak_bytes'] / ours['peak_bytes']:.2f}x" for each in others]
    row("peak memory", f"{ours['peak_bytes'] / 1e6:,.0f} MB", peaks)
    for kind, measured in queries.items():
        base = measured["searchkit"]
        cells = [f"{measured[name]['ms'] / base['ms']:.2f}x" if name in measured else "–" for name in names[1:]]
        row(kind, f"{base['ms']:.2f} ms (p95 {base['p95']:.2f}, first {base['first_ms']:.2f})", cells)
    base = figures["cold"]["import click, numpy, whoosh.index"]
    print("\nCold, as multiples of `python -c 'import click, numpy, whoosh.index'`: ", end="")
    print(", ".join(f"{name} {taken / base:.2f}" for name, taken in figures["cold"].items()))
    for line in figures["disagreements"]:
        print(f"counts differ: {line}")


def main() -> None:
    if sys.argv[1:2] == ["--build"]:
        name, records, folder = sys.argv[2:]
        SYSTEMS[name].build(Path(records), Path(folder))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="JSONL of records: id, text, speaker, date …")
    parser.add_argument("--speeches", default="20000", help="sizes, separated by commas")
    parser.add_argument("--lifelike", action="store_true", help="let the vocabulary grow as that of debates does")
    parser.add_argument("--questions", type=int, default=50, help="of each kind")
    parser.add_argument("--systems", help=f"some of: {', '.join(SYSTEMS)}")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()
    all_figures = []
    for speeches in (int(size) for size in options.speeches.split(",")):
        folder = Path(tempfile.mkdtemp(prefix="searchkit-bench-"))
        try:
            figures = measure(options.records, speeches, options, folder)
        finally:
            shutil.rmtree(folder)
        show(figures)
        all_figures.append(figures)
    if options.json:
        options.json.write_text(json.dumps(all_figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
