"""Logs, metrics and the nightly script: what a scheduler and a monitoring system see."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = re.compile(r'^(searchkit_[a-z_]+)\{((?:[a-z]+="(?:[^"\\]|\\.)*",?)*)\} (\S+)$')


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text('{"id": "a", "text": "Peace words."}\n{"id": "b", "text": ""}\n')
    return path


def samples(path: Path) -> dict[str, float]:
    """name or name/label -> value; every line must be a comment or a sample."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(("# HELP searchkit_", "# TYPE searchkit_")):
            continue
        match = SAMPLE.match(line)
        assert match is not None, line
        labels = [label for label in re.findall(r'([a-z]+)="((?:[^"\\]|\\.)*)"', match[2]) if label[0] != "index"]
        found["/".join([match[1], *(value for _, value in labels)])] = float(match[3])
    return found


def test_the_log_of_a_build(run: Run, records: Path, tmp_path: Path) -> None:
    result = run("build", records, "--index", tmp_path / "i", "--log-json")
    assert (result.exit_code, result.stdout) == (0, "")
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert all(line["time"] and line["level"] for line in lines)
    events = [line["event"] for line in lines]
    assert (events[0], events[-1], events.count("skipped")) == ("started", "published", 1)
    assert [line["stage"] for line in lines if line["event"] == "stage"][-3:] == ["compare", "check", "publish"]
    [skipped] = [line for line in lines if line["event"] == "skipped"]
    assert (skipped["reason"], skipped["count"], skipped["pages"]) == ("record without text", 1, ["records.jsonl#2"])
    assert lines[-1]["pages"]["added"] == 1
    assert set(lines[-1]["stages"]) >= {"read", "write", "check"}


@pytest.mark.parametrize("words", [["nowhere"], ["--jobs", "none"]])
def test_the_log_of_a_failure(run: Run, tmp_path: Path, words: list[str]) -> None:
    result = run("build", *words, "--index", tmp_path / "i", "--log-json")
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert (lines[-1]["event"], lines[-1]["level"], lines[-1]["exit_status"]) == ("failed", "error", 2)
    assert result.exit_code == 2


def test_metrics_of_success_and_of_failure(run: Run, records: Path, tmp_path: Path) -> None:
    file = tmp_path / "searchkit.prom"
    assert run("build", records, "--index", tmp_path / "i", "--metrics", file, "--json").exit_code == 0
    told = samples(file)
    assert told["searchkit_build_success"] == 1
    assert told["searchkit_build_pages/added"] == 1
    assert told["searchkit_build_skipped_pages/record without text"] == 1
    assert told["searchkit_generation_speeches"] == 1
    assert 0 <= told["searchkit_generation_age_seconds"] < 600
    assert told["searchkit_build_stage_seconds/read"] >= 0
    created = told["searchkit_generation_created_timestamp_seconds"]
    records.write_text("")
    assert run("build", "--index", tmp_path / "i", "--metrics", file, "--json").exit_code == 5
    told = samples(file)
    assert (told["searchkit_build_success"], told["searchkit_build_exit_status"]) == (0, 5)
    assert told["searchkit_generation_created_timestamp_seconds"] == created
    assert "searchkit_build_pages/added" not in told
    assert [path.name for path in tmp_path.iterdir() if "prom" in path.name] == ["searchkit.prom"]


def test_metrics_that_cannot_be_written(run: Run, records: Path, tmp_path: Path) -> None:
    metrics = tmp_path / ("x" * 252)  # what is written beside it first has too long a name
    result = run("build", records, "--index", tmp_path / "i", "--metrics", metrics, "--json")
    assert result.exit_code == 74
    assert "the metrics cannot be written" in result.stderr
    assert run("check", "--index", tmp_path / "i").exit_code == 0


@pytest.mark.parametrize(
    ("metrics", "told"),
    [("", "the name of a file is missing"), (".", ". is a folder; name a file in it"), ("no/m.prom", "no folder no")],
)
def test_a_file_for_metrics_that_can_never_be_is_told_before_the_build(
    run: Run, records: Path, tmp_path: Path, metrics: str, told: str
) -> None:
    result = run("build", records, "--index", tmp_path / "i", "--metrics", metrics)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert "--metrics" in result.stderr
    assert not (tmp_path / "i").exists()


@pytest.mark.parametrize("size", ["2", "G", "-1G", "1.5G", "60M"])
def test_amounts_of_memory(run: Run, records: Path, tmp_path: Path, size: str) -> None:
    assert run("build", records, "--index", tmp_path / "i", "--memory", size).exit_code == 2


@pytest.mark.parametrize(
    "problem",
    [MemoryError(), RuntimeError("can't start new thread"), ImportError("x.so: failed to map segment")],
    ids=repr,
)
def test_too_little_memory(
    run: Run, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def finish(*_: object) -> None:
        raise problem

    monkeypatch.setattr("searchkit.indexing.building.Intake.finish", finish)
    result = run("build", records, "--index", tmp_path / "i")
    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr == "Error: nothing was published: there is not enough memory; raise --memory\n"
    assert not list((tmp_path / "i").glob("generations/*"))


def night(index: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = index.parent / "searchkit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m searchkit "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "SEARCHKIT": str(program), "SEARCHKIT_INDEX": str(index), "PYTHONPATH": str(ROOT)}
    command = [str(ROOT / "scripts" / "nightly"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the script is for bash")
def test_the_nightly_script(run: Run, records: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert night(index).returncode == 2  # nothing remembered, nothing given
    first = night(index, str(records), "--metrics", str(tmp_path / "m.prom"), "--", "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["reports"] == []
    assert json.loads(first.stderr.splitlines()[-1])["event"] == "published"
    assert (tmp_path / "m.prom").exists()
    assert run("watch", "add", "peace", "peace", "--index", index).exit_code == 0
    second = night(index, "--", "--atom", str(tmp_path / "news.atom"))
    assert second.returncode == 0, second.stderr
    assert second.stdout.startswith("peace: 1 new, 1 hit in all\n")
    assert "peace: 1 new" in (tmp_path / "news.atom").read_text("utf-8")
    records.write_text("")
    assert night(index).returncode == 5


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in (ROOT / "scripts" / "systemd").iterdir():
        text = unit.read_text("utf-8").replace("/opt/searchkit", str(ROOT))
        (tmp_path / unit.name).write_text(text.replace("User=searchkit\n", ""))
    units = [str(path) for path in sorted(tmp_path.glob("searchkit.*"))]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_check_without_memory_lays_nothing_to_the_disk(run: Run, records: Path, tmp_path: Path) -> None:
    """A file that cannot be mapped for want of room is as it was written."""
    import errno

    from searchkit import held

    run("build", records, "--index", tmp_path / "i")

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(held.mmap, "mmap", refused)
        result = run("check", "--deep", "--index", tmp_path / "i")
    assert (result.exit_code, result.stderr) == (74, "Error: there is not enough memory\n")
