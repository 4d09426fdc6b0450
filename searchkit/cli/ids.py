"""Ids of speeches as arguments of a command: typed, or piped from `query --ids`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

__all__ = ["ids_of", "typed_ids"]

typed_ids = click.argument("ids", metavar="ID...", nargs=-1, required=True)


def ids_of(typed: Sequence[str]) -> list[str]:
    """Which ids are meant?  "-" stands for those on standard input: one a line, or with a zero byte behind each."""
    ids: list[str] = []
    for id in typed:
        ids += _piped() if id == "-" else [id]
    return ids


def _piped() -> list[str]:
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    return [id for id in text.split("\0" if "\0" in text else "\n") if id.strip()]
