"""speakers.toml: what it says, and what is wrong with it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from searchkit.errors import UsageError
from searchkit.identity.speakers_file import Alias, Pin, Told, read_speakers


def day(year: int, month: int, day_: int) -> int:
    return datetime.date(year, month, day_).toordinal()


def told(path: Path, text: str) -> Told:
    path.write_text(text, encoding="utf-8")
    return read_speakers([path])


def test_everything_that_can_be_told(tmp_path: Path) -> None:
    found = told(
        tmp_path / "speakers.toml",
        """
        [[speaker]]
        name = "Ilham Aliyev"
        aliases = ["Aliyev", { label = "The President", from = 2003-10-31, to = "2025" }]
        [[split]]
        labels = ["Mr David Lim", "Dr David Lim"]
        [[pin]]
        page = "a.html"
        label = "Q"
        speaker = "Leyla Hasanova"
        [[pin]]
        speech = "b.html#30bd7787"
        speaker = "Ilham Aliyev"
        """,
    )
    assert found == Told(
        names=("Ilham Aliyev", "Leyla Hasanova"),
        aliases=(
            Alias("Aliyev", "Ilham Aliyev"),
            Alias("The President", "Ilham Aliyev", day(2003, 10, 31), day(2025, 12, 31)),
        ),
        apart=("Mr David Lim", "Dr David Lim"),
        pins=(Pin("Leyla Hasanova", None, "a.html", "Q"), Pin("Ilham Aliyev", "b.html#30bd7787")),
    )
    assert read_speakers([]) == Told()


@pytest.mark.parametrize(
    ("date", "holds"),
    [("2003-10-31", True), ("2003-10-30", False), ("2003", False), ("2004", True), (None, False), ("2025-06", True)],
)
def test_a_dated_alias_holds_where_the_whole_date_lies_inside(date: str | None, holds: bool) -> None:
    assert Alias("x", "y", day(2003, 10, 31), day(2025, 12, 31)).holds(date) is holds
    assert Alias("x", "y").holds(date)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[speaker]\n", "no TOML"),
        ("[[speakers]]\nname = 'A'", r"no \[\[speakers\]\] \(did you mean speaker\?\)"),
        ("[speaker]\nname = 'A'", "two brackets"),
        ("[[speaker]]\naliases = ['A']", "speaker 1: it needs a name"),
        ("[[speaker]]\nname = 'A'\nalias = ['B']", r"no 'alias' \(did you mean aliases\?\)"),
        ("[[speaker]]\nname = 'A'\naliases = 'B'", "aliases is a list"),
        ("[[speaker]]\nname = 'A'\naliases = [1]", "an alias is a text or a table"),
        ("[[speaker]]\nname = 'A'\naliases = [{label = 'B', from = 'May'}]", "alias 'B': from is a day"),
        ("[[speaker]]\nname = 'A'\naliases = [{label = 'B', from = 2024, to = 2023}]", "from is after to"),
        ("[[speaker]]\nname = 'A'\naliases = [{label = 'B', since = 2024}]", "no 'since'"),
        ("[[split]]\nlabels = 'A'", "labels is a list of names"),
        ("[[pin]]\nspeaker = 'A'", "either speech = ID or page = KEY"),
        ("[[pin]]\nspeaker = 'A'\npage = 'p'\nspeech = 's'", "either speech = ID or page = KEY"),
        ("[[pin]]\npage = 'p'", "pin 1: it needs a speaker"),
        (
            "[[speaker]]\nname = 'A'\naliases = ['X']\n[[speaker]]\nname = 'B'\naliases = ['x']",
            "speaker 2: 'x' already means 'A'",
        ),
        (
            (
                "[[speaker]]\nname = 'A'\naliases = [{label = 'X', to = 2000}]\n"
                "[[speaker]]\nname = 'B'\naliases = [{label = 'X', from = '2000-06'}]"
            ),
            "'X' already means 'A'",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        told(tmp_path / "speakers.toml", text)
    assert "speakers.toml" in str(raised.value)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_speakers([tmp_path / "nowhere.toml"])
    (tmp_path / "speakers.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="no TOML"):
        read_speakers([tmp_path / "speakers.toml"])


def test_one_label_may_mean_two_people_at_two_times(tmp_path: Path) -> None:
    found = told(
        tmp_path / "speakers.toml",
        "[[speaker]]\nname = 'A'\naliases = [{label = 'The President', to = 2000}]\n"
        "[[speaker]]\nname = 'B'\naliases = [{label = 'The President', from = 2001}]",
    )
    assert len(found.aliases) == 2
