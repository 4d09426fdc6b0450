"""How long does each count of words in use take in one warm process, and how much memory does it need?

    python tests/benchmarks/words.py INDEX [WORD...] [--rounds N]

Without WORD: a frequent one and the most frequent, `government` and `the`.  Each question is asked once, which fills
what is kept, then N times; told are the first, the median of the others, both in milliseconds of processor time so that
a busy machine changes little, and the highest memory that the process has had so far.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator

import searchkit

Ask = Callable[[], object]


def questions(speeches: searchkit.Searcher, word: str) -> Iterator[tuple[str, Ask]]:
    """What is asked about one word."""
    query = f'"{word}"'
    yield "kwic", lambda: speeches.kwic(query)
    yield "kwic, by the right", lambda: speeches.kwic(query, sort="right")
    yield "trend", lambda: speeches.trend(query)
    yield "trend by speaker", lambda: speeches.trend(query, "speaker")
    yield "facets", lambda: speeches.facets(query, ["speaker", "year", "venue"])
    yield "freq", lambda: speeches.freq(query)
    yield "collocates", lambda: speeches.collocates(query)
    yield "keyness", lambda: speeches.keyness(query)
    yield "ngrams", lambda: speeches.ngrams(query)
    yield "first", lambda: speeches.first(word)


def measured(ask: Ask, rounds: int) -> tuple[float, float]:
    """Milliseconds of the processor: the first time, and the median of the others."""
    times = []
    for _ in range(rounds + 1):
        started = time.process_time()
        ask()
        times.append((time.process_time() - started) * 1000)
    return times[0], statistics.median(times[1:])


def peak() -> int:
    """Megabytes of memory that the process has had at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("index", metavar="INDEX")
    arguments.add_argument("words", metavar="WORD", nargs="*", default=["government", "the"])
    arguments.add_argument("--rounds", type=int, default=5)
    asked = arguments.parse_args()
    with searchkit.open(asked.index) as speeches:
        print(f"{len(speeches):,} speeches, {peak()} MB once open")
        for word in asked.words:
            found = speeches.kwic(f'"{word}"', limit=0)
            print(f"\n{word}: {found.total:,} occurrences in {found.speeches:,} speeches")
            print(f"{'':20}{'first, ms':>10}{'warm, ms':>10}{'peak, MB':>10}")
            for name, ask in questions(speeches, word):
                first, warm = measured(ask, asked.rounds)
                print(f"{name:20}{first:10.0f}{warm:10.0f}{peak():10}", flush=True)


if __name__ == "__main__":
    main()
