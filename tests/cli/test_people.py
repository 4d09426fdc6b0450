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


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of a text, two copies of it, and another text."""
    folder = tmp_path_factory.mktemp("copied")
    text = "A word of peace. " + " ".join(f"word{number}" for number in range(60))
    records = [
        {"id": "b", "text": f"Share this. {text}", "date": "2024-05-02"},
        {"id": "a", "text": text, "date": "2024-05-01", "speaker": "Ada Lind"},
        {"id": "c", "text": text},
        {"id": "d", "text": "Another word of peace."},
    ]
    (folder / "r.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    index = str(folder / "index")
    assert run("build", str(folder / "r.jsonl"), "--index", index, "--jobs", "1")[0] == 0
    return index


def test_how_often_a_text_stands_is_said_with_the_hit(copied: str) -> None:
    out = run("query", "peace", "--index", copied)[1]
    assert out.splitlines()[0] == "4 speeches; 2 different texts"
    assert out.count("the same text on 2 other pages") == 3
    hits = json.loads(run("query", "peace", "--index", copied, "--json")[1])["hits"]
    assert {hit["id"]: hit["copies"] for hit in hits} == {"a": 2, "b": 2, "c": 2, "d": 0}


def test_copies_as_one_hit(copied: str) -> None:
    out = run("query", "peace group:copies", "--index", copied)[1]
    assert "the next" not in out
    assert out.count("the same text on 2 other pages") == 1
    assert "1 to 1 of 2" in run("query", "peace", "--group", "copies", "--limit", "1", "--index", copied)[1]


def test_show_tells_where_else_the_text_stands(copied: str) -> None:
    assert "copied in  b, c" in run("show", "a", "--index", copied)[1]
    shown = run("show", "b", "--index", copied)[1]
    assert "copy of  a" in shown
    assert "and in   c" in shown
    assert "cop" not in run("show", "d", "--index", copied)[1]
