"""searchkit speakers and searchkit quotes: screens, data, statuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchkit.cli import main
from searchkit.sample import pages


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    index = tmp_path_factory.mktemp("people") / "index"
    assert CliRunner().invoke(main, ["build", str(pages()), "--index", str(index), "--jobs", "1"]).exit_code == 0
    return str(index)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_quotes_on_a_screen(index: str) -> None:
    status, out, _ = run("quotes", "declaration", "--index", index)
    assert status == 0
    assert out.splitlines()[0].endswith("speeches") or out.splitlines()[0].endswith("speech")
    assert "“" in out


def test_quotes_as_data_agree(index: str) -> None:
    answer = json.loads(run("quotes", "declaration", "--index", index, "--json")[1])
    assert list(answer) == ["query", "understood", "total", "speeches", "people", "quotes"]
    assert answer["total"] == sum(person["count"] for person in answer["people"]) > 0
    rows = list(csv.DictReader(io.StringIO(run("quotes", "declaration", "--index", index, "--csv")[1], newline="")))
    assert [row["text"] for row in rows] == [quote["text"] for quote in answer["quotes"]]
    for quote in answer["quotes"]:
        shown = json.loads(run("show", quote["id"], "--index", index, "--json")[1])
        assert shown["text"][quote["start"] : quote["end"]] == quote["text"]
        assert all("clar" in quote["text"][start:end].lower() for start, end in quote["highlights"])


def test_nothing_quoted(index: str) -> None:
    status, out, err = run("quotes", "xyzzy", "--speaker", "nobody at all", "--index", index)
    assert status == 1
    assert out.startswith("0 quotations in 0 speeches")
    assert err == ""


def test_who_speaks_but_is_not_quoted_so_is_said(index: str) -> None:
    roll = json.loads(run("speakers", "--index", index, "--json")[1])["labels"]
    quoted = {entry["speaker"] for entry in roll if entry["quotes"]}
    [name, *_] = [entry["speaker"] for entry in roll if entry["speeches"] and entry["speaker"] not in quoted]
    status, _, err = run("quotes", "--speaker", name, "--index", index)
    assert status == 1
    assert f"--speaker {name!r}" in err


def test_speakers(index: str) -> None:
    status, out, _ = run("speakers", "--index", index)
    assert status == 0
    assert "not resolved" in out.splitlines()[0]
    answer = json.loads(run("speakers", "hasanova", "--index", index, "--json")[1])
    assert answer["labels"][0]["speaker"] == "Leyla Hasanova"
    assert answer["total"] == len(answer["labels"])
    rows = list(csv.DictReader(io.StringIO(run("speakers", "--csv", "--index", index)[1], newline="")))
    assert list(rows[0]) == ["label", "speaker", "resolved", "why", "speeches", "quotes"]
    assert run("speakers", "xyzzy", "--index", index)[0] == 1


def test_unresolved_labels_alone(index: str) -> None:
    answer = json.loads(run("speakers", "--unresolved", "--index", index, "--json")[1])
    assert all(not entry["resolved"] for entry in answer["labels"])


def test_a_wrong_speakers_file_is_a_clear_mistake(tmp_path: Path) -> None:
    (tmp_path / "speakers.toml").write_text("[[speaker]]\nnam = 'A'\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("A word.", encoding="utf-8")
    status, _, err = run("build", str(tmp_path), "--index", str(tmp_path / "index"))
    assert status == 2
    assert "speaker 1: there is no 'nam' (did you mean name?)" in err
    assert not (tmp_path / "index" / "current").exists()
