"""Hits as lines for other programs: chosen fields as CSV or TSV, ids, lines of a template.

Every cell is the value as it stands, because a cell may be cited: nothing is prefixed, trimmed or shortened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from searchkit.errors import UsageError
from searchkit.models import Hit
from searchkit.presenting.csv import COLUMNS, hit_cells
from searchkit.presenting.tables import Row

__all__ = ["Template", "chosen_fields", "field_rows"]

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\0": "\0", r"\\": "\\"}
_ESCAPE = re.compile(r"\\[nt0\\]")


def chosen_fields(names: str | None, own: Sequence[str] = ()) -> tuple[str, ...]:
    """Which columns are `names`, a list with commas?  All columns without one.  `own` are fields of the user's own.

    Raises UsageError for a name that is no column.
    """
    if names is None:
        return COLUMNS
    chosen = tuple(name.strip() for name in names.split(",") if name.strip())
    if not chosen:
        raise UsageError("--fields: give names of columns, as in --fields id,speaker,date")
    for name in chosen:
        _known(name, own)
    return chosen


def field_rows(hits: Iterable[Hit], fields: Sequence[str]) -> Iterator[Row]:
    """Which row has each hit under these columns?  Unknown is None."""
    return ([_cell(hit, name) for name in fields] for hit in hits)


class Template:
    r"""A line for each hit: `{speaker} ({date}): {text}`; `{{` is a brace, \n and \t are what they are in C."""

    def __init__(self, text: str, own: Sequence[str] = ()) -> None:
        """Raises UsageError for a field that is none, and for a brace without its partner."""
        self._text = _ESCAPE.sub(lambda match: _ESCAPES[match.group()], text)
        for match in _FIELD.finditer(self._text):
            if match.group() in "{}":
                raise UsageError(
                    f"--template: a lone {match.group()}; write {{field}}, or {match.group() * 2} for a brace"
                )
            if match.group(1) is not None:
                _known(match.group(1), own)

    def line(self, hit: Hit) -> str:
        """Which line has `hit`?  What is unknown of it is left empty."""
        return _FIELD.sub(lambda match: self._filled(hit, match), self._text)

    def _filled(self, hit: Hit, match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None:
            return match.group()[0]
        cell = _cell(hit, name)
        return "" if cell is None else str(cell)


def _known(name: str, own: Sequence[str]) -> None:
    known = (*COLUMNS, *own)
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"{name!r} is no field of a hit; {meant}")


def _cell(hit: Hit, name: str) -> object:
    cell: Callable[[Hit], object] | None = hit_cells.get(name)
    return cell(hit) if cell is not None else dict(hit.speech.extras).get(name)
