"""From a query and a speech to the pieces that show why it matches: the same for every engine.

A phrase is highlighted as a phrase; a little word ("of") only inside one.  Every piece is verbatim
(`speech.text[start:end]`), and everything highlighted in it is said by one voice.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from searchkit.analysis import (
    REPORTER,
    SPEAKER,
    Analysis,
    analyze,
    analyze_around,
    cased_forms,
    is_function_word,
    voiced,
)
from searchkit.models import Interval, Snippet, Speech
from searchkit.query import CASED, Query, TokenStream, nodes, occurrences, stretches_in

__all__ = ["highlight", "marks", "voice_at"]

_WIDTH = 260
"""Code points that a snippet has at most, but for a longer phrase: about three lines of a terminal."""
_MOST_SPANS = 2_000
"""Matches looked at in one speech: a snippet shows the first few, and a speech may be a book."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A match in the text: code point offsets, the words it covers, and whose they are."""

    start: int
    end: int
    words: int
    voice: str


Spellings = Callable[[str], Sequence[str]]
"""Term of a stem -> the literal forms with this stem, all of them that occur."""


def highlight(query: Query, speech: Speech, most: int = 3, spellings: Spellings | None = None) -> tuple[Snippet, ...]:
    """Which pieces of `speech` show best why it answers `query`?  At most `most`, in the order of the text.

    A speech that answers by its fields alone is shown by its beginning, without highlights.  The answer is the same
    with and without `spellings`; with them, a text is read only around the words asked for.
    """
    spans = _spans(query, speech, _analysis(query, speech, spellings))
    if not spans:
        beginning = len(speech.text) - len(speech.text.lstrip())
        start, end = _around(speech.text, beginning, beginning)
        return (_snippet(speech, start, end, (), voice_at(speech, start, end)),) if end > start else ()
    windows: list[tuple[int, int]] = []
    snippets: list[Snippet] = []
    for group in _ranked(spans):
        start, end = _around(speech.text, group[0].start, group[-1].end)
        if all(end <= low or start >= high for low, high in windows):
            windows.append((start, end))
            snippets.append(_snippet(speech, start, end, group, group[0].voice))
            if len(snippets) == most:
                break
    return tuple(sorted(snippets, key=lambda snippet: snippet.start))


def marks(query: Query, speech: Speech) -> tuple[Interval, ...]:
    """Where in the text of `speech` stands what `query` asks for?  Code point intervals, in order, none overlapping."""
    return tuple((span.start, span.end) for span in _spans(query, speech, _analysis(query, speech, None)))


def voice_at(speech: Speech, start: int, end: int) -> str:
    """Whose words are `speech.text[start:end]`: "speaker", "quoted NAME", "quoted" (somebody unnamed), "reporter"?"""
    place = bisect.bisect_right(speech.quotes, start, key=lambda quote: quote.start) - 1
    if place >= 0 and end <= speech.quotes[place].end:
        return voiced(speech.quotes[place].speaker)
    return REPORTER if speech.kind == "article" else SPEAKER


def _analysis(query: Query, speech: Speech, spellings: Spellings | None) -> Analysis:
    """As much of the text, analysed, as tells where the words of `query` stand."""
    rows: list[Sequence[str]] = []
    for leaf in _leaves(query):
        if isinstance(leaf, nodes.StockPhrase) and leaf.fieldname == "text" and leaf.slop == 1:
            rows.append(leaf.words)
        elif type(leaf) is nodes.Term and leaf.fieldname == "text":
            rows.append((leaf.text,))
        elif type(leaf) is nodes.Term and leaf.fieldname == "stems" and spellings is not None:
            rows += [(form,) for form in spellings(leaf.text)]
        elif not leaf.is_leaf() or leaf.fieldname in ("text", "stems", CASED):
            return analyze(speech.text, speech.notes)
    found = analyze_around(speech.text, speech.notes, rows)
    return analyze(speech.text, speech.notes) if found is None else found


def _leaves(query: Any) -> Iterator[Any]:
    """What of `query` may be highlighted: words, phrases, patterns, and what asks more of places than a row does."""
    if isinstance(query, (nodes.Near, nodes.Said, nodes.Cased)) or query.is_leaf():
        yield query
    elif not isinstance(query, nodes.StockNot):
        for child in query.children():
            yield from _leaves(child)


def _found(query: Query, speech: Speech, analysis: Analysis) -> list[tuple[int, int]]:
    streams = {
        "text": TokenStream(analysis.forms, analysis.positions),
        "stems": TokenStream(analysis.stems(speech.language), analysis.positions),
        CASED: TokenStream(cased_forms(speech.text, analysis), analysis.positions),
    }
    return occurrences(query, streams, stretches_in(speech, analysis))


def _spans(query: Query, speech: Speech, analysis: Analysis) -> list[_Span]:
    """The matches to be highlighted: little words only inside phrases, nothing twice, in order."""
    found = _found(query, speech, analysis)
    telling = [
        (first, last)
        for first, last in found
        if first != last or not is_function_word(analysis.forms[first], speech.language)
    ]
    merged: list[tuple[int, int]] = []
    for first, last in (telling or found)[:_MOST_SPANS]:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    spans = []
    for first, last in merged:
        start, end = analysis.starts[first], analysis.ends[last]
        spans.append(_Span(start, end, last - first + 1, voice_at(speech, start, end)))
    return spans


def _ranked(spans: Sequence[_Span]) -> list[list[_Span]]:
    """Groups of neighbouring matches of one voice that fit into a snippet: the longest phrase, then the most first."""
    groups: list[list[_Span]] = [[spans[0]]]
    for before, span in pairwise(spans):
        fits = span.end - groups[-1][0].start <= _WIDTH * 2 // 3
        if fits and span.voice == before.voice:
            groups[-1].append(span)
        else:
            groups.append([span])
    return sorted(groups, key=lambda group: (-max(span.words for span in group), -len(group), group[0].start))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Which stretch of `text` around [start, end) is readable: whole words, inside the paragraph, of snippet width?"""
    room = max(0, _WIDTH - (end - start))
    paragraph_start = text.rfind("\n\n", 0, start)
    low = max(start - room // 2, 0 if paragraph_start < 0 else paragraph_start + 2)
    paragraph_end = text.find("\n\n", end)
    high = min(low + room + (end - start), len(text) if paragraph_end < 0 else paragraph_end)
    if 0 < low < start and not text[low - 1].isspace():
        space = _first_space(text, low, start)
        low = start if space < 0 else space + 1
    if end < high < len(text) and not text[high].isspace():
        space = max(text.rfind(" ", end, high), text.rfind("\n", end, high))
        high = high if space < 0 else space
    while low < start and text[low].isspace():
        low += 1
    while high > max(end, low) and text[high - 1].isspace():
        high -= 1
    return low, high


def _first_space(text: str, low: int, high: int) -> int:
    return next((place for place in range(low, high) if text[place].isspace()), -1)


def _snippet(speech: Speech, start: int, end: int, spans: Sequence[_Span], voice: str) -> Snippet:
    highlights = tuple((span.start - start, span.end - start) for span in spans)
    return Snippet(speech.text[start:end], start, end, voice, highlights)
