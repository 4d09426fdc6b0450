"""What a command prints is what the call of the library gives that docs/library.md names beside it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from whoosh.query import Every

import searchkit
from searchkit.cli import main
from searchkit.generations import require_live
from searchkit.indexing import check_deeply, states_at
from searchkit.presenting import bibtex, citation_line
from searchkit.sample import pages
from searchkit.watching import Store, run

ROOT = Path(__file__).resolve().parents[1]
MANUAL = (ROOT / "docs" / "library.md").read_text("utf-8")
QUESTIONS, OPERATIONS = (
    re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| (?:`([^`]+)` )?\|$", section, re.MULTILINE)
    for section in MANUAL.split("## Operations")
)
WITHOUT_A_ROW = {"serve", "mcp", "copy", "demo"}
"""They stay, or need a cluster, or are a build: the manual names them below the table."""
OF_THIS_RUN = {"took_ms"}
PAGE = str(pages() / "news" / "2024-06-15-shusha-conference.html")
NAMES: dict[str, Any] = {name: getattr(searchkit, name) for name in searchkit.__all__}
NAMES |= {"Every": Every, "bibtex": bibtex, "citation_line": citation_line}
NAMES |= {"check_deeply": check_deeply, "require_live": require_live, "run": run}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the names of the manual lead to something: the sample's index, and one of its pages."""
    made = tmp_path_factory.mktemp("parity")
    searchkit.build([str(pages())], made / "index")
    shutil.copy(PAGE, made / "page.html")
    return made


@pytest.mark.parametrize(("command", "call", "part"), QUESTIONS)
def test_a_command_prints_what_its_call_gives(
    command: str, call: str, part: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    printed = told_by(command)
    with searchkit.open("index") as speeches:
        given = plain(eval(call, {**NAMES, "speeches": speeches}))
    assert given
    assert list(differences(at(printed, part), given)) == []


def test_operations_do_what_their_commands_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sides = [tmp_path / "commands", tmp_path / "calls"]
    for side in sides:
        shutil.copytree(pages() / "records", side / "pages")
        searchkit.build([str(side / "pages")], side / "index")
        (side / "pages" / "more.jsonl").write_text('{"id": "more", "text": "The Shusha Declaration again."}\n', "utf-8")
    for command, call, part in OPERATIONS:
        monkeypatch.chdir(sides[0])
        printed = told_by(command) if part or command.startswith("check") else run_quietly(command)
        shown = in_order(at(printed, part), sides[0])
        monkeypatch.chdir(sides[1])
        given = in_order(plain(called(call)), sides[1])
        assert not part or (given and shown == given), command
        assert states(sides[0]) == states(sides[1]), command


def test_every_command_has_a_row() -> None:
    named = {shlex.split(command)[0] for command, _, _ in (*QUESTIONS, *OPERATIONS)}
    assert named | WITHOUT_A_ROW == set(main.list_commands(click.Context(main)))
    assert all(f"`{name}" in MANUAL for name in WITHOUT_A_ROW)


def test_the_example_with_pandas_runs(folder: Path) -> None:
    if importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    [example] = [each for each in re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL) if "import pandas" in each]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^Plateau News +2$", done.stdout, re.MULTILINE)
    assert re.search(r"^2024 +5841\.0$", done.stdout, re.MULTILINE)


def told_by(command: str) -> Any:
    """What does the command print with --json?"""
    return json.loads(run_quietly(f"{command} --json"))


def run_quietly(command: str) -> str:
    result = CliRunner().invoke(main, shlex.split(command), env={"SEARCHKIT_INDEX": "index"})
    assert result.exit_code == 0, result.output
    return result.stdout


def called(call: str) -> Any:
    """What does a call of the second table give, under the locks that the manual asks for?"""
    place, store = Path("index"), Store(Path("index.watches"))
    names = {**NAMES, "place": place, "store": store}
    if call.startswith("states."):
        with states_at(place) as found, found.locked("test", 0):
            return eval(call, {**names, "states": found})
    if "states." in call:
        with states_at(place) as found:
            return eval(call, {**names, "states": found})
    if "run(" in call or "store." in call:
        with store.locked("test"):
            return eval(call, names)
    return eval(call, names)


def plain(value: Any) -> Any:
    """The value in dicts and lists, as `to_dict` tells it."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return {name: getattr(value, name) for name in value.__slots__} if hasattr(value, "__slots__") else value


def at(printed: Any, path: str) -> Any:
    """The part of what was printed that stands at `path`: `a` is a name, `a[].b` the `b` of every one of `a`."""
    if not path:
        return printed
    name, _, rest = path.partition("[].")
    return [at(item, rest) for item in printed[name]] if rest else printed[name]


def differences(printed: Any, given: Any, place: str = "") -> Iterator[str]:
    """Where does the call not give what is printed?  It may give more; what lies in a value inside is found there."""
    if isinstance(printed, dict):
        pairs = dict(given) if isinstance(given, list) else given
        inside = {name: item for each in pairs.values() if isinstance(each, dict) for name, item in each.items()}
        found = {**inside, **pairs}
        for name, item in printed.items():
            if name not in found:
                yield f"{place}.{name} is missing"
            elif name not in OF_THIS_RUN:
                yield from differences(item, found[name], f"{place}.{name}")
    elif isinstance(printed, list) and isinstance(given, list) and len(printed) == len(given):
        for number, (one, other) in enumerate(zip(printed, given, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif printed != given:
        yield f"{place}: {printed!r} is not {given!r}"


def states(side: Path) -> list[str]:
    """Which generations are there, which one answers, and which queries are saved?"""
    saved = sorted(path.name for path in (side / "index.watches").glob("*.json"))
    with states_at(side / "index") as found:
        kept = [f"{item.id}{' live' * item.live}" for item in found.kept()]
        return [str(in_order(kept, side)), str(found.hold() is not None), *saved]


def in_order(value: Any, side: Path) -> Any:
    """The value with generations named by their number: they were begun at other times."""
    begun = sorted(path.name for path in (side / "index" / "generations").iterdir())
    numbered = json.dumps(value)
    for number, id in enumerate(begun):
        numbered = numbered.replace(id, f"generation {number}")
    return json.loads(re.sub(r"\d{8}T\d{6}Z-\d+", "one that is gone", numbered))
