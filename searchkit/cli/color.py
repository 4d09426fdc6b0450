"""When are answers in colour?  --color, which every command has, else as the terminal and NO_COLOR say."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Literal, cast

import click

__all__ = ["Color", "chosen_color", "color_option"]

Color = Literal["auto", "always", "never"]

_CHOSEN: ContextVar[Color] = ContextVar("color", default="auto")


def chosen_color() -> Color:
    """Which colour did the command line choose?"""
    return _CHOSEN.get()


def color_option() -> click.Option:
    """The option --color, to be given to every command."""
    return click.Option(
        ["--color"],
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        expose_value=False,
        callback=_choose,
        help="Whether answers are in colour.",
    )


def _choose(_ctx: click.Context, _parameter: click.Parameter, value: str) -> None:
    _CHOSEN.set(cast(Color, value))
