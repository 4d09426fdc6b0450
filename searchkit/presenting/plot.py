"""A trend as a picture: bars over time with the gaps of the corpus marked, or bars by speaker, venue, source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.errors import UsageError
from searchkit.presenting.printable import visible

if TYPE_CHECKING:  # slow to load, and not needed to look at its values
    from searchkit.counting import Trend, TrendValue

__all__ = ["plot_trend"]

_FORMS = (".svg", ".png")
_BAR, _THIN, _GAP = "#2a6f97", "#a9c9dc", "#eeeeee"
_MOST_TICKS = 16


def plot_trend(found: Trend, path: Path, *, most: int = 30) -> None:
    """Draw `found` into the file at `path`, an .svg or a .png.

    Bars are occurrences per million words, of a query without words the speeches.  Periods without speeches in the
    index are shaded, those with few words or coarse dates are pale.  Of values that are no dates `most` are drawn.
    Raises UsageError for another kind of file, or where matplotlib is not installed.
    """
    if path.suffix.lower() not in _FORMS:
        raise UsageError(f"--plot {path}: the file must end in {' or '.join(_FORMS)}")
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("--plot needs matplotlib: pip install 'searchkit[plot]'") from error
    # one figure, one file, byte for byte: no random ids, letters as letters, and no $ read as a formula
    settings: Any = {"svg.hashsalt": "searchkit", "svg.fonttype": "none", "text.parse_math": False}
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(10, 4.5), layout="constrained")
        axes = figure.subplots()
        if found.by_date:
            _draw_periods(axes, found)
        else:
            _draw_values(axes, [item for item in found.values if item.count][:most], found)
        axes.set_title(visible(found.understood, one_line=True), fontsize=10, loc="left", wrap=True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        figure.savefig(path, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)


def _height(item: TrendValue, found: Trend) -> float:
    return item.per_million if found.occurrences else float(item.count)


def _unit(found: Trend) -> str:
    return "occurrences per million words" if found.occurrences else "speeches"


def _draw_periods(axes: Any, found: Trend) -> None:
    items = [item for item in found.values if item.value is not None]
    heights = [_height(item, found) for item in items]
    axes.bar(range(len(items)), heights, color=[_THIN if item.coverage else _BAR for item in items])
    for place, item in enumerate(items):
        if item.coverage == "none":
            axes.axvspan(place - 0.5, place + 0.5, color=_GAP, zorder=0, linewidth=0)
    step = -(-len(items) // _MOST_TICKS) or 1
    axes.set_xticks(range(0, len(items), step), [item.value for item in items[::step]])
    axes.tick_params(axis="x", rotation=45 if found.by == "month" else 0, labelsize=8)
    axes.set_ylabel(_unit(found), fontsize=9)
    undated = next((item for item in found.values if item.value is None), None)
    notes = [f"{found.total:,} speeches, {found.occurrences:,} occurrences"]
    if undated is not None and undated.count:
        notes.append(f"{undated.count:,} speeches without a date are not drawn")
    if any(item.coverage == "none" for item in items):
        notes.append("grey: no speeches in the index")
    if any(item.coverage in ("thin", "coarse") and item.speeches for item in items):
        notes.append("pale: few words in the index")
    axes.set_xlabel("; ".join(notes), fontsize=8)


def _draw_values(axes: Any, items: list[TrendValue], found: Trend) -> None:
    labels = [visible(item.value, one_line=True) if item.value is not None else "(none)" for item in items]
    axes.barh(range(len(items)), [_height(item, found) for item in items], color=_BAR)
    axes.set_yticks(range(len(items)), labels, fontsize=8)
    axes.invert_yaxis()
    shown = sum(item.count for item in items)
    axes.set_xlabel(f"{_unit(found)}; {shown:,} of {found.total:,} speeches are in these", fontsize=8)
