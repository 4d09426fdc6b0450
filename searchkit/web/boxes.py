"""What stands around the hits: boxes of facet values that can be ticked, the timeline, the links to other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from searchkit.models import Facet, FacetValue
from searchkit.web.asking import Question

__all__ = ["Bar", "Box", "Choice", "Timeline", "boxes", "timeline"]

_SHOWN = 8
"""Values of a box that are seen at once; the others unfold."""
_HEIGHT = 48
_WIDEST = 56
"""Pixels of one year at most."""


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
    """One year of the timeline; lengths in units of the drawing."""

    year: str
    count: int
    selected: bool
    x: int
    height: int
    link: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Matches by year, gaps included, so that a year without any is seen as one."""

    bars: tuple[Bar, ...]
    undated: int
    highest: int
    width: int
    height: int = _HEIGHT

    @property
    def pixels(self) -> int:
        """How wide it is drawn where there is room: a few years are no reason for bars like doors."""
        return len(self.bars) * _WIDEST

    @property
    def first(self) -> str:
        """The first year."""
        return self.bars[0].year

    @property
    def last(self) -> str:
        """The last year."""
        return self.bars[-1].year


def boxes(question: Question, facets: Mapping[str, Facet]) -> list[Box]:
    """Which boxes stand beside the hits?  A facet with nothing to choose from has none."""
    found = []
    for name, facet in facets.items():
        if name == "year":
            continue
        choices = [_choice(question, name, value) for value in facet.values]
        if any(choice.value is not None for choice in choices):
            ticked = [choice for choice in choices[_SHOWN:] if choice.selected]
            folded = tuple(choice for choice in choices[_SHOWN:] if not choice.selected)
            found.append(Box(name, (*choices[:_SHOWN], *ticked), folded, facet.truncated))
    return found


def _choice(question: Question, name: str, value: FacetValue) -> Choice:
    link = question.toggled(name, value.value).link()
    label = value.label if value.value is not None else f"no {name}"
    return Choice(label, value.count, value.selected, link, name, value.value)


def timeline(question: Question, facet: Facet | None) -> Timeline | None:
    """How do the matches spread over the years?  None where there are not two years to compare."""
    values = facet.values if facet else ()
    counts = {value.value: value for value in values if value.value and value.value.isdigit()}
    if len(counts) < 2:
        return None
    years = range(int(min(counts)), int(max(counts)) + 1)
    highest = max(value.count for value in counts.values()) or 1
    bars = []
    for place, year in enumerate(f"{number:04d}" for number in years):
        value = counts.get(year)
        count = value.count if value else 0
        height = max(1, round(count / highest * _HEIGHT)) if count else 0
        ticked = question.toggled("year", year)
        bars.append(Bar(year, count, bool(value and value.selected), place * 10, height, ticked.link()))
    undated = next((value.count for value in values if value.value is None), 0)
    return Timeline(tuple(bars), undated, highest, len(years) * 10)
