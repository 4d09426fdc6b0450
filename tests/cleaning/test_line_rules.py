from __future__ import annotations

import pytest

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.line_rules import LineRule, cut_lines, line_rules, rule_of
from searchkit.models import Removal


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
    kept, removed = cut_lines([Block("Share\nThe port is\nopen."), Block("Tags: port, sea"), Block("It is late.")])
    assert [block.text for block in kept] == ["The port is\nopen.", "It is late."]
    assert removed == [Removal("Share", "share"), Removal("Tags: port, sea", "tags")]


def test_a_paragraph_goes_on_behind_a_column_mark() -> None:
    kept, _ = cut_lines([Block("The port"), Block("Column: 1012"), Block("is open."), Block("It is late.")])
    assert [(block.text, block.continues) for block in kept] == [
        ("The port", False),
        ("is open.", True),
        ("It is late.", False),
    ]
