"""show, inspect, facets, count, stats, demo, and the program around them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from searchkit.version import VERSION

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def test_show(run: Run, index: Path) -> None:
    result = run("show", "harbour.txt", "--index", index)
    assert result.exit_code == 0
    assert '"The Shusha Declaration is kept, and the ceasefire holds," Lind said.' in result.stdout
    whole = json.loads(run("show", "harbour.txt", "--index", index, "--json").stdout)
    assert whole["text"][whole["quotes"][0]["start"] : whole["quotes"][0]["end"]] == whole["quotes"][0]["text"]


def test_show_of_a_vanished_id_names_what_is_near(run: Run, index: Path) -> None:
    result = run("show", "sitting.txt#00000000", "--index", index)
    assert result.exit_code == 1
    assert "near it: sitting.txt#" in result.stderr


def test_inspect(run: Run, pages: Path) -> None:
    page = "date 2024-06-15 + ↺ − 16 px\n\nMayor Anna Lind said this at the opening.\n"
    screen = run("inspect", "-", input=page)
    assert "font-size widget" in screen.stdout
    shape = json.loads(run("inspect", "-", "--json", input=page).stdout)
    assert set(shape) >= {"page", "title", "date", "source", "language", "text", "removed", "speeches"}
    assert shape["date"] == "2024-06-15"
    assert shape["removed"] == [{"text": "date 2024-06-15 + ↺ − 16 px", "rule": "font-size widget"}]
    assert shape["speeches"][0]["speaker"] == "Anna Lind"
    lines = run("inspect", pages, "--jsonl").stdout.splitlines()
    assert [json.loads(line)["page"] for line in lines] == ["harbour.txt", "r1", "sitting.txt"]


def test_facets_and_count(run: Run, index: Path) -> None:
    facets = json.loads(run("facets", "--by", "speaker", "shusha", "--index", index, "--json").stdout)
    count = json.loads(run("count", "shusha", "--index", index, "--json").stdout)
    assert list(count) == ["query", "understood", "total", "pages", "forms"]
    assert sum(value["count"] for value in facets["speaker"]["values"]) == count["total"] == 3
    assert run("count", "zeppelin", "--index", index).exit_code == 1


def test_forms_are_counted(run: Run, index: Path) -> None:
    forms = json.loads(run("count", "ceasefire", "--index", index, "--json").stdout)["forms"]
    assert forms == [{"form": "ceasefire", "count": 1}, {"form": "cease fire", "count": 1}]


def test_stats(run: Run, index: Path) -> None:
    stats = json.loads(run("stats", "--index", index, "--json").stdout)
    assert (stats["speeches"], stats["pages"]) == (4, 3)
    assert run("stats", "--index", index).exit_code == 0


def test_demo(run: Run, tmp_path: Path) -> None:
    result = run("demo", "--index", tmp_path / "demo")
    assert result.exit_code == 0
    assert "have the exact phrase" in result.stdout
    refused = run("demo", "--index", tmp_path / "i", SEARCHKIT_INDEX=str(tmp_path / "i"))
    assert refused.exit_code == 2


def test_program(run: Run) -> None:
    assert run("--version").stdout == f"searchkit {VERSION}\n"
    for command in ("build", "query", "show", "inspect", "facets", "count", "stats", "demo"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Examples:" in result.stdout
    assert run("serach").exit_code == 2


def test_a_fault_of_ours_is_a_sentence(run: Run, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import searchkit

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(searchkit, "open", broken)
    result = run("query", "shusha", "--index", index)
    assert result.exit_code == 70
    assert "please report it: ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_is_quick_because_it_loads_little() -> None:
    code = "import sys, searchkit.cli as c; c.main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True
    ).stdout
    for vendor in ("whoosh", "numpy", "lxml", "trafilatura", "Stemmer", "bs4"):
        assert f"'{vendor}'" not in loaded


def test_as_a_module(index: Path) -> None:
    words = [sys.executable, "-m", "searchkit", "count", "shusha", "--index", str(index)]
    result = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.splitlines()[0]) == (0, "3 speeches")


def test_a_closed_pipe_is_quiet(index: Path) -> None:
    search = f'"{sys.executable}" -m searchkit query shusha --jsonl --index "{index}"'
    line = f'{search} | head -c 1 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    result = subprocess.run(["bash", "-c", line], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (result.stdout.strip(), result.stderr) == ("0", "")


def test_an_interrupted_build(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text(f"The port number {number} is open to all ships.", "utf-8")
    index = tmp_path.parent / f"{tmp_path.name}-i"
    words = [sys.executable, "-m", "searchkit", "build", str(tmp_path), "--index", str(index)]
    process = subprocess.Popen(
        words,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background have Ctrl-C ignored, and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while process.poll() is None and not (index / "build.holder").exists():
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "Error: interrupted"
    assert not (index / "current").exists()


@pytest.mark.parametrize("early", ["searchkit.cli", "click"])
def test_ctrl_c_while_the_program_is_still_being_loaded(early: str) -> None:
    program = f"""
import os, signal, sys

class Pressed:
    def find_spec(self, name, *_):
        if name == {early!r}:
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Pressed())
from searchkit.__main__ import main
sys.argv = ["searchkit", "--version"]
main()
"""
    done = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("words", [("generations",), ("rollback",), ("prune",), ("release",)])
def test_an_index_that_is_a_file_is_no_index(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("mine")
    result = run(*words, "--index", tmp_path / "file")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"Error: no index at {tmp_path / 'file'}; build one: ")
    assert (tmp_path / "file").read_text() == "mine"
