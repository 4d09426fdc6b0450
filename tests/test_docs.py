"""What the documents say is so: commands and options exist, examples run, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import questions
from click.testing import CliRunner

import searchkit
from searchkit.cli import main
from searchkit.sample import pages

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
LONG = tuple(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").glob("*.md")))
IN_ORDER = "docs/nightly.md"
"""Its commands change the index: they are run one after the other."""
OF_QUESTIONS = ("docs/questions.md", "docs/tour.md")
"""What their commands print is compared; those of the first, on real corpora, by tests/test_questions.py."""
STAYING = ("serve", "mcp")
"""Commands that stay until they are stopped: their lines are parsed, and tests/web and tests/toolserver run them."""
NEEDS_A_CLUSTER = "docs/opensearch.md"
"""Its lines are parsed; tests/engines/cluster runs them on one."""
NEEDS_A_SERVER = "docs/web.md"
"""Its examples are run by tests/web."""
NEEDS_PANDAS = "import pandas"
"""tests/test_parity.py runs what needs it, where it is installed."""
CURL = {"--get", "--data", "--data-urlencode"}
FINDING_NOTHING = ("geneva", "ceasfire", "garlic")
"""In lines that show what is said where nothing is found."""
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "index/README.md", *LONG)


def console_lines() -> list[str]:
    """Every `$ searchkit ...` line of the README and of docs/, its comment cut off."""
    apart = (IN_ORDER, *OF_QUESTIONS, NEEDS_A_CLUSTER)
    documents = ["README.md", *(document for document in LONG if document not in apart)]
    return list(dict.fromkeys(line for document in documents for line in console_lines_of(document)))


def console_lines_of(document: str) -> list[str]:
    text = (ROOT / document).read_text("utf-8")
    return [line.partition(" # ")[0].strip() for line in re.findall(r"^\$ (searchkit .*)$", text, re.MULTILINE)]


def commands(group: click.Command, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command is not None
            yield from commands(command, (*prefix, name))
    else:
        yield " ".join(prefix), group


@pytest.fixture(scope="module")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("docs") / "index"
    assert CliRunner().invoke(main, ["build", str(pages()), "--index", str(index)]).exit_code == 0
    return index


@pytest.mark.parametrize("line", console_lines())
def test_every_command_of_the_readme_runs(line: str, sample_index: Path, tmp_path: Path) -> None:
    page = str(pages() / "news" / "2024-06-15-shusha-conference.html")
    words = [
        {"pages/": str(pages()), "page.html": page, "ID": "quliyev-2021-06-15"}.get(word, word)
        for word in shlex.split(line)
    ]
    if words[1] in STAYING:
        command = main.get_command(click.Context(main), words[1])
        assert command is not None
        command.make_context(words[1], words[2:]).close()
        return
    index = tmp_path / "index" if words[1] == "build" else sample_index
    result = CliRunner().invoke(main, words[1:], env={"SEARCHKIT_INDEX": str(index)})
    assert result.exit_code in (0, 1), result.output
    assert result.exit_code == 0 or any(word in line for word in FINDING_NOTHING)


@pytest.mark.parametrize("line", console_lines_of(NEEDS_A_CLUSTER))
def test_every_command_on_a_cluster_parses(line: str) -> None:
    words = shlex.split(line)
    command = main.get_command(click.Context(main), words[1])
    assert command is not None
    command.make_context(words[1], words[2:]).close()


def queries_of_the_manual() -> list[str]:
    """The first column of every table of docs/query.md."""
    text = (ROOT / "docs" / "query.md").read_text("utf-8")
    return [row.replace(r"\|", "|") for row in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)]


@pytest.mark.parametrize("query", queries_of_the_manual())
def test_every_query_of_the_manual_finds_something(query: str, sample_index: Path) -> None:
    with searchkit.open(sample_index) as speeches:
        assert speeches.count(query).total


@pytest.mark.parametrize(("command", "answer"), questions.asked(ROOT / "docs" / "tour.md"))
def test_a_question_of_the_tour_is_answered_as_written(command: str, answer: str, sample_index: Path) -> None:
    assert questions.printed(command, sample_index) == answer


def test_the_commands_of_a_night_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(pages() / "records", tmp_path / "pages")
    environment = {"SEARCHKIT_INDEX": str(tmp_path / "index")}
    setup = [f"searchkit build {tmp_path / 'pages'}"] * 2
    for line in (*setup, *console_lines_of(IN_ORDER)):
        result = CliRunner().invoke(main, shlex.split(line)[1:], env=environment)
        assert result.exit_code == 0, f"{line}: {result.output}"


def _options_of(benchmark: Path) -> list[str]:
    """Which options does a benchmark's parser declare?"""
    return re.findall(r'add_argument\(\s*"(--[a-z-]+)"', benchmark.read_text("utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_option_named_in_a_document_exists(document: str) -> None:
    known = {
        option
        for _, command in commands(main)
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    known |= {"--help", "--version", *CURL}
    known |= {option for path in (ROOT / "tests/benchmarks").glob("*.py") for option in _options_of(path)}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / document).read_text("utf-8")))
    assert named <= known


def test_every_command_is_in_the_readme() -> None:
    missing = [name for name, _ in commands(main) if f"searchkit {name}" not in README]
    assert missing == []


@pytest.mark.parametrize(("name", "command"), list(commands(main)))
def test_the_examples_of_the_help_parse(name: str, command: click.Command) -> None:
    examples = re.findall(r"^\s*(?:\S+ \| )?searchkit (.+?)(?:\s{2,}.*)?$", command.epilog or "", re.MULTILINE)
    assert examples, f"{name} has no example"
    for example in examples:
        words = shlex.split(example.split(" | ")[0].split(" > ")[0])
        if words[0] == name:
            command.make_context(name, words[1:], resilient_parsing=False).close()


def test_the_library_example_runs(tmp_path: Path) -> None:
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(example, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    result = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    understood, hit, count = result.stdout.splitlines()
    assert understood.startswith("speeches with the words Shusha and Declaration")
    assert hit == "Elvin Guliyev 2021-06-15 The Shusha Declaration is signed. Let us eat before the rice is cold."
    assert count == "1"


@pytest.mark.parametrize("manual", [manual for manual in LONG if manual != NEEDS_A_SERVER])
def test_the_library_examples_of_a_manual_run(manual: str, sample_index: Path, tmp_path: Path) -> None:
    (tmp_path / "index").symlink_to(sample_index)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    for example in re.findall(r"```python\n(.*?)```", (ROOT / manual).read_text("utf-8"), re.DOTALL):
        if NEEDS_PANDAS in example:
            continue
        result = subprocess.run(
            [sys.executable, "-c", example], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    path = ROOT / document
    targets = re.findall(r"\]\((?!https?://)([^)#]+)[^)]*\)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_script_of_the_readme_exists() -> None:
    scripts = set(re.findall(r"scripts/[a-z]+", README))
    assert {name.removeprefix("scripts/") for name in scripts} == {
        *("install", "test", "check", "bench", "nightly", "opensearch"),
    }
    assert all(os.access(ROOT / script, os.X_OK) for script in scripts)


def test_ci_ends_with_the_test_command_of_the_readme() -> None:
    last = [line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if line.strip()][-1]
    assert last == "scripts/test"
    assert re.search(r"^Run the tests:\n\n    scripts/test$", README, re.MULTILINE)
