"""What stands around the hits: boxes of facet values that can be ticked, the timeline, the links to other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from searchkit.counting import Trend
from searchkit.models import Facet, FacetValue
from searchkit.web.asking import Question

__all__ = ["Bar", "Box", "Choice", "Timeline", "boxes", "rates", "timeline"]

_SHOWN = 8
"""Values of a box that are seen at once; the others unfold."""
_HEIGHT = 48
_STEP = 10
"""Units from one bar to the next."""
_WIDEST = 56
"""Pixels of one bar at most."""
_MOST_BARS = 400
"""More would be thinner than a line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and where its click leads."""

    label: str
    count: int
    selected: bool
    link: str
    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Box:
    """The values of one facet."""

    name: str
    seen: tuple[Choice, ...]
    folded: tuple[Choice, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month of a drawing; lengths in units of the drawing."""

    period: str
    told: str
    selected: bool
    x: int
    height: int
    link: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """How much there is of each time, gaps included, so that a year without any is seen as one."""

    bars: tuple[Bar, ...]
    highest: str
    undated: int = 0
    height: int = _HEIGHT

    @property
    def width(self) -> int:
        """Units of the drawing."""
        return len(self.bars) * _STEP

    @property
    def pixels(self) -> int:
        """How wide it is drawn where there is room: a few years are no reason for bars like doors."""
        return len(self.bars) * _WIDEST

    @property
    def first(self) -> str:
        """The first time."""
        return self.bars[0].period

    @property
    def last(self) -> str:
        """The last time."""
        return self.bars[-1].period


def boxes(question: Question, facets: Mapping[str, Facet]) -> list[Box]:
    """Which boxes stand beside the hits?  A facet with nothing to choose from has none."""
    found = []
    for name, facet in facets.items():
        if name == "year":
            continue
        linked = _Links(question, name)
        choices = [_choice(linked, name, value) for value in facet.values]
        if any(choice.value is not None for choice in choices):
            ticked = [choice for choice in choices[_SHOWN:] if choice.selected]
            folded = tuple(choice for choice in choices[_SHOWN:] if not choice.selected)
            found.append(Box(name, (*choices[:_SHOWN], *ticked), folded, facet.truncated))
    return found


class _Links:
    """Where a click on the values of one facet leads; what all of them share is written once."""

    def __init__(self, question: Question, name: str) -> None:
        self._question = question
        self._name = name
        address = question.link()
        self._adding = address + ("" if address.endswith("?") else "&") + name + "="

    def to(self, value: FacetValue) -> str:
        """With `value` chosen too, or no longer."""
        if value.selected or value.value is None:
            return self._question.toggled(self._name, value.value).link()
        return self._adding + quote_plus(value.value)


def _choice(links: _Links, name: str, value: FacetValue) -> Choice:
    label = value.label if value.value is not None else f"no {name}"
    return Choice(label, value.count, value.selected, links.to(value), name, value.value)


def timeline(question: Question, facet: Facet | None) -> Timeline | None:
    """How do the matches spread over the years?  None where there is one year only, or centuries."""
    values = facet.values if facet else ()
    counts = {value.value: value for value in values if value.value and value.value.isdigit()}
    if len(counts) < 2:
        return None
    years = [str(year).zfill(4) for year in range(int(min(counts)), int(max(counts)) + 1)]
    if len(years) > _MOST_BARS:
        return None
    highest = max(value.count for value in counts.values()) or 1
    links = _Links(question, "year")
    bars = []
    for place, year in enumerate(years):
        value = counts.get(year) or FacetValue(year, year, 0)
        height = _height(value.count, highest)
        bars.append(Bar(year, f"{value.count:,}", value.selected, place * _STEP, height, links.to(value)))
    undated = next((value.count for value in values if value.value is None), 0)
    return Timeline(tuple(bars), f"{highest:,}", undated)


def rates(found: Trend, links: Sequence[str | None]) -> Timeline | None:
    """How does the rate of a trend change with time?  None where it spreads over something else, or a single time.

    `links` lead to what is behind each of its values.
    """
    dated = [(value, link) for value, link in zip(found.values, links, strict=True) if value.value and link]
    if found.by not in ("year", "month") or not 2 <= len(dated) <= _MOST_BARS:
        return None
    highest = max(value.per_million for value, _ in dated) or 1.0
    bars = [
        Bar(str(value.value), f"{value.per_million:,.1f}", False, at * _STEP, _height(value.per_million, highest), link)
        for at, (value, link) in enumerate(dated)
    ]
    return Timeline(tuple(bars), f"{highest:,.1f}")


def _height(count: float, highest: float) -> int:
    return max(1, round(count / highest * _HEIGHT)) if count else 0
