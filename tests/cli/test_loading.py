"""A command loads what it uses and nothing else: what is loaded decides how long one waits for a short answer."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import searchkit
from searchkit.sample import pages

WRITE_ARROW = (
    "searchkit.sources",
    "searchkit.cleaning",
    "searchkit.extraction",
    "searchkit.indexing",
    "searchkit.analysis.bulk",
    "searchkit.engines.embedded.bulk",
    "searchkit.engines.embedded.codec",
    "searchkit.engines.embedded.writer",
    "searchkit.generations.drafts",
    "searchkit.generations.lock",
    "searchkit.generations.pages",
    "searchkit.identity.identify",
    "searchkit.comparing",
    "bs4",
    "dateutil",
    "filelock",
    "lxml",
    "py3langid",
    "sqlite3",
    "tomllib",
    "trafilatura",
)
OTHER_COMMANDS = (
    "searchkit.cli.build",
    "searchkit.cli.kwic",
    "searchkit.counting.collocates",
    "searchkit.counting.concordance",
    "searchkit.counting.ngrams",
    "searchkit.counting.trend",
    "searchkit.engines.scan",
    "searchkit.presenting.words",
    "searchkit.sample",
    "searchkit.web",
    "fastapi",
    "matplotlib",
    "mcp",
)
VENDORS = {"Stemmer", "click", "numpy", "whoosh", "zstandard"}
"""Whose packages a query needs."""
NETWORKS = ("asyncio", "email", "http", "multiprocessing", "socket", "ssl", "subprocess", "urllib.request", "xml")
OF_A_QUERY = {
    "searchkit": "analysis cli config counting dates deadline engines errors exports generations held highlighting"
    " identity later models plain presenting query schema searching version",
    "searchkit.cli": "color completing count exports failures hits options output program query screen styled",
    "searchkit.counting": "",
    "searchkit.generations": "layout manifest reading",
    "searchkit.identity": "roll side",
    "searchkit.presenting": "printable sentences",
    "searchkit.searching": "asking opening people remarks searcher state where words_in_use",
    "searchkit.engines": "arrays base embedded facets naming scoring",
}
"""Package -> those of its modules that a query or a count may load.  Of the language and the engine it may load any."""
OTHER_QUESTIONS = (
    "searchkit.engines.embedded.capitals",
    "searchkit.engines.embedded.tallies",
    "searchkit.query.writing",
)
FAILURES = ("difflib", "traceback")
"""What is needed only where something was not found, or went wrong."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("loading") / "index"
    searchkit.build([str(pages())], index=place)
    return place


def loaded_by(*words: str) -> set[str]:
    """Every module that the command `words` loads, printed when it ends."""
    program = (
        "import atexit, os, sys\n"
        "atexit.register(lambda: os.write(3, ' '.join(sys.modules).encode()))\n"
        "from searchkit.cli import main\n"
        f"main({list(words)!r})\n"
    )
    code = f"import os; os.dup2(1, 3); os.dup2(2, 1)\n{program}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return set(done.stdout.split())


def among(loaded: set[str], unwanted: tuple[str, ...]) -> list[str]:
    return sorted(
        name for name in loaded if name.startswith(tuple(f"{item}." for item in unwanted)) or name in unwanted
    )


@pytest.mark.parametrize("words", [("query", "declaration"), ("query", "--json", '"rule of law"', "speaker:okoro")])
def test_a_query_loads_neither_the_write_arrow_nor_other_commands(index: Path, words: tuple[str, ...]) -> None:
    loaded = loaded_by(*words, "--index", str(index))
    assert {"searchkit.searching.searcher", "searchkit.engines.embedded.evaluator"} <= loaded
    assert among(loaded, (*WRITE_ARROW, *OTHER_COMMANDS, *FAILURES)) == []


@pytest.mark.parametrize("command", ["query", "count"])
def test_a_short_answer_loads_nothing_that_it_does_not_use(index: Path, command: str) -> None:
    loaded = loaded_by(command, "declaration", "--index", str(index))
    for package, modules in OF_A_QUERY.items():
        inside = {name.removeprefix(f"{package}.").split(".")[0] for name in loaded if name.startswith(f"{package}.")}
        assert inside <= {*modules.split()}, package
    assert among(loaded, (*NETWORKS, *OTHER_QUESTIONS)) == []
    installed = {name.split(".")[0] for name in loaded} & packages_distributions().keys()
    assert {name for name in installed if not name.startswith("_")} <= {*VENDORS, "searchkit"}


def test_why_there_is_nothing_is_loaded_where_there_is_nothing(index: Path) -> None:
    loaded = loaded_by("query", "declarasion", "--index", str(index))
    assert {"searchkit.searching.emptied", "searchkit.engines.embedded.spelling"} <= loaded
    assert among(loaded, (*WRITE_ARROW, *OTHER_COMMANDS, *NETWORKS, "rich")) == []


@pytest.mark.parametrize("command", ["query", "count"])
def test_a_pipe_needs_no_colours(index: Path, command: str) -> None:
    assert among(loaded_by(command, "declaration", "--index", str(index)), ("rich", "searchkit.cli.terminal")) == []
    assert "rich.console" in loaded_by(command, "declaration", "--color", "always", "--index", str(index))


def test_data_for_programs_needs_no_screen(index: Path) -> None:
    assert among(loaded_by("query", "declaration", "--json", "--index", str(index)), ("searchkit.cli.screen",)) == []


def test_help_loads_no_engine() -> None:
    loaded = loaded_by("query", "--help")
    assert "searchkit.cli.query" in loaded
    assert (
        among(loaded, ("numpy", "whoosh", "rich", "searchkit.engines", "searchkit.query", "searchkit.cli.build")) == []
    )


def test_a_program_finds_every_name_that_is_loaded_when_used() -> None:
    for package in (
        "searchkit",
        "searchkit.counting",
        "searchkit.generations",
        "searchkit.presenting",
        "searchkit.searching",
    ):
        module = importlib.import_module(package)
        for name in module.__all__:
            assert getattr(module, name) is not None
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            module.nothing  # noqa: B018


def test_a_member_is_found_though_a_module_has_its_name() -> None:
    code = "import searchkit.counting.trend; from searchkit.counting import trend; trend.__call__"
    subprocess.run([sys.executable, "-c", code], check=True)
