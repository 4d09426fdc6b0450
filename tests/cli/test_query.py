from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_the_screen(run: Run, index: Path) -> None:
    result = run("query", "Shusha Declaration", "--index", index, "--facet", "speaker")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "1 speech has the exact phrase, 2 have both words"
    assert lines[1].startswith("speeches with the words Shusha and Declaration")
    assert lines[3].strip().startswith("1  Anna Lind · Mayor")
    assert "quoted Anna Lind: " in result.stdout
    assert "speaker" in lines


def test_words_may_come_apart(run: Run, index: Path) -> None:
    together = run("query", "Shusha Declaration", "--index", index).stdout
    assert run("query", "Shusha", "Declaration", "--index", index).stdout == together
    assert run("query", "-", "--index", index, input="Shusha Declaration\n").stdout == together


def test_phrase(run: Run, index: Path) -> None:
    result = run("query", "-p", "Shusha", "Declaration", "--index", index)
    assert result.stdout.splitlines()[:2] == ["1 speech", 'speeches with the phrase "Shusha Declaration"']


def test_json(run: Run, index: Path) -> None:
    answer = json.loads(run("query", '"Shusha Declaration"', "--index", index, "--json", "--facet", "speaker").stdout)
    assert list(answer)[:7] == ["query", "understood", "total", "pages", "originals", "phrase_total", "forms"]
    assert (answer["total"], answer["pages"], answer["originals"]) == (1, 1, 1)
    [hit] = answer["hits"]
    assert (hit["speaker"], hit["role"], hit["venue"], hit["event"]) == (
        "Anna Lind", "Mayor", ["Shusha"], "Ports of the North",
    )  # fmt: skip
    [snippet] = hit["snippets"]
    [[start, end]] = snippet["highlights"]
    assert snippet["text"][start:end] == "Shusha Declaration"
    assert snippet["voice"] == "quoted Anna Lind"
    assert answer["facets"]["speaker"] == {
        "values": [{"value": "Anna Lind", "label": "Anna Lind", "count": 1, "selected": False}], "truncated": False,
    }  # fmt: skip


def test_jsonl_and_csv(run: Run, index: Path) -> None:
    lines = run("query", "shusha", "--index", index, "--jsonl").stdout.splitlines()
    assert len([json.loads(line)["id"] for line in lines]) == 3
    result = run("query", "shusha", "--index", index, "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert {row["speaker"] for row in rows} == {"Anna Lind", "Mr Chiam", "Ada Okafor"}
    assert "formula" in result.stderr


def test_paging_has_one_total(run: Run, index: Path) -> None:
    pages = [
        json.loads(run("query", "shusha", "--index", index, "--json", "--limit", "1", "--offset", str(n)).stdout)
        for n in range(4)
    ]
    assert {page["total"] for page in pages} == {3}
    assert len({hit["id"] for page in pages for hit in page["hits"]}) == 3


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (["--speaker", "lind"], 1),
        (["--speaker", "lind", "--speaker", "chiam"], 2),
        (["--from", "2024"], 1),
        (["--to", "2023"], 0),
        (["--venue", "shusha"], 1),
    ],
)
def test_filters(run: Run, index: Path, options: list[str], total: int) -> None:
    result = run("query", "shusha", *options, "--index", index, "--json")
    assert json.loads(result.stdout)["total"] == total
    assert result.exit_code == (0 if total else 1)


def test_nothing_found_is_explained(run: Run, index: Path) -> None:
    result = run("query", "shusha", "zeppelin", "--index", index)
    assert result.exit_code == 1
    assert "zeppelin" in result.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("query", "pointed", "advice"),
    [
        ("speeker:lind", "^^^^^^^", "try: speaker:lind"),
        ('"shusha', "^", "never closed"),
        ("shusha AND", "^^^", "nothing behind it"),
        ("()", "^^", "nothing in these brackets"),
        ("date:2024-13", "^^^^^^^", "no such date"),
        ("...", "^^^", "no word"),
        ("", None, "empty"),
        ("port " * 2000, "^", "1,000 clauses"),
    ],
)
def test_mistakes_are_pointed_at(run: Run, index: Path, query: str, pointed: str | None, advice: str) -> None:
    result = run("query", "--index", index, "--", query)
    assert result.exit_code == 2
    assert advice in result.stderr
    assert pointed is None or pointed in result.stderr
    assert not result.stdout


def test_a_mistake_in_json(run: Run, index: Path) -> None:
    result = run("query", "speeker:lind", "--index", index, "--json")
    error = json.loads(result.stderr)
    assert (result.exit_code, error["error"], error["exit_status"]) == (2, "query", 2)
    assert (error["start"], error["end"], error["suggestions"]) == (0, 7, ["speaker"])


def test_a_word_that_looks_like_an_option(run: Run, index: Path) -> None:
    result = run("query", "--index", index, "shusha", "-declaration")
    assert result.exit_code == 2
    assert "there is no option -declaration" in result.stderr
    assert "put -- before the query" in result.stderr
    assert run("query", "--index", index, "--", "shusha", "-declaration").stdout.startswith("1 speech")


def test_no_escape_sequence_reaches_the_terminal(run: Run, index: Path) -> None:
    for words in (["red"], ["\x1b[31mshusha"], ['"\x1b]0;x\x07']):
        assert "\x1b" not in run("query", "--index", index, "--", *words).output


def test_no_index(run: Run, tmp_path: Path) -> None:
    result = run("query", "shusha", SEARCHKIT_INDEX=str(tmp_path / "none"))
    assert result.exit_code == 3
    assert str(tmp_path / "none") in result.stderr
    assert "searchkit build" in result.stderr
