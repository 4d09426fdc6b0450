"""generations, rollback, release, prune, check and changes at the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def nights(run: Run, tmp_path: Path) -> list[str]:
    """Two nights over three records: one is edited, one withdrawn, one new.  The ids of the generations."""
    records = tmp_path / "records.jsonl"
    ids = []
    for texts in ({"a": "The cease-fire holds.", "b": "Gone."}, {"a": "The truce holds.", "c": "Come."}):
        lines = ({"id": id, "text": text, "source": "Gazette"} for id, text in texts.items())
        records.write_text("".join(json.dumps(line) + "\n" for line in lines))
        result = run("build", records, "--index", tmp_path / "index", "--json")
        ids.append(json.loads(result.stdout)["generation"])
    return ids


@pytest.fixture
def ask(run: Run, tmp_path: Path, nights: list[str]) -> Callable[..., Result]:
    return lambda *words: run(*words, "--index", tmp_path / "index")


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_changes(ask: Callable[..., Result], nights: list[str]) -> None:
    shown = ask("changes")
    assert shown.exit_code == 0
    assert shown.stdout == (
        f"1 new, 1 withdrawn, 1 changed, from {nights[0]} to {nights[1]}\n"
        "  Gazette  1 new, 1 withdrawn, 1 changed\n\n"
        "changed: 1 speech\n  a\n    The[- cease-fire-]{+ truce+} holds.\n\n"
        "withdrawn: 1 speech\n  b\n\n"
        "new: 1 speech\n  c\n"
    )


def test_changes_as_json(ask: Callable[..., Result], nights: list[str]) -> None:
    found = answer(ask("changes", "--json"))
    assert found == answer(ask("changes", "--since", nights[0], "--json"))
    assert (found["new"], found["changed"], found["withdrawn"]) == (["c"], ["a"], ["b"])
    assert (found["since"], found["generation"]) == (nights[0], nights[1])
    assert found["sources"] == [{"source": "Gazette", "new": 1, "changed": 1, "withdrawn": 1}]
    (edit,) = found["edits"]
    assert (edit["id"], edit["former_id"], edit["facts"]) == ("a", "a", [])
    assert [(piece["kind"], piece["text"]) for piece in edit["words"]] == [
        ("same", "The"), ("cut", " cease-fire"), ("added", " truce"), ("same", " holds.")
    ]  # fmt: skip


def test_changes_since_nothing(ask: Callable[..., Result], nights: list[str]) -> None:
    assert answer(ask("changes", "--since", "2000", "--json"))["new"] == ["a", "c"]
    assert answer(ask("changes", "--since", nights[1], "--json"))["edits"] == []
    refused = ask("changes", "--since", "soon")
    assert (refused.exit_code, refused.stderr[:19]) == (2, "Error: --since soon")


def test_rollback_holds_until_release(ask: Callable[..., Result], nights: list[str]) -> None:
    assert answer(ask("rollback", "--json"))["generation"] == nights[0]
    assert answer(ask("query", "cease-fire", "--json"))["total"] == 1
    refused = ask("build", "--json")
    assert refused.exit_code == 5
    assert json.loads(refused.stderr)["error"] == "build-refused"
    assert "searchkit release" in refused.stderr
    assert answer(ask("generations", "--json"))["held"]["generation"] == nights[0]
    assert "held since" in ask("generations").stdout
    assert answer(ask("check", "--json"))["held"] is True
    assert answer(ask("release", "--json"))["held"] is False
    assert ask("release").exit_code == 2
    assert answer(ask("build", "--json"))["pages"]["added"] == 1


def test_generations(ask: Callable[..., Result], nights: list[str]) -> None:
    listed = answer(ask("generations", "--json"))
    assert listed["held"] is None
    assert [(item["generation"], item["live"], item["former"], item["speeches"]) for item in listed["generations"]] == [
        (nights[0], False, None, 2), (nights[1], True, nights[0], 2)
    ]  # fmt: skip
    rows = ask("generations").stdout.splitlines()
    assert re.fullmatch(rf"  {nights[0]}  begun \S+, 2 speeches, 2 pages, 0\.\d MB", rows[0])
    assert rows[1].startswith(f"* {nights[1]}")
    assert rows[2] == "* is live"


def test_prune(ask: Callable[..., Result], nights: list[str], tmp_path: Path) -> None:
    (tmp_path / "index" / "generations" / ".building-x").mkdir()
    assert answer(ask("prune", "--keep", "1", "--json")) == {
        "index": str(tmp_path / "index"), "generations": [nights[0]], "leftovers": [".building-x"]
    }  # fmt: skip
    assert ask("prune").stdout == "nothing to remove\n"
    assert answer(ask("changes", "--json"))["changed"] == ["a"]


def test_check(ask: Callable[..., Result], nights: list[str], tmp_path: Path) -> None:
    assert re.fullmatch(
        rf"{nights[1]} is live, \d+ s old, with 2 speeches: no file is missing or cut\n", ask("check").stdout
    )
    assert ask("check", "--deep").stdout.endswith("every byte is as it was written, and it answers rightly\n")
    assert ask("check", "--max-age", "26h").exit_code == 0
    old = ask("check", "--max-age", "0s", "--json")
    assert old.exit_code == 5
    assert json.loads(old.stderr)["error"] == "too-old"
    assert ask("check", "--max-age", "soon").exit_code == 2
    pages = tmp_path / "index" / "generations" / nights[1] / "pages.sqlite"
    pages.write_bytes(pages.read_bytes()[:-1] + b"x")
    assert ask("check").exit_code == 0
    damaged = ask("check", "--deep")
    assert damaged.exit_code == 3
    assert "pages.sqlite is not as it was written: its checksum differs" in damaged.stderr
    pages.write_bytes(b"")
    assert ask("check").exit_code == 3


def test_a_rehearsal_writes_nothing(run: Run, tmp_path: Path) -> None:
    records, index = tmp_path / "records.jsonl", tmp_path / "index"
    records.write_text('{"id": "a", "text": "Words."}\n')
    told = answer(run("build", records, "--index", index, "--dry-run", "--json"))
    assert (told["generation"], told["pages"]["added"], told["speeches"]) == (None, 1, 1)
    assert not index.exists()


def test_many_withdrawn_pages_are_refused(run: Run, tmp_path: Path) -> None:
    records, index = tmp_path / "records.jsonl", tmp_path / "index"
    lines = [f'{{"id": "{number}", "text": "Words."}}\n' for number in range(60)]
    records.write_text("".join(lines))
    assert run("build", records, "--index", index).exit_code == 0
    records.write_text("".join(lines[:39]))
    refused = run("build", "--index", index)
    assert refused.exit_code == 5
    assert "21 of 60 pages would go, more than 20 %, so nothing was published" in refused.stderr
    assert run("build", "--index", index, "--dry-run").exit_code == 5
    assert run("build", "--index", index, "--max-withdrawn", "40").exit_code == 0
    records.write_text("".join(lines[:20]))
    assert run("build", "--index", index).exit_code == 0  # nineteen are few
    records.write_text("".join(lines[30:]))
    assert run("build", "--index", index, "--force").exit_code == 0
