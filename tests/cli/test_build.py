from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_the_summary(run: Run, pages: Path, tmp_path: Path) -> None:
    result = run("build", pages, "--index", tmp_path / "i")
    assert result.exit_code == 0
    assert result.stdout.startswith("4 speeches from 3 pages")
    assert f"index       {tmp_path / 'i'}" in result.stdout
    assert "\x1b" not in result.output


def test_json(run: Run, pages: Path, tmp_path: Path) -> None:
    result = run("build", pages, "--index", tmp_path / "i", "--json")
    report = json.loads(result.stdout)
    assert set(report) >= {"generation", "index", "pages", "speeches", "skipped", "seconds"}
    assert report["speeches"] == 4
    assert report["index"] == str(tmp_path / "i")
    assert report["pages"] == {
        "read": 3, "added": 3, "changed": 0, "unchanged": 0, "withdrawn": 0, "stale": 0, "skipped": 0,
    }  # fmt: skip
    again = json.loads(run("build", "--index", tmp_path / "i", "--json").stdout)
    assert (again["pages"]["unchanged"], again["pages"]["added"]) == (3, 0)


def test_skipped_pages_are_counted_and_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A word.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.xyz").write_bytes(b"MZ\0\0")
    words = ("build", tmp_path, "--index", tmp_path.parent / f"{tmp_path.name}-i")
    result = run(*words)
    assert result.exit_code == 0
    assert "2 pages skipped" in result.stdout
    assert "empty file" in result.stdout
    assert "b.txt" in result.stdout
    assert "unknown suffix .xyz" in result.stdout
    strict = run(*words, "--strict")
    assert strict.exit_code == 5


@pytest.mark.parametrize("words", [["/no/such/folder"], ["-x", "y"], []])
def test_what_cannot_be_built(run: Run, tmp_path: Path, words: list[str]) -> None:
    result = run("build", *words, "--index", tmp_path / "i")
    assert result.exit_code in (2, 5)
    assert result.stderr
    assert not result.stdout
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "i" / "current").exists()


def test_another_source_is_refused(run: Run, pages: Path, tmp_path: Path) -> None:
    index = tmp_path / "i"
    run("build", pages, "--index", index)
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text("Other words about other things.", "utf-8")
    refused = run("build", other, "--index", index)
    assert refused.exit_code == 5
    assert str(pages) in refused.stderr
    assert "--replace" in refused.stderr
    assert "--add" in refused.stderr
    assert run("count", "shusha", "--index", index).stdout.startswith("3 speeches")
    assert run("build", other, "--add", "--index", index).exit_code == 0
    assert run("count", "things", "--index", index).stdout.startswith("1 speech")
    assert run("count", "shusha", "--index", index).stdout.startswith("3 speeches")


def test_a_foreign_folder_is_refused(run: Run, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine", "utf-8")
    result = run("build", pages, "--index", tmp_path)
    assert result.exit_code == 5
    assert "thesis.doc" in result.stderr


def test_standard_input(run: Run, tmp_path: Path) -> None:
    assert run("build", "-", "--index", tmp_path / "i", input="A speech about ports.").exit_code == 0
    assert run("count", "ports", "--index", tmp_path / "i").stdout.startswith("1 speech")


def test_a_file_is_not_built_upon(run: Run, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("build", pages, "--index", tmp_path / "file")
    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr == f"Error: {tmp_path / 'file'} is a file; name a folder for the index with --index\n"
    assert (tmp_path / "file").read_text() == "mine"
