"""Chrome that is told by a line alone: the rules of rules/lines.toml, each of which cuts whole lines."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files

from searchkit.cleaning.blocks import Block
from searchkit.models import Removal

__all__ = ["LineRule", "cut_lines", "line_rules"]

_LONGEST_LINE = 320
"""No line of chrome that a rule describes is longer; longer ones are not looked at."""
_MARKS_WITHIN_TEXT = frozenset(("column-mark",))
"""What these rules cut stands amid a running text, not at its end: the paragraph may go on behind it."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """One rule: its name, what it cuts, and the lines that show what it is for and what it must spare."""

    name: str
    pattern: re.Pattern[str]
    lines: tuple[str, ...]
    spared: tuple[str, ...]


@functools.cache
def line_rules() -> tuple[LineRule, ...]:
    """Which rules are there?  In the order of the file; the first that matches a line names it."""
    table = tomllib.loads(files("searchkit.cleaning").joinpath("rules", "lines.toml").read_text("utf-8"))
    return tuple(
        LineRule(name, re.compile(entry["pattern"], re.IGNORECASE), tuple(entry["lines"]), tuple(entry["spared"]))
        for name, entry in table.items()
    )


def cut_lines(blocks: list[Block]) -> tuple[list[Block], list[Removal]]:
    """What is left of `blocks` without the lines that a rule cuts, and which were they?"""
    kept: list[Block] = []
    removed: list[Removal] = []
    interrupted = False
    for block in blocks:
        lines: list[str] = []
        last_rule = None
        for line in block.lines:
            rule = rule_of(line)
            if rule is None:
                lines.append(line)
            else:
                removed.append(Removal(line, rule))
                last_rule = rule
        if lines:
            text = "\n".join(lines)
            goes_on = interrupted and text[0].islower()
            if goes_on or text != block.text:
                block = replace(block, text=text, linked=min(block.linked, len(text)), continues=goes_on)
            kept.append(block)
        interrupted = last_rule in _MARKS_WITHIN_TEXT
    return kept, removed


def rule_of(line: str) -> str | None:
    """Which rule cuts the line `line`?  None if it is content."""
    if len(line) > _LONGEST_LINE:
        return None
    return next((rule.name for rule in line_rules() if rule.pattern.fullmatch(line)), None)
