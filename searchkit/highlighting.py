"""From a query and a speech to the pieces that show why it matches: the same for every engine.

A phrase is highlighted as a phrase; a little word ("of") only inside one.  Every piece is verbatim
(`speech.text[start:end]`), and everything highlighted in it is said by one voice.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

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
from searchkit.query import CASED, TEXT_STREAMS, Query, TokenStream, nodes, occurrences, stretches_in

__all__ = ["Highlighter", "highlight", "marks", "voice_at"]

_WIDTH = 260
"""Code points that a snippet has at most, but for a longer phrase: about three lines of a terminal."""
_SPACE = re.compile(r"\s")
_MOST_SPANS = 2_000
"""Matches looked at in one speech: a snippet shows the first few, and a speech may be a book."""


class _Span(NamedTuple):
    """A match in the text: code point offsets, the words it covers, and whose they are."""

    start: int
    end: int
    words: int
    voice: str


Spellings = Callable[[str], Sequence[str]]
"""Term of a stem -> the literal forms with this stem, all of them that occur."""


class Highlighter:
    """Finds what shows why speeches answer one query.

    Its answers are the same with and without `spellings`; with them, a text is read only around the words asked for.
    """

    def __init__(self, query: Query, spellings: Spellings | None = None) -> None:
        self._query = query
        leaves = list(_leaves(query))
        self._rows = _rows(leaves, spellings)
        self._of_places = not all(leaf.is_leaf() for leaf in leaves)
        """Does it ask where words stand to each other, or in whose speech, or with which capitals?"""
        self._fields = frozenset(TEXT_STREAMS if self._of_places else (leaf.fieldname for leaf in leaves))

    def snippets(self, speech: Speech, most: int = 3) -> tuple[Snippet, ...]:
        """Which pieces of `speech` show best why it answers the query?  At most `most`, in the order of the text.

        A speech that answers by its fields alone is shown by its beginning, without highlights.
        """
        text = speech.text
        spans = self._spans(speech)
        if not spans:
            beginning = len(text) - len(text.lstrip())
            start, end = _around(text, beginning, beginning)
            return (_snippet(text, start, end, (), voice_at(speech, start, end)),) if end > start else ()
        windows: list[tuple[int, int]] = []
        snippets: list[Snippet] = []
        for group in _ranked(spans):
            start, end = _around(text, group[0].start, group[-1].end)
            if all(end <= low or start >= high for low, high in windows):
                windows.append((start, end))
                snippets.append(_snippet(text, start, end, group, group[0].voice))
                if len(snippets) == most:
                    break
        return tuple(sorted(snippets, key=_start))

    def marks(self, speech: Speech) -> tuple[Interval, ...]:
        """Where in the text of `speech` stands what the query asks for?  Code point intervals, in order, apart."""
        return tuple((span.start, span.end) for span in self._spans(speech))

    def _spans(self, speech: Speech) -> list[_Span]:
        """The matches to be highlighted: little words only inside phrases, nothing twice, in order."""
        analysis = self._analysis(speech)
        forms, language = analysis.forms, speech.language
        found = self._found(speech, analysis)
        little = {form for form in {forms[first] for first, _ in found} if is_function_word(form, language)}
        telling = [(first, last) for first, last in found if first != last or forms[first] not in little]
        merged: list[tuple[int, int]] = []
        for first, last in (telling or found)[:_MOST_SPANS]:
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        starts, ends = analysis.starts, analysis.ends
        own = None if speech.quotes else voice_at(speech, 0, 0)
        return [
            _Span(start, end, last - first + 1, own or voice_at(speech, start, end))
            for first, last in merged
            for start, end in ((starts[first], ends[last]),)
        ]

    def _analysis(self, speech: Speech) -> Analysis:
        """As much of the text, analysed, as tells where the words of the query stand."""
        around = None if self._rows is None else analyze_around(speech.text, speech.notes, self._rows)
        return analyze(speech.text, speech.notes) if around is None else around

    def _found(self, speech: Speech, analysis: Analysis) -> list[tuple[int, int]]:
        streams = {"text": TokenStream(analysis.forms, analysis.positions)}
        if "stems" in self._fields:
            streams["stems"] = TokenStream(analysis.stems(speech.language), analysis.positions)
        if CASED in self._fields:
            streams[CASED] = TokenStream(cased_forms(speech.text, analysis), analysis.positions)
        return occurrences(self._query, streams, stretches_in(speech, analysis) if self._of_places else ())


def highlight(query: Query, speech: Speech, most: int = 3, spellings: Spellings | None = None) -> tuple[Snippet, ...]:
    """Which pieces of one speech show best why it answers `query`?  As a Highlighter has it."""
    return Highlighter(query, spellings).snippets(speech, most)


def marks(query: Query, speech: Speech) -> tuple[Interval, ...]:
    """Where in the text of one speech stands what `query` asks for?  As a Highlighter has it."""
    return Highlighter(query).marks(speech)


def voice_at(speech: Speech, start: int, end: int) -> str:
    """Whose words are `speech.text[start:end]`: "speaker", "quoted NAME", "quoted" (somebody unnamed), "reporter"?"""
    place = bisect.bisect_right(speech.quotes, start, key=lambda quote: quote.start) - 1
    if place >= 0 and end <= speech.quotes[place].end:
        return voiced(speech.quotes[place].speaker)
    return REPORTER if speech.kind == "article" else SPEAKER


def _rows(leaves: Sequence[Any], spellings: Spellings | None) -> list[Sequence[str]] | None:
    """Which rows of words are to be looked for, so that what `leaves` ask for is found?  None: all must be read."""
    rows: list[Sequence[str]] = []
    for leaf in leaves:
        if isinstance(leaf, nodes.StockPhrase) and leaf.fieldname == "text" and leaf.slop == 1:
            rows.append(leaf.words)
        elif type(leaf) is nodes.Term and leaf.fieldname == "text":
            rows.append((leaf.text,))
        elif type(leaf) is nodes.Term and leaf.fieldname == "stems" and spellings is not None:
            rows += [(form,) for form in spellings(leaf.text)]
        elif not leaf.is_leaf() or leaf.fieldname in ("text", "stems", CASED):
            return None
    return rows


def _leaves(query: Any) -> Iterator[Any]:
    """What of `query` may be highlighted: words, phrases, patterns, and what asks more of places than a row does."""
    if isinstance(query, (nodes.Near, nodes.Said, nodes.Cased)) or query.is_leaf():
        yield query
    elif not isinstance(query, nodes.StockNot):
        for child in query.children():
            yield from _leaves(child)


def _ranked(spans: Sequence[_Span]) -> list[list[_Span]]:
    """Groups of neighbouring matches of one voice that fit into a snippet: the longest phrase, then the most first."""
    group = [spans[0]]
    groups = [group]
    for span in spans[1:]:
        if span.end - group[0].start <= _WIDTH * 2 // 3 and span.voice == group[-1].voice:
            group.append(span)
        else:
            group = [span]
            groups.append(group)
    return sorted(groups, key=_rank)


def _rank(group: Sequence[_Span]) -> tuple[int, int, int]:
    return -max([span.words for span in group]), -len(group), group[0].start


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Which stretch of `text` around [start, end) is readable: whole words, inside the paragraph, of snippet width?"""
    room = max(0, _WIDTH - (end - start))
    paragraph_start = text.rfind("\n\n", 0, start)
    low = max(start - room // 2, 0 if paragraph_start < 0 else paragraph_start + 2)
    paragraph_end = text.find("\n\n", end)
    high = min(low + room + (end - start), len(text) if paragraph_end < 0 else paragraph_end)
    if 0 < low < start and not text[low - 1].isspace():
        space = _SPACE.search(text, low, start)
        low = space.end() if space else start
    if end < high < len(text) and not text[high].isspace():
        space_at = max(text.rfind(" ", end, high), text.rfind("\n", end, high))
        high = high if space_at < 0 else space_at
    if low < start:
        low = start - len(text[low:start].lstrip())
    if high > max(end, low):
        bound = max(end, low)
        high = bound + len(text[bound:high].rstrip())
    return low, high


def _snippet(text: str, start: int, end: int, spans: Sequence[_Span], voice: str) -> Snippet:
    highlights = tuple([(span.start - start, span.end - start) for span in spans])
    return Snippet(text[start:end], start, end, voice, highlights)


_start = attrgetter("start")
