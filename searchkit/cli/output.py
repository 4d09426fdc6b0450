"""Output for programs: data on standard output, always UTF-8; notes for people beside it on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from searchkit import presenting
from searchkit.presenting import visible

if TYPE_CHECKING:  # of no use to what people read
    from searchkit.presenting import JSONObject

__all__ = ["note", "put", "put_json"]


def put(pieces: Iterable[str]) -> None:
    """Write `pieces` to standard output as they stand."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    for piece in pieces:
        sys.stdout.write(piece)


def put_json(value: JSONObject | list[JSONObject]) -> None:
    """Write one JSON value."""
    put([presenting.to_json(value), "\n"])


def note(sentences: Iterable[str]) -> None:
    """Tell what a person should know, and a program that reads standard output need not."""
    for sentence in sentences:
        click.echo(f"note: {visible(sentence, one_line=True)}", err=True)
