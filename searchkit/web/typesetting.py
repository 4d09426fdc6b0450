"""From offsets to what a template prints: stretches of verbatim text, each with what it is.  No markup is made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from searchkit.models import Interval, Quote, Snippet, Speech

__all__ = ["Paragraph", "Stretch", "paragraphs", "snippet_stretches"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text that is one thing throughout."""

    text: str
    marked: bool = False
    """It is what was searched for."""
    note: bool = False
    """A stage note: nobody said it."""
    quote: Quote | None = None
    """The quotation that it is part of."""
    opens: bool = False
    """That quotation begins here."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a speech."""

    stretches: tuple[Stretch, ...]
    start: int
    """Where it begins in the text of the speech."""


def snippet_stretches(snippet: Snippet) -> list[Stretch]:
    """The snippet, cut where its highlights begin and end."""
    return list(_cut(snippet.text, 0, len(snippet.text), snippet.highlights, (), ()))


def paragraphs(speech: Speech, marks: Iterable[Interval] = ()) -> list[Paragraph]:
    """The text of `speech`, paragraph by paragraph, with what was searched for (`marks`), its quotes and its notes."""
    marks, found, start = tuple(marks), [], 0
    for block in speech.text.split("\n\n"):
        end = start + len(block)
        if block.strip():
            stretches = tuple(_cut(speech.text, start, end, marks, speech.notes, speech.quotes))
            found.append(Paragraph(stretches, start))
        start = end + 2
    return found


def _cut(
    text: str, start: int, end: int, marks: tuple[Interval, ...], notes: tuple[Interval, ...], quotes: tuple[Quote, ...]
) -> Iterator[Stretch]:
    spans = [*marks, *notes, *((quote.start, quote.end) for quote in quotes)]
    inside = {place for span in spans for place in span if start < place < end}
    edges = [start, *sorted(inside), end]
    for low, high in pairwise(edges):
        quote = next((quote for quote in quotes if quote.start <= low < quote.end), None)
        yield Stretch(
            text[low:high],
            marked=_covered(low, marks),
            note=_covered(low, notes),
            quote=quote,
            opens=quote is not None and quote.start == low,
        )


def _covered(place: int, spans: Iterable[Interval]) -> bool:
    return any(start <= place < end for start, end in spans)
