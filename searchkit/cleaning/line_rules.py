"""Chrome that is told by a line alone: the rules of rules/lines.toml, each of which cuts whole lines."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from searchkit.cleaning.blocks import Block, Cut
from searchkit.errors import UsageError

__all__ = ["LineRule", "cut_lines", "line_rules", "rule_of", "rules_of", "rules_with"]

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
    """Which rules ship with searchkit?  In the order of the file; the first that matches a line names it."""
    return _rules(files("searchkit.cleaning").joinpath("rules", "lines.toml").read_text("utf-8"), "lines.toml")


def rules_with(paths: tuple[str, ...]) -> tuple[LineRule, ...]:
    """Which rules hold where a user names the rules files `paths`?  Theirs come first.

    Raises UsageError as `rules_of` does.
    """
    return (*rules_of(paths), *line_rules())


def rules_of(paths: tuple[str, ...]) -> tuple[LineRule, ...]:
    """Which rules have the rules files `paths` of a user?

    Raises UsageError, with the file and the rule, for a file that cannot be read and a rule that is none: without a
    pattern, with one that is no regular expression, that misses one of its own `lines` or cuts one of its `spared`.
    """
    own: list[LineRule] = []
    for path in paths:
        try:
            own += _read(path, Path(path).stat().st_mtime_ns)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the rules file {path} cannot be read: {error}") from error
    return tuple(own)


@functools.lru_cache(maxsize=64)
def _read(path: str, _changed: int) -> tuple[LineRule, ...]:
    """The rules of one file, read once for every time that it was changed: the rules are asked for with every page."""
    return _rules(Path(path).read_text("utf-8"), path)


def _rules(text: str, path: str) -> tuple[LineRule, ...]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the rules file {path} is not TOML: {error}") from error
    return tuple(_rule(name, entry, path) for name, entry in table.items())


def _rule(name: str, entry: object, path: str) -> LineRule:
    where = f"the rules file {path}, rule [{name}]"
    if not isinstance(entry, dict) or not isinstance(entry.get("pattern"), str):
        raise UsageError(f"{where}: there is no pattern = '...' that says what the rule cuts")
    try:
        pattern = re.compile(entry["pattern"], re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"{where}: the pattern is no regular expression: {error}") from error
    rule = LineRule(name, pattern, tuple(entry.get("lines", ())), tuple(entry.get("spared", ())))
    for line in rule.lines:
        if not pattern.fullmatch(line):
            raise UsageError(f"{where}: the pattern misses one of its own lines: {line}")
    for line in rule.spared:
        if pattern.fullmatch(line):
            raise UsageError(f"{where}: the pattern cuts a line that it should spare: {line}")
    return rule


def cut_lines(blocks: list[Block], rules: tuple[LineRule, ...] | None = None) -> tuple[list[Block], list[Cut]]:
    """What is left of `blocks` without the lines that a rule cuts, and which were they?"""
    rules = rules or line_rules()
    kept: list[Block] = []
    removed: list[Cut] = []
    interrupted = False
    for block in blocks:
        lines: list[str] = []
        last_rule = None
        for line in block.lines:
            rule = rule_of(line, rules)
            if rule is None:
                lines.append(line)
            else:
                removed.append(Cut(line, rule, block.place))
                last_rule = rule
        if lines:
            text = "\n".join(lines)
            goes_on = interrupted and text[0].islower()
            if goes_on or text != block.text:
                block = replace(block, text=text, linked=min(block.linked, len(text)), continues=goes_on)
            kept.append(block)
        interrupted = last_rule in _MARKS_WITHIN_TEXT
    return kept, removed


def rule_of(line: str, rules: tuple[LineRule, ...] | None = None) -> str | None:
    """Which rule cuts the line `line`?  None if it is content."""
    rules = rules or line_rules()
    if len(line) > _LONGEST_LINE or not _any_of(rules).fullmatch(line):
        return None
    return next((rule.name for rule in rules if rule.pattern.fullmatch(line)), None)


@functools.lru_cache(maxsize=16)
def _any_of(rules: tuple[LineRule, ...]) -> re.Pattern[str]:
    """One pattern for all rules: nearly every line is content, and is asked once."""
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in rules), re.IGNORECASE)
