"""How do answers look on a terminal?  --color, which every command has, else as the terminal and NO_COLOR say; and
--pager, which those have that answer."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Literal, TypeVar, cast

import click

__all__ = ["Color", "chosen_color", "color_option", "pager_option", "pager_wanted"]

Callback = TypeVar("Callback", bound=Callable[..., Any])

Color = Literal["auto", "always", "never"]

_CHOSEN: ContextVar[Color] = ContextVar("color", default="auto")
_PAGER: ContextVar[bool] = ContextVar("pager", default=True)


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


def pager_wanted() -> bool:
    """May a long answer open in a pager?"""
    return _PAGER.get()


def pager_option(command: Callback) -> Callback:
    """The option --pager, which is on unless --no-pager says otherwise."""
    return click.option(
        "--pager/--no-pager",
        default=True,
        expose_value=False,
        callback=_choose_pager,
        help="Show a long answer in a pager on a terminal.",
    )(command)


def _choose_pager(_ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    _PAGER.set(value)


def _choose(_ctx: click.Context, _parameter: click.Parameter, value: str) -> None:
    _CHOSEN.set(cast(Color, value))
