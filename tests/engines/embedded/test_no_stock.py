"""No matcher, collector or segment of Whoosh's own takes part in an answer: they are barred while answers are made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import searchkit
from searchkit.sample import pages

QUERIES = (
    "declaration",
    '"rule of law" OR peace',
    "declaration -geneva",
    "ceas* date:2020..2024",
    "peace~1 OR law",
    "rule NEAR/5 law",
    '"of the"',
)
BARRED = """
import importlib.abc, sys

BARRED = ("whoosh.collectors", "whoosh.codec.whoosh3", "whoosh.searching", "whoosh.scoring")

class Bar(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in BARRED:
            raise ImportError(f"{name} takes part in an answer")

sys.meta_path.insert(0, Bar())
assert not set(BARRED) & set(sys.modules)

import whoosh.matching

def refuse(self, *arguments, **options):
    raise AssertionError(f"a matcher of Whoosh takes part in an answer: {type(self).__name__}")

matchers = [item for item in vars(whoosh.matching).values() if isinstance(item, type)]
matchers = [item for item in matchers if issubclass(item, whoosh.matching.mcore.Matcher)]
assert len(matchers) > 15
for matcher in matchers:
    matcher.__init__ = refuse
"""
ASK = """
import searchkit

index, *queries = sys.argv[1:]
with searchkit.open(index) as speeches:
    for query in queries:
        for sort in ("relevance", "newest"):
            results = speeches.search(query, facets=["speaker"], sort=sort)
        assert all(hit.snippets for hit in results.hits), query
        print(results.total)
"""
STOCK = """
from pathlib import Path
from whoosh.index import open_dir
from whoosh.query import Term

[generation] = (Path(sys.argv[1]) / "generations").iterdir()
open_dir(generation, indexname="MAIN").searcher().search(Term("text", "peace"))
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("stock") / "index"
    searchkit.build([str(pages())], index=place)
    return place


def run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)


def test_answers_are_made_without_whooshs_matchers_collectors_and_segments(index: Path) -> None:
    barred, free = (run(program, str(index), *QUERIES) for program in (BARRED + ASK, "import sys\n" + ASK))
    assert barred.stderr == ""
    assert barred.stdout == free.stdout
    assert len(barred.stdout.split()) == len(QUERIES)
    assert "0" not in barred.stdout.split()


def test_whooshs_own_searcher_is_barred_by_the_same_hook(index: Path) -> None:
    assert "takes part in an answer" in run(BARRED + STOCK, str(index)).stderr
    assert run("import sys\n" + STOCK, str(index)).stderr == ""
