"""Tables on a terminal: a row never takes more than a line."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len

from searchkit.cli.screen import Screen
from searchkit.cli.tables import Column, show_rows

WORDS = [
    "of",
    "intergovernmental panel on climate",
    "Şuşa bəyannaməsi haqqında",
    "気候変動に関する政府間パネルの報告書",
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(width: int | None, *, notes: bool = False, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    stream = io.StringIO() if width is None else Terminal()
    monkeypatch.setenv("COLUMNS", str(width or 80))
    monkeypatch.setenv("NO_COLOR", "1")
    show_rows(
        Screen(stream, wide=True),
        [
            Column("words", WORDS, right=False, style="bold"),
            Column("occurrences", ["1,234,567"] * 4),
            Column("per million", ["12,345.6"] * 4, spare=True),
            Column("speeches", ["123,456"] * 4, spare=True),
        ],
        [] if notes else [4.0, 3.0, 2.0, 0.0],
        ["few words in the index", "", "", ""] if notes else (),
    )
    return re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("notes", [False, True])
def test_rows_fit(width: int, notes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(width, notes=notes, monkeypatch=monkeypatch)
    assert max(map(cell_len, lines)) <= width
    assert sum("1,234,567" in line for line in lines) == 4


def test_what_there_is_no_room_for_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert any("no room for:" in line for line in shown(30, monkeypatch=monkeypatch))
    assert not any("no room for" in line for line in shown(120, monkeypatch=monkeypatch))


def test_a_pipe_gets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(None, monkeypatch=monkeypatch)
    assert lines[0].split() == ["words", "occurrences", "per", "million", "speeches"]
    assert all(any(line.startswith(word) for line in lines) for word in WORDS)
