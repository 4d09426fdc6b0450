"""How a failure is told: one message on standard error, one exit status, no traceback.

Errors of the library carry their own status (see errors.py). Beside them stand those that only a command line has:

    1    NotFound       what was asked for by name is not there
    5    TooOld         the live generation is older than --max-age
    70   InternalError  searchkit is at fault; SEARCHKIT_DEBUG=1 adds the traceback
    74   CommandFailed  a command that was to be told something did not end well
    74   SystemFailed   the operating system refused: disk full, no permission
    130  Interrupted    Ctrl-C
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from searchkit import presenting
from searchkit.config import shows_tracebacks
from searchkit.errors import QueryError, SearchkitError, UsageError
from searchkit.presenting import visible

__all__ = [
    "NO_MEMORY",
    "InternalError",
    "Interrupted",
    "NotFound",
    "SystemFailed",
    "TooOld",
    "close_quietly",
    "lacks_memory",
    "report",
    "wants_json",
]

_MARGIN = 30
"""Characters of a long query shown before and behind the place that is wrong."""


class NotFound(SearchkitError):
    """Says that nothing has the name asked for, and what is near."""

    exit_status = 1
    code = "not-found"


class TooOld(SearchkitError):
    """Says that nothing was published for too long."""

    exit_status = 5
    code = "too-old"


class InternalError(SearchkitError):
    """Says that searchkit is at fault."""

    exit_status = 70
    code = "internal"


class SystemFailed(SearchkitError):
    """Says what the operating system refused."""

    exit_status = 74
    code = "system"


class CommandFailed(SearchkitError):
    """Says that a command of the user's own did not end well."""

    exit_status = 74
    code = "command"


class Interrupted(SearchkitError):
    """Says that somebody pressed Ctrl-C."""

    exit_status = 130
    code = "interrupted"


NO_MEMORY = "there is not enough memory"
"""What is said wherever memory does not suffice."""

_NO_ROOM = ((MemoryError, ""), (ImportError, "failed to map segment"), (RuntimeError, "start new thread"))
"""Error and words of it where there is no room: for data, for a library (the loader's words), for a thread's stack."""


def report(error: Exception, words: Sequence[str]) -> int:
    """Tell of `error`, which ended the command typed as `words`, and say its exit status."""
    if shows_tracebacks():
        import traceback

        traceback.print_exception(error)
    if isinstance(error, click.ClickException) and not wants_json(words) and "--log-json" not in words:
        error.show()  # with the line of usage
        return error.exit_code
    known = _known(error)
    if "--log-json" in words:
        from searchkit.cli.unattended import log_event

        log_event("failed", "error", presenting.error_json(known))
    elif wants_json(words):
        click.echo(presenting.to_json(presenting.error_json(known)), err=True)
    else:
        click.echo("\n".join(_told(known)), err=True)
    return known.exit_status


def lacks_memory(error: Exception) -> bool:
    """Is `error` what becomes of too little memory?"""
    return any(isinstance(error, kind) and words in str(error) for kind, words in _NO_ROOM)


def wants_json(words: Sequence[str]) -> bool:
    """Did who typed `words` ask for JSON?  Then a program is listening, and errors are JSON too."""
    options = words[: words.index("--")] if "--" in words else words
    return "--json" in options or "--jsonl" in options


def close_quietly() -> int:
    """Stop writing to a pipe that nobody reads any more."""
    # The interpreter flushes standard output once more at its end, and would complain then.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - a stream without a file of its own
    return 0


def _known(error: Exception) -> SearchkitError:
    """Every error as one of ours."""
    if isinstance(error, SearchkitError):
        return error
    if isinstance(error, click.ClickException):
        return UsageError(error.format_message())
    if lacks_memory(error):
        return SystemFailed(NO_MEMORY)
    if isinstance(error, OSError):
        return SystemFailed(f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({place[0].filename}:{place[0].lineno})" if place else ""
    return InternalError(
        f"a fault in searchkit, please report it: {type(error).__name__}: {error}{where}; "
        "SEARCHKIT_DEBUG=1 shows where it comes from"
    )


def _told(error: SearchkitError) -> list[str]:
    lines = [f"Error: {visible(str(error))}"]
    if isinstance(error, QueryError) and error.query:
        lines += _pointed_out(error)
        lines += [f"  try: {visible(_replaced(error, suggestion), one_line=True)}" for suggestion in error.suggestions]
    return lines


def _pointed_out(error: QueryError) -> list[str]:
    """The query, and a line of carets under the place that is wrong."""
    from rich.cells import cell_len

    query = visible(error.query, one_line=True)
    low = max(0, error.start - _MARGIN)
    high = min(len(query), max(error.start + 1, min(error.end, error.start + _MARGIN)) + _MARGIN)
    before, behind = "…" * (low > 0), "…" * (high < len(query))
    margin = cell_len(before + query[low : error.start])
    carets = max(1, cell_len(query[error.start : min(error.end, high)]))
    return [f"  {before}{query[low:high]}{behind}", f"  {' ' * margin}{'^' * carets}"]


def _replaced(error: QueryError, suggestion: str) -> str:
    """The query as `suggestion` would have it; of a long one the suggestion alone."""
    if len(error.query) > 3 * _MARGIN:
        return suggestion
    return error.query[: error.start] + suggestion + error.query[error.end :]
