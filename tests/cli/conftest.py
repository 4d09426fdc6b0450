from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from searchkit.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs `searchkit WORDS...` as at a shell whose output is piped."""

    def run(*words: str | Path, input: str | bytes | None = None, **environment: str) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], input=input, env=environment)

    return run


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "pages"
    folder.mkdir()
    (folder / "harbour.txt").write_text(
        'Mayor Anna Lind said this at the forum themed "Ports of the North" held in Shusha.\n\n'
        '"The Shusha Declaration is kept, and the ceasefire holds," Lind said.\n',
        "utf-8",
    )
    (folder / "sitting.txt").write_text(
        "Mr Chiam: What of the declaration made in Shusha?\n\nMr Tan: The cease-fire holds. \x1b[31mRed.\n", "utf-8"
    )
    (folder / "records.jsonl").write_text(
        json.dumps(
            {"id": "r1", "text": "A word on Shusha.", "speaker": "Ada Okafor", "title": "=Notes", "date": "2024-06-15"}
        ),
        "utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def index(pages: Path) -> Path:
    """An index of `pages`: four speeches."""
    index = pages.parent / "index"
    result = CliRunner().invoke(main, ["build", str(pages), "--index", str(index)])
    assert result.exit_code == 0, result.output
    return index
