"""removed: what the cleaner cut, found again; and rules of the user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from searchkit.cli import main

PAGES = {
    "a.txt": "Share on Facebook\n\nThe port of Şuşa is open.\n\n© 2024 Ledger. All rights reserved.\n",
    "b.txt": "Ledger staff, Şuşa\n\nNobody wept at the port.\n\nTags: port, sea\n",
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / name).write_text(text, "utf-8")
    return tmp_path / "pages"


def ask(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_cuts_are_found_by_their_words_and_rules(pages: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert ask("build", pages, "--index", index).exit_code == 0
    everything = json.loads(ask("removed", "--index", index, "--json").stdout)
    assert everything["total"] == 3
    assert [(part["page"], part["rule"]) for part in everything["removed"]] == [
        ("a.txt", "share"),
        ("a.txt", "copyright"),
        ("b.txt", "tags"),
    ]
    assert "[copyright] © 2024 Ledger." in ask("removed", "RESERVED", "ledger", "--index", index).stdout
    assert json.loads(ask("removed", "--rule", "tags", "--index", index, "--json").stdout)["total"] == 1
    assert ask("removed", "reserve", "--index", index).exit_code == 1
    assert "1 of 3" in ask("removed", "--limit", 1, "--index", index).stdout
    assert len(json.loads(ask("removed", "--limit", 10**30, "--index", index, "--json").stdout)["removed"]) == 3


def test_a_rules_file_is_remembered_and_its_change_makes_pages_anew(pages: Path, tmp_path: Path) -> None:
    index, rules = tmp_path / "index", tmp_path / "rules.toml"
    rules.write_text("[staff]\npattern = 'ledger staff, .+'\n", "utf-8")
    assert ask("build", pages, "--index", index, "--rules", rules).exit_code == 0
    assert json.loads(ask("removed", "susa", "--index", index, "--json").stdout)["removed"] == [
        {"page": "b.txt", "rule": "staff", "text": "Ledger staff, Şuşa"}
    ]
    rules.write_text("[writers]\npattern = 'ledger staff, .+'\n", "utf-8")
    assert ask("build", "--index", index).exit_code == 0
    assert json.loads(ask("removed", "susa", "--index", index, "--json").stdout)["removed"][0]["rule"] == "writers"


def test_a_bad_rules_file_is_refused_before_anything_is_written(pages: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("[staff]\npattern = '('\n", "utf-8")
    result = ask("build", pages, "--index", tmp_path / "index", "--rules", rules)
    assert result.exit_code == 2
    assert "no regular expression" in result.stderr
    assert not (tmp_path / "index").exists()
    assert ask("inspect", pages / "a.txt", "--rules", rules).exit_code == 2


def test_inspect_shows_cuts_where_they_stood(pages: Path) -> None:
    lines = [line.strip() for line in ask("inspect", pages / "a.txt").stdout.splitlines()]
    share, port, rights = (
        next(place for place, line in enumerate(lines) if start in line)
        for start in ("[share]", "The port of", "[copyright]")
    )
    assert share < port < rights


def test_inspect_tells_blocks_that_recur(tmp_path: Path) -> None:
    (tmp_path / "sitting").mkdir()
    for number in range(5):
        (tmp_path / "sitting" / f"{number}.txt").write_text(f"Nobody wept {number}.\n\nQuestion put, and agreed to.\n")
    result = ask("inspect", tmp_path)
    assert '"Question put, and agreed to." (5 of 5)' in result.stderr
    assert "Question put" not in json.loads(ask("inspect", tmp_path, "--jsonl").stdout.splitlines()[0])["removed"]
