"""Settings from outside: the only module that reads the environment."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = [
    "DEFAULT_INDEX",
    "completing_shell",
    "hand_over",
    "handed_over",
    "index_path",
    "shows_tracebacks",
    "token",
    "watches_path",
    "worker_count",
]

DEFAULT_INDEX = "index"
"""Where an index is built and looked for when nothing else is said: ./index."""


def index_path(option: str | os.PathLike[str] | None = None) -> Path:
    """Where is the index?  `option` if given, else SEARCHKIT_INDEX, else ./index; always absolute."""
    return Path(option or os.environ.get("SEARCHKIT_INDEX") or DEFAULT_INDEX).expanduser().absolute()


def watches_path(index: Path, option: str | None = None) -> Path:
    """Where are the saved queries for `index`?  `option` if given, else SEARCHKIT_WATCHES, else beside the index."""
    given = option or os.environ.get("SEARCHKIT_WATCHES")
    return Path(given).expanduser().absolute() if given else index.with_name(f"{index.name}.watches")


def worker_count(option: int | None = None) -> int:
    """How many worker processes read and clean pages?  `option` if given, else one for each core we may use."""
    if option is not None:
        return max(1, option)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else (os.cpu_count() or 1)


def shows_tracebacks() -> bool:
    """Is an unexpected error shown with its traceback?  Where SEARCHKIT_DEBUG is set, and not to 0."""
    return os.environ.get("SEARCHKIT_DEBUG", "0") not in ("", "0")


def token() -> str | None:
    """What must a client of the server show?  SEARCHKIT_TOKEN, which no list of processes shows; None if unset."""
    return os.environ.get("SEARCHKIT_TOKEN") or None


_SERVER = "SEARCHKIT_SERVER"


def hand_over(settings: str) -> None:
    """Leave the server's settings to the processes that it starts."""
    os.environ[_SERVER] = settings


def handed_over() -> str:
    """Which settings has the server left to this process?"""
    return os.environ[_SERVER]


def completing_shell() -> str | None:
    """Which shell asks to complete a line: bash, zsh or fish?  None if none does."""
    return os.environ.get("_SEARCHKIT_COMPLETE", "").partition("_")[0] or None
