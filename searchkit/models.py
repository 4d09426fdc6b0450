"""The values that travel between the stages: plain, frozen, picklable.

    read -> RawPage -clean-> CleanPage -extract-> Speech (several) -write-> engine
    parse -> query -search-> Matches (engines/base.py) -highlight-> Results

A page that cannot go on becomes `Skipped`, never nothing. Offsets are Unicode code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from searchkit.later import Later
from searchkit.plain import Plain, Rows

__all__ = [
    "Citation",
    "CleanPage",
    "Declaration",
    "Facet",
    "FacetValue",
    "Form",
    "Hit",
    "Inspection",
    "PageFormat",
    "Quote",
    "RawPage",
    "Removal",
    "Results",
    "ScorePart",
    "Skipped",
    "Snippet",
    "Speech",
]

PageFormat = Literal["html", "text", "pdf", "record"]
JSONValue = object
Interval = tuple[int, int]


# -- the write arrow ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawPage:
    """What a source yields: one file, or one record of a structured file, as it was found."""

    key: str
    """The page key: path below the SOURCE ("2024/a.html"), or a record's id, else name#line."""
    location: str
    """Where a person finds it: the path as given, with #line for a record."""
    format: PageFormat
    content: bytes = b""
    """The bytes of the file, unpacked; empty for a record."""
    record: Mapping[str, JSONValue] = field(default_factory=dict)
    """The keys and values of a structured record; empty for html and text."""
    sidecar: Mapping[str, str] = field(default_factory=dict)
    """Fields that a metadata table gives for this page; they win over what the page says."""
    line: bytes | None = field(default=None, compare=False)
    """The digest of the line that a record was read from; None for what is no line."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that did not become speeches, and the reason, worded so that equal reasons can be counted."""

    page: str
    reason: str
    unreadable: bool = False
    """True if the page exists but could not be read this time: its former speeches are kept as stale."""
    detail: str = ""
    """What the reason leaves out so that it can be counted: the library's own message, a size, a line number."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A part of the page that is not content, with the rule that says so."""

    text: str
    rule: str
    at: int | None = field(default=None, compare=False)
    """Where it stood: behind this offset of the cleaned text.  None where that is no longer known."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Something the page says of itself outside its text, as found: `("json-ld", "datePublished", "2024-06-15")`."""

    origin: str
    """json-ld, meta (name or property), link, html, time, title, heading, chrome (what a chrome rule cut out)."""
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page without its chrome: the text that speeches are cut from, and an account of what was removed."""

    key: str
    location: str
    format: PageFormat
    text: str
    title: str | None = None
    removed: tuple[Removal, ...] = ()
    declared: tuple[Declaration, ...] = ()
    record: Mapping[str, JSONValue] = field(default_factory=dict)
    sidecar: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote(Plain):
    """Words in direct speech, without their quotation marks: `speech.text[start:end] == text`."""

    speaker: str | None
    """The person quoted; None where the text does not say."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speech(Later, Plain):
    """What one speaker said on one occasion: an article, an address, or one turn of a transcript.

    A hit's is read from the index part by part, when it is looked at (later.py).
    """

    id: str
    page: str
    text: str
    start: int = 0
    """Where `text` stands in the page's cleaned text."""
    end: int = 0
    url: str | None = None
    title: str | None = None
    kind: str | None = None
    speakers: tuple[str, ...] = ()
    """The principal speaker; several only where a record names several (a joint statement)."""
    label: str | None = None
    """The speaker's name as the page has it."""
    role: str | None = None
    venue: tuple[str, ...] = ()
    event: str | None = None
    date: str | None = None
    """ISO text with its precision kept: "2024", "2024-06" or "2024-06-15" (see dates.py)."""
    source: str | None = None
    language: str | None = None
    """ISO 639-1 code."""
    procedural: bool = False
    quotes: tuple[Quote, ...] = ()
    notes: tuple[Interval, ...] = ()
    """Stage notes such as (APPLAUSE), as intervals of `text`."""
    extras: tuple[tuple[str, str], ...] = ()
    """Keys of a record or a sidecar row that are not fields of searchkit, kept as they stand."""

    @property
    def speaker(self) -> str | None:
        """Who speaks?  None if unknown; several names of a joint statement are joined by a semicolon."""
        return "; ".join(self.speakers) or None

    @property
    def quoting(self) -> tuple[str, ...]:
        """Who is quoted in the text?  Each person once, in order of appearance."""
        return tuple(dict.fromkeys(quote.speaker for quote in self.quotes if quote.speaker))


@dataclass(frozen=True, slots=True)
class Inspection(Plain):
    """What the write arrow makes of one page, up to but not into the engine."""

    page: CleanPage | Skipped
    speeches: tuple[Speech, ...] = ()
    content: str | None = None
    """The hash of what was read of the page, where it was taken along the way."""
    digests: tuple[bytes, ...] = ()
    """The digest of each speech, where they were taken along the way."""


# -- the read arrow ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snippet(Plain):
    """A verbatim piece of a speech: `speech.text[start:end] == text`; highlights are offsets into `text`."""

    text: str
    start: int
    end: int
    voice: str
    """Whose words these are: "speaker", "quoted NAME", "quoted" (somebody unnamed) or "reporter"."""
    highlights: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class ScorePart(Plain):
    """What one word of the query adds to the score of a hit."""

    asked: str
    """The word, as the read-back has it."""
    score: float
    speeches: int
    """How many speeches of the index answer to it: the fewer, the more it tells."""


@dataclass(frozen=True, slots=True)
class Hit(Plain):
    """One speech that matches, with the pieces that show why."""

    speech: Speech
    score: float | None
    """BM25; None where the order does not come from a score."""
    snippets: tuple[Snippet, ...] = ()
    copies: int = 0
    """How many other speeches are the same text on other pages."""
    parts: tuple[ScorePart, ...] = ()
    """Of what the score is made, where that was asked for."""


@dataclass(frozen=True, slots=True)
class Citation(Plain):
    """A speech, or words of it, to be cited: `speech.text[start:end]`."""

    speech: Speech
    start: int
    end: int
    text: str | None = None
    """The words cited; None where the whole speech is."""

    @classmethod
    def whole(cls, speech: Speech) -> Citation:
        """The speech, cited as a whole."""
        return cls(speech, 0, len(speech.text))


@dataclass(frozen=True, slots=True)
class FacetValue(Plain):
    """How many matching speeches have this value; `value` is None for those without one."""

    value: str | None
    label: str
    count: int
    selected: bool = False
    months: tuple[FacetValue, ...] = ()
    """Of a year in the facet `date`: its months, and what is dated by the year alone."""


@dataclass(frozen=True, slots=True)
class Facet(Rows):
    """The values of one field over all matches, most frequent first."""

    values: tuple[FacetValue, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Form(Plain):
    """How many speeches hold one written form of what was asked: ceasefire, cease fire."""

    form: str
    count: int


@dataclass(frozen=True, slots=True)
class Results(Rows):
    """The answer to one query: exact totals, and the hits of the page asked for."""

    listed = ("hits",)

    query: str
    understood: str
    """The query in words, as searchkit understood it."""
    total: int
    """Matching speeches, all of them."""
    pages: int
    """Pages that hold a matching speech."""
    phrase_total: int | None
    """Of `total`, those with the bare words as one exact phrase; None where no such phrase was asked for."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    originals: int | None = None
    """Of `total`, the texts that differ: a text and its copies on other pages count once."""
    collapsed: bool = False
    """Is each group of copies one hit?  Then there are as many hits as `originals`."""
    remarks: tuple[str, ...] = ()
    """What else the reader must know: dates too coarse for the filter, why there is nothing, where else it stands."""
    generation: str | None = None
    took_ms: float = 0.0
    written: str | None = None
    """The query written out in its language, to be read in one way only; None where nothing was to be explained."""

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
