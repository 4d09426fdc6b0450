"""What stands around the hits: boxes of facet values that can be ticked, the timeline, the links to other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus

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
    """How do the matches spread over the years?  None where there are not two years to compare."""
    values = facet.values if facet else ()
    counts = {value.value: value for value in values if value.value and value.value.isdigit()}
    if len(counts) < 2:
        return None
    years = range(int(min(counts)), int(max(counts)) + 1)
    highest = max(value.count for value in counts.values()) or 1
    bars = []
    links = _Links(question, "year")
    for place, year in enumerate(f"{number:04d}" for number in years):
        value = counts.get(year) or FacetValue(year, year, 0)
        height = max(1, round(value.count / highest * _HEIGHT)) if value.count else 0
        bars.append(Bar(year, value.count, value.selected, place * 10, height, links.to(value)))
    undated = next((value.count for value in values if value.value is None), 0)
    return Timeline(tuple(bars), undated, highest, len(years) * 10)
