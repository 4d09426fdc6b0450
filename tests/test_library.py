"""searchkit inside another program: what it exports, what it loads, how it behaves beside other processes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import searchkit

ROOT = Path(__file__).resolve().parents[1]
RECORDS = [
    {"id": "a", "speaker": "Anna Lind", "date": "2024-06-15", "text": "The Shusha Declaration is signed."},
    {"id": "b", "speaker": "Ada Okafor", "text": "Shusha is a town. A declaration is a promise."},
]


def run(code: str, folder: Path) -> str:
    """What does a program of its own print?"""
    script = folder / "program.py"
    script.write_text(textwrap.dedent(code), "utf-8")
    result = subprocess.run(
        [sys.executable, str(script)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_everything_promised_is_there() -> None:
    assert [name for name in searchkit.__all__ if not hasattr(searchkit, name)] == []
    assert len(set(searchkit.__all__)) == len(searchkit.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = searchkit.nonsense


def test_importing_it_loads_no_vendor(tmp_path: Path) -> None:
    loaded = run("import sys, searchkit\nprint(sorted(name.split('.')[0] for name in sys.modules))", tmp_path)
    for vendor in ("whoosh", "numpy", "click", "rich", "lxml", "bs4", "trafilatura", "dateutil", "Stemmer", "filelock"):
        assert f"'{vendor}'" not in loaded


def test_it_is_typed() -> None:
    assert Path(searchkit.__file__).with_name("py.typed").exists()


def test_from_a_module_without_a_main_guard(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number in range(40):
        (tmp_path / "pages" / f"{number}.txt").write_text(f"The port number {number} is open to all ships.", "utf-8")
    printed = run(
        """
        import searchkit
        print("once")
        report = searchkit.build(["pages"], index="index", options=searchkit.BuildOptions(jobs=2))
        print(report.speeches)
        with searchkit.open("index") as speeches:
            print(speeches.search("port").total)
        """,
        tmp_path,
    )
    assert printed.split() == ["once", "40", "40"]


def test_under_the_spawn_start_method(tmp_path: Path) -> None:
    printed = run(
        f"""
        import multiprocessing
        import searchkit

        def total(query):
            with searchkit.open("index") as speeches:
                return speeches.search(query).total

        if __name__ == "__main__":
            multiprocessing.set_start_method("spawn")
            searchkit.build({RECORDS!r}, index="index")
            with multiprocessing.Pool(2) as pool:
                print(pool.map(total, ["shusha", '"Shusha Declaration"']))
        """,
        tmp_path,
    )
    assert printed.strip() == "[2, 1]"


def test_results_travel_between_processes() -> None:
    results = searchkit.memory(RECORDS).search("Shusha Declaration", facets=["speaker"])
    assert pickle.loads(pickle.dumps(results)) == results
    assert [hit.speech.id for hit in results] == ["a", "b"]
    assert (results.total, results.phrase_total) == (2, 1)


def test_errors_are_one_tree() -> None:
    with pytest.raises(searchkit.SearchkitError) as caught:
        searchkit.memory(RECORDS).search("speeker:Lind")
    assert isinstance(caught.value, searchkit.QueryError)
    assert (caught.value.start, caught.value.end, caught.value.suggestions) == (0, 7, ("speaker",))
    with pytest.raises(searchkit.IndexMissing, match="searchkit build"):
        searchkit.open(ROOT / "no-such-index").search("x")
    with pytest.raises(searchkit.UsageError, match="record"):
        searchkit.memory([{"speaker": "nobody said anything"}])
