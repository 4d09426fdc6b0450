"""watch add, list, remove and run at the command line."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def ask(run: Run, index: Path, tmp_path: Path) -> Callable[..., Result]:
    return lambda *words: run(*words, SEARCHKIT_INDEX=str(index), SEARCHKIT_WATCHES=str(tmp_path / "watches"))


@pytest.fixture
def shusha(ask: Callable[..., Result]) -> None:
    assert ask("watch", "add", "shusha", '"Shusha Declaration"').exit_code == 0


def test_add_list_remove(ask: Callable[..., Result], shusha: None, tmp_path: Path) -> None:
    added = ask("watch", "add", "quiet", "ceasefire", "--from-now")
    assert added.stdout == f"saved quiet in {tmp_path / 'watches'}; 2 hits known\n"
    listed = json.loads(ask("watch", "list", "--json").stdout)
    assert [(item["name"], item["query"], item["hits"]) for item in listed["saved"]] == [
        ("quiet", "ceasefire", 2), ("shusha", '"Shusha Declaration"', None)
    ]  # fmt: skip
    assert '"Shusha Declaration"' in ask("watch", "list").stdout
    assert ask("watch", "remove", "quiet").exit_code == 0
    assert ask("watch", "remove", "quiet").exit_code == 2
    assert ask("watch", "add", "bad", "nofield:x").exit_code == 2


def test_run_tells_once(ask: Callable[..., Result], shusha: None) -> None:
    first = ask("watch", "run")
    assert first.exit_code == 0
    assert first.stdout.startswith("shusha: 1 new, 1 hit in all\n  speeches with the phrase")
    again = ask("watch", "run")
    assert (again.exit_code, again.stdout[:24]) == (0, "no news: 1 saved query, ")


def test_run_as_json_and_markdown(ask: Callable[..., Result], shusha: None, tmp_path: Path) -> None:
    digest = ask("watch", "run", "--markdown", "--atom", tmp_path / "news.atom").stdout
    assert "## shusha: 1 new\n" in digest
    assert "harbour.txt" in digest
    assert "shusha: 1 new" in (tmp_path / "news.atom").read_text("utf-8")
    told = json.loads(ask("watch", "run", "--json").stdout)
    assert (told["reports"], told["quiet"], told["failed"]) == ([], ["shusha"], [])
    assert ask("watch", "run", "--json", "--markdown").exit_code == 2


def test_run_tells_a_command(ask: Callable[..., Result], shusha: None, tmp_path: Path) -> None:
    heard = tmp_path / "heard.json"
    program = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    command = shlex.join([sys.executable, "-c", program, str(heard)])
    assert ask("watch", "run", "--json", "--exec", command).exit_code == 0
    (report,) = json.loads(heard.read_text("utf-8"))["reports"]
    assert (report["name"], [hit["id"] for hit in report["new"]]) == ("shusha", ["harbour.txt"])
    assert ask("watch", "run", "--json", "--exec", command).exit_code == 0
    json.loads(heard.read_text("utf-8"))  # no news, no second document


@pytest.mark.parametrize(
    ("option", "value"),
    [("--exec", ""), ("--exec", '"'), ("--atom", ""), ("--atom", "no/feed.atom"), ("--watches", "")],
)
def test_what_can_never_be_told_to_is_an_error_at_once(ask: Callable[..., Result], option: str, value: str) -> None:
    result = ask("watch", "run", option, value)
    assert (result.exit_code, option in result.stderr) == (2, True)


@pytest.mark.parametrize("command", [shlex.join([sys.executable, "-c", "raise SystemExit(3)"]), "no-such-command"])
def test_what_could_not_be_told_is_told_by_the_next_run(ask: Callable[..., Result], shusha: None, command: str) -> None:
    failed = ask("watch", "run", "--exec", command)
    assert failed.exit_code == 74
    assert "wait for the next run" in failed.stderr
    told = json.loads(ask("watch", "run", "--json").stdout)["reports"]
    assert [(report["name"], report["again"], len(report["new"])) for report in told] == [("shusha", True, 1)]


def test_nothing_is_saved(ask: Callable[..., Result]) -> None:
    assert "save one: searchkit watch add" in ask("watch", "list").stdout
    assert ask("watch", "run").exit_code == 0
    assert ask("watch", "run", "nope").exit_code == 2
