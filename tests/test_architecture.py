"""The layers of DESIGN hold: imports go down only, never sideways; each vendor has one home; importing is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "searchkit"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "dates", "exports", "version", "held", "later", "plain", "frozen"}),
    frozenset({"deadline"}),
    frozenset({"models", "schema", "config", "processes"}),
    frozenset({"analysis"}),
    frozenset({"sources", "cleaning", "extraction", "query", "identity"}),
    frozenset({"engines", "highlighting", "generations"}),
    frozenset({"counting", "comparing"}),
    frozenset({"indexing", "searching"}),
    frozenset({"watching"}),
    frozenset({"searchkit"}),
    frozenset({"presenting", "sample"}),
    frozenset({"web"}),
    frozenset({"toolserver"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
LEVEL = {unit: level for level, units in enumerate(LAYERS) for unit in units}

HOMES = {
    "whoosh": {"query", "engines/embedded"},
    "click": {"cli"},
    "rich": {"cli"},
    "trafilatura": {"cleaning"},
    "pypdf": {"cleaning"},
    "warcio": {"sources"},
    "lxml": {"cleaning", "sources"},
    "bs4": {"cleaning", "sources"},
    "numpy": {"cleaning", "extraction", "engines", "counting", "identity", "indexing", "analysis/bulk"},
    "orjson": {"sources", "web", "engines/embedded/bulk"},
    "Stemmer": {"analysis"},
    "py3langid": {"extraction"},
    "filelock": {"generations"},
    "matplotlib": {"presenting"},
    "fastapi": {"web"},
    "jinja2": {"web"},
    "starlette": {"web", "toolserver"},
    "uvicorn": {"web", "toolserver"},
    "mcp": {"toolserver"},
    "opensearchpy": {"engines/cluster"},
}

LONGEST_MODULE = 300
TABLES = {"analysis/marks.py"}
FORBIDDEN_NAMES = {"utils", "helpers", "core", "common"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def unit_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "searchkit" if first == "__init__" else first


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}: a relative import"
            assert node.module is not None
            if node.module == "searchkit":
                yield from (f"searchkit.{alias.name}" for alias in node.names)
            else:
                yield node.module


def imported_unit(name: str) -> str:
    """`searchkit.query.nodes` -> `query`; a name of the library itself (`searchkit.open`) -> `searchkit`."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in LEVEL else "searchkit"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_has_a_layer(path: Path) -> None:
    assert unit_of(path) in LEVEL


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_imports_go_down_only(path: Path) -> None:
    unit = unit_of(path)
    for name in imports(path):
        if name.split(".")[0] == "searchkit":
            target = imported_unit(name)
            assert target == unit or LEVEL[target] < LEVEL[unit], f"{relative(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_vendors_stay_at_home(path: Path) -> None:
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        if homes is not None:
            assert any(relative(path).startswith(f"{home}/") for home in homes), f"{relative(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_are_small_and_named_for_one_thing(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES
    if relative(path) not in TABLES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring[0].isalnum()


def loaded_by(statement: str) -> set[str]:
    program = f"import sys; before = set(sys.modules); {statement}; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_importing_searchkit_loads_no_vendor() -> None:
    standard = set(sys.stdlib_module_names)
    assert loaded_by("import searchkit") - standard == {"searchkit"}


def test_help_loads_only_what_it_shows() -> None:
    loaded = loaded_by("from searchkit.cli import main")
    assert not loaded & {"whoosh", "numpy", "trafilatura", "lxml", "bs4"}
