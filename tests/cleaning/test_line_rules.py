from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.cleaning.blocks import Block, Cut
from searchkit.cleaning.line_rules import LineRule, cut_lines, line_rules, rule_of, rules_with
from searchkit.errors import UsageError


@pytest.mark.parametrize("rule", line_rules(), ids=lambda rule: rule.name)
def test_a_rule_cuts_its_lines_and_spares_the_others(rule: LineRule) -> None:
    assert rule.lines
    assert rule.spared
    assert {line: rule_of(line) is not None for line in rule.lines} == dict.fromkeys(rule.lines, True)
    assert any(rule.pattern.fullmatch(line) for line in rule.lines)
    assert {line: rule_of(line) for line in rule.spared} == dict.fromkeys(rule.spared)


@pytest.mark.parametrize("rule", line_rules(), ids=lambda rule: rule.name)
def test_no_line_keeps_a_rule_busy(rule: LineRule) -> None:
    # A pattern that tries every way to split such a line would not return in this universe's time.
    for piece in ("a ", "A+", "share on ", "© ", "1, ", "read more ", "page ", "x", " ", "tags: "):
        rule.pattern.fullmatch((piece * 320)[:319] + "\x00")


@pytest.mark.parametrize(
    "line",
    [
        "It was all over by noon.",
        "Order. Order.",
        "No.",
        "Question put, and agreed to.",
        "I agree.",
        "(Applause)",
        "Mr Lee:",
        "1998",
    ],
)
def test_real_short_lines_stay(line: str) -> None:
    assert rule_of(line) is None


def test_lines_within_blocks() -> None:
    blocks = [Block("Share\nThe port is\nopen.", place=0), Block("Tags: port, sea", place=1), Block("It is late.")]
    kept, removed = cut_lines(blocks)
    assert [block.text for block in kept] == ["The port is\nopen.", "It is late."]
    assert removed == [Cut("Share", "share", 0), Cut("Tags: port, sea", "tags", 1)]


def test_a_paragraph_goes_on_behind_a_column_mark() -> None:
    kept, _ = cut_lines([Block("The port"), Block("Column: 1012"), Block("is open."), Block("It is late.")])
    assert [(block.text, block.continues) for block in kept] == [
        ("The port", False),
        ("is open.", True),
        ("It is late.", False),
    ]


def test_rules_of_the_users_own_come_first(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("[ledger]\npattern = 'Ledger staff, .+|share'\nlines = ['Ledger staff, Shusha']\n", "utf-8")
    rules = rules_with((str(file),))
    assert rule_of("Ledger staff, Baku", rules) == "ledger"
    assert rule_of("Share", rules) == "ledger"
    assert rule_of("Share", line_rules()) == "share"
    assert rule_of("Tags: port, sea", rules) == "tags"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a", "is not TOML"),
        ("[a]\nlines = ['x']", r"rule \[a\]: there is no pattern"),
        ("a = 1", r"rule \[a\]: there is no pattern"),
        ("[a]\npattern = '('", "no regular expression"),
        ("[a]\npattern = 'x'\nlines = ['y']", "misses one of its own lines: y"),
        ("[a]\npattern = 'x'\nspared = ['X']", "cuts a line that it should spare: X"),
    ],
)
def test_a_rules_file_that_cannot_be_used_says_why(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message):
        rules_with((str(file),))


def test_a_rules_file_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml cannot be read"):
        rules_with(("nowhere.toml",))
