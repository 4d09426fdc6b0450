"""On a real terminal (a pty): long answers open in a pager, in colour where the pager shows colours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.cli.screen import plain

Run = Callable[..., str]

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

LONG = ("query", "shusha", "--facet", "speaker")
"""Its answer has more lines than the terminal of these tests."""
REAL_COLOR = "\x1b[1;36m"


@pytest.fixture
def on_a_terminal(index: Path, tmp_path: Path) -> Run:
    """Runs a command on a terminal of 10 lines, where `less` says how it is set and then shows what it is given."""
    less = tmp_path / "less"
    less.write_text('#!/bin/sh\necho "<less LESS=${LESS-unset}>"\nexec cat\n', "utf-8")
    less.chmod(0o755)

    def run(*words: str, **environment: str) -> str:
        main, terminal = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "searchkit", *words, "--index", str(index)],
            stdin=terminal, stdout=terminal, stderr=terminal,
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "TERM": "xterm-256color", "COLUMNS": "60", "LINES": "10",
                 "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore", **environment},
        )  # fmt: skip
        os.close(terminal)
        shown = bytearray()
        try:
            while piece := os.read(main, 65536):
                shown += piece
        except OSError:
            pass  # the other side is closed: all was read
        os.close(main)
        assert process.wait() in (0, 1)
        return shown.decode("utf-8")

    return run


@pytest.mark.parametrize(
    ("words", "environment", "paged", "colored"),
    [
        (LONG, {}, "<less LESS=-R>", True),
        (LONG, {"LESS": "-R"}, "<less LESS=-R>", True),
        (LONG, {"LESS": "-i"}, "<less LESS=-i>", False),
        ((*LONG, "--color", "never"), {}, "<less LESS=unset>", False),
        ((*LONG, "--color", "always"), {}, "<less LESS=-R>", True),
        (LONG, {"NO_COLOR": "1"}, "<less LESS=-R>", False),
        ((*LONG, "--no-pager"), {}, None, True),
        (("facets", "--by", "speaker", "--by", "date", "--by", "kind"), {}, "<less LESS=-R>", None),
        (("count", "shusha"), {}, None, None),
        (("count", "shusha", "--color", "never"), {}, None, False),
    ],
)
def test_a_long_answer_opens_in_a_pager(
    words: tuple[str, ...], environment: dict[str, str], paged: str | None, colored: bool | None, on_a_terminal: Run
) -> None:
    shown = on_a_terminal(*words, **environment)
    assert (paged or "<less") in shown or paged is None
    assert paged is not None or "<less" not in shown
    if colored is not None:
        assert (REAL_COLOR in shown) is colored
    if "never" in words:
        assert "\x1b" not in shown


def test_a_style_ends_with_its_words() -> None:
    row = plain("when ", "bold") + plain("who")
    assert row.spans == [(0, 5, "bold")]
