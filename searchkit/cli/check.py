"""searchkit check: is the index whole, and is it of today?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from searchkit import config
from searchkit.cli.failures import TooOld
from searchkit.cli.options import index_option, json_option
from searchkit.cli.output import put_json
from searchkit.presenting import counted

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.generations import Generation

__all__ = ["check"]

_EXAMPLES = """\b
Examples:
  searchkit check
  searchkit check --deep
  searchkit check --max-age 26h
"""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Age(click.ParamType[float]):
    """Is a length of time: 90s, 30m, 26h, 2d."""

    name = "age"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """How many seconds does `value` mean?"""
        if isinstance(value, (int, float)):
            return float(value)
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([smhd])", str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no length of time; write 26h, 90m or 2d", param, ctx)
        return float(match[1]) * _UNITS[match[2]]


@click.command(epilog=_EXAMPLES)
@index_option
@click.option("--deep", is_flag=True, help="Read every byte and compare it with its checksum; ask the index of itself.")
@click.option("--max-age", type=Age(), metavar="AGE", help="Exit with status 5 if the live generation is older: 26h.")
@json_option
def check(index: str | None, deep: bool, max_age: float | None, as_json: bool) -> None:
    """Check that the index is whole.

    Compares every file of the live generation with what was written; for monitoring. Exit status 3 if it is missing or
    damaged, 5 if it is too old.
    """
    from searchkit.generations import hold_of, require_live

    place = config.index_path(index)
    generation = require_live(place)
    if deep:
        from searchkit.indexing import check_deeply

        check_deeply(generation)
    age, hold = _age(generation), hold_of(place)
    if as_json:
        put_json(
            {
                "index": str(place),
                "generation": generation.id,
                "created": generation.manifest.created,
                "age_seconds": round(age),
                "speeches": generation.manifest.speeches,
                "pages": generation.manifest.pages,
                "held": hold is not None,
                "deep": deep,
            }
        )
    else:
        how = "every byte is as it was written, and it answers rightly" if deep else "no file is missing or cut"
        what = counted(generation.manifest.speeches, "speech", "speeches")
        click.echo(f"{generation.id} is live, {_told(age)} old, with {what}: {how}")
    if max_age is not None and age > max_age:
        why = f"; it is held since {hold.since}: searchkit release" if hold else ""
        raise TooOld(f"the live generation of {place} is {_told(age)} old, more than {_told(max_age)}{why}")


def _age(generation: Generation) -> float:
    created = datetime.fromisoformat(generation.manifest.created)
    return max(0.0, (datetime.now(UTC) - created).total_seconds())


def _told(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
