"""From a query and a speech to the pieces that show why it matches: the same for every engine.

A phrase is highlighted as a phrase; a little word ("of") only inside one.  Every piece is verbatim
(`speech.text[start:end]`), and everything highlighted in it is said by one voice.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from operator import attrgetter
from typing import Any, NamedTuple

from searchkit import deadline
from searchkit.analysis import (
    REPORTER,
    SPEAKER,
    Analysis,
    analyze,
    analyze_around,
    cased_forms,
    is_function_word,
    stem_term,
    voiced,
    words_around,
)
from searchkit.models import Interval, Snippet, Speech
from searchkit.query import CASED, TEXT_STREAMS, Query, TokenStream, nodes, occurrences, stretches_in

__all__ = ["Highlighter", "highlight", "marks", "voice_at"]

_WIDTH = 260
"""Code points that a snippet has at most, but for a longer phrase: about three lines of a terminal."""
_GROUP = _WIDTH * 2 // 3
"""Code points from the first to the last match of a snippet."""
_SPACE = re.compile(r"\s")
_MOST_SPANS = 2_000
"""Matches looked at in one speech: a snippet shows the first few, and a speech may be a book."""


class _Spans(NamedTuple):
    """The matches in one text, in order, as columns: of a frequent word a text has many, and few are shown."""

    starts: Sequence[int]
    """Code points."""
    ends: Sequence[int]
    words: Sequence[int] | None = None
    """How many words each covers; None: one."""
    voices: Sequence[str] | None = None
    """Whose words each of them is; None: all those of one voice."""

    def ranked(self) -> list[tuple[int, int]]:
        """Which neighbours fit into a snippet, and are said by one voice?  As ranges.

        What is shown first, stands first: the longest phrase, then the most matches.
        """
        starts, ends, words, voices = self
        ranked = []
        first, count = 0, len(starts)
        while first < count:
            behind = bisect_right(ends, starts[first] + _GROUP, first + 1)
            if voices:
                others = (place for place in range(first, behind) if voices[place] != voices[first])
                behind = next(others, behind)
            ranked.append((-max(words[first:behind]) if words else 0, first - behind, first, behind))
            first = behind
        ranked.sort()
        return [(first, behind) for _, _, first, behind in ranked]


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
        self._words = None if self._rows is None else _Words.of(leaves, self._rows)

    def snippets(self, speech: Speech, most: int = 3) -> tuple[Snippet, ...]:
        """Which pieces of `speech` show best why it answers the query?  At most `most`, in the order of the text.

        A speech that answers by its fields alone is shown by its beginning, without highlights.
        """
        text = speech.text
        spans = self._spans(speech)
        if not spans.starts:
            beginning = len(text) - len(text.lstrip())
            start, end = _around(text, beginning, beginning)
            return (Snippet(text[start:end], start, end, voice_at(speech, start, end)),) if end > start else ()
        voice = "" if spans.voices else voice_at(speech, 0, 0)
        windows: list[Interval] = []
        snippets: list[Snippet] = []
        for first, behind in spans.ranked():
            starts, ends = spans.starts[first:behind], spans.ends[first:behind]
            start, end = _around(text, starts[0], ends[-1])
            if all(end <= low or start >= high for low, high in windows):
                windows.append((start, end))
                highlights = tuple([(low - start, high - start) for low, high in zip(starts, ends, strict=True)])
                own = spans.voices[first] if spans.voices else voice
                snippets.append(Snippet(text[start:end], start, end, own, highlights))
                if len(snippets) == most:
                    break
        snippets.sort(key=_start)
        return tuple(snippets)

    def marks(self, speech: Speech) -> tuple[Interval, ...]:
        """Where in the text of `speech` stands what the query asks for?  Code point intervals, in order, apart."""
        spans = self._spans(speech)
        return tuple(zip(spans.starts, spans.ends, strict=True))

    def _spans(self, speech: Speech) -> _Spans:
        """The matches to be highlighted: little words only inside phrases, nothing twice, in order."""
        deadline.check()
        spans = None if self._words is None else self._words.spans(speech)
        if spans is None:
            spans = self._read(speech)
        if speech.quotes:
            return spans._replace(voices=list(map(voice_at, itertools.repeat(speech), spans.starts, spans.ends)))
        return spans

    def _read(self, speech: Speech) -> _Spans:
        """The same, told by the words of the text one by one."""
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
        return _Spans(
            [starts[first] for first, _ in merged],
            [ends[last] for _, last in merged],
            [last - first + 1 for first, last in merged],
        )

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


class _Words:
    """The words of a query that asks for single words alone: they are found in a text without its other words."""

    def __init__(self, words: Sequence[str], literal: Set[str], stems: Set[str]) -> None:
        self._words = words
        self._literal = literal
        """Those that are asked for as they stand."""
        self._stems = stems
        """The stems that are asked for."""
        self._telling: dict[str | None, dict[str, bool]] = {}

    @classmethod
    def of(cls, leaves: Sequence[Any], rows: Sequence[Sequence[str]]) -> _Words | None:
        """Which words do `leaves` ask for, given the `rows` that find them?  None where they ask for words in a row."""
        if any(len(row) > 1 for row in rows):
            return None
        stems = {leaf.text for leaf in leaves if leaf.fieldname == "stems"}
        in_text = [leaf for leaf in leaves if leaf.fieldname == "text"]
        literal = {word for leaf in in_text for word in (leaf.words if hasattr(leaf, "words") else [leaf.text])}
        return cls(list(dict.fromkeys(word for row in rows for word in row)), literal, stems)

    def spans(self, speech: Speech) -> _Spans | None:
        """Where do they stand in `speech`?  Little words only where there is no other; None where that is not told."""
        found = words_around(speech.text, speech.notes, self._words)
        if found is None:
            return None
        starts, ends, forms = found
        telling = self._telling_in(speech.language)
        if not all(telling.values()) or len(telling) < len(self._words):
            chosen = [place for place, form in enumerate(forms) if telling.get(form)]
            if not chosen:
                chosen = [place for place, form in enumerate(forms) if form in telling]
            starts, ends = [starts[place] for place in chosen], [ends[place] for place in chosen]
        return _Spans(starts[:_MOST_SPANS], ends[:_MOST_SPANS])

    def _telling_in(self, language: str | None) -> dict[str, bool]:
        """Which forms answer in a text of `language`, and is each more than a little word?"""
        if language not in self._telling:
            self._telling[language] = {
                word: not is_function_word(word, language)
                for word in self._words
                if word in self._literal or (self._stems and stem_term(word, language) in self._stems)
            }
        return self._telling[language]


def highlight(query: Query, speech: Speech, most: int = 3, spellings: Spellings | None = None) -> tuple[Snippet, ...]:
    """Which pieces of one speech show best why it answers `query`?  As a Highlighter has it."""
    return Highlighter(query, spellings).snippets(speech, most)


def marks(query: Query, speech: Speech) -> tuple[Interval, ...]:
    """Where in the text of one speech stands what `query` asks for?  As a Highlighter has it."""
    return Highlighter(query).marks(speech)


def voice_at(speech: Speech, start: int, end: int) -> str:
    """Whose words are `speech.text[start:end]`: "speaker", "quoted NAME", "quoted" (somebody unnamed), "reporter"?"""
    place = bisect_right(speech.quotes, start, key=lambda quote: quote.start) - 1
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


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Which stretch of `text` around [start, end) is readable: whole words, inside the paragraph, of snippet width?"""
    room = max(0, _WIDTH - (end - start))
    low = max(start - room // 2, 0)
    paragraph_start = text.rfind("\n\n", max(low - 1, 0), start)
    if paragraph_start >= 0:
        low = paragraph_start + 2
    high = min(low + room + (end - start), len(text))
    paragraph_end = text.find("\n\n", end, high + 1)
    if paragraph_end >= 0:
        high = paragraph_end
    if 0 < low < start and not text[low - 1].isspace():
        space = _SPACE.search(text, low, start)
        low = space.end() if space else start
    if end < high < len(text) and not text[high].isspace():
        space_at = max(text.rfind(" ", end, high), text.rfind("\n", end, high))
        high = high if space_at < 0 else space_at
    if low < start and text[low].isspace():
        low = start - len(text[low:start].lstrip())
    bound = max(end, low)
    if high > bound and text[high - 1].isspace():
        high = bound + len(text[bound:high].rstrip())
    return low, high


_start = attrgetter("start")
