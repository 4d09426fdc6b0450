"""What an engine must do: hold analysed speeches, and answer a query tree exactly.

The same contract tests run over every engine (tests/contract); `scan` is the oracle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from searchkit.engines.arrays import Dates, FacetColumn, Ints, Neighbours, Occurrences, TokenRun, Vocabulary
from searchkit.identity.side import Names, Traits
from searchkit.models import Facet, Form, Speech
from searchkit.query import Profile, Query

__all__ = ["Engine", "Match", "Matches", "Request", "Sort", "SpeechWriter", "SpellsOut", "Unit"]

Sort = Literal["relevance", "newest", "oldest"]
Unit = Literal["speeches", "pages", "originals", "words"]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine: a query tree, filters that facets may ignore, and what of the answer is wanted."""

    query: Query
    filters: Mapping[str, Query] = field(default_factory=dict)
    """Field -> the values selected for it, as one tree; a facet ignores the filter of its own field."""
    selected: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    """Field -> those values as such, to be marked in the facet."""
    facets: tuple[str, ...] = ()
    facet_limit: int = 50
    unit: Unit = "speeches"
    """What facets count: speeches, the pages they stand on, groups of copies, or the words of the speeches."""
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0
    collapsed: bool = False
    """Is each group of copies to be one match: its original, or of those that match the earliest?"""


class Match(NamedTuple):
    """One speech that answers a request; `number` is the engine's own, valid while it is open."""

    number: int
    score: float
    tier: int
    """0: holds the bare words as an exact phrase; 1: the rest.  0 throughout where no phrase was asked for."""
    copies: int = 0
    """How many other speeches of the index are the same text on other pages, whether they match or not."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer to a request: totals and facets over all matches, and the matches of the page asked for."""

    total: int
    pages: int
    originals: int
    """Groups of copies among the matches; a speech without copies is a group."""
    phrase_total: int | None
    page: tuple[Match, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()


class SpeechWriter(Protocol):
    """Takes speeches into a new index; nothing is visible before `commit`."""

    def add(self, speech: Speech) -> None:
        """Analyse one speech and take it in.  Ids are unique; the caller sees to that."""

    def commit(self) -> Profile:
        """Finish the index and say what queries must know of it."""

    def cancel(self) -> None:
        """Let go of everything; the place is left to the caller to remove."""


@runtime_checkable
class SpellsOut(Protocol):
    """An engine that can say, without looking at a text, in which forms words occur."""

    def spellings(self, stem: str) -> Sequence[str]:
        """Which literal forms with this stem, a term of the field `stems`, occur?"""

    def spelled_like(self, field: str, word: str, most: int) -> Sequence[tuple[int, str]]:
        """Which words of `field` are at most `most` edits away from `word`?  The edits of each, and the word."""


class Engine(Protocol):
    """Answers requests over one immutable state of an index.  Safe to use from several threads.

    Its people and its copies are those of the Side that was given to it beside the speeches (identity/side.py): the
    fields `speaker` and `quoting`, their facets, and the speeches that it hands out.  Without one, what the pages say
    stands.
    """

    @property
    def profile(self) -> Profile:
        """What must a query know of the corpus?"""

    def search(self, request: Request) -> Matches:
        """Which speeches answer the request, how many, and how do they spread over the facets?"""

    def speeches(self, numbers: Sequence[int], *, texts: bool = False) -> list[Speech]:
        """Which speeches have these numbers (of `Match`)?  In the order asked; with `texts`, all texts will be read."""

    def find(self, id: str) -> Speech | None:
        """Which speech has this id?"""

    def find_all(self, ids: Sequence[str]) -> list[Speech | None]:
        """Which speeches have these ids?  In the order asked; None for an id that no speech has."""

    def of_page(self, page: str) -> list[Speech]:
        """Which speeches stand on this page?  In their order there."""

    def values(self, field: str) -> list[str]:
        """Which exact values occur in the facet or key `field`, or which forms in a field of words?  In order."""

    def traits(self) -> Iterator[Traits]:
        """What do the pages say of each speech that is to be compared with others?  In the order of their numbers."""

    def as_written(self, page: str) -> list[Speech]:
        """Which speeches stand on this page, with people as the page names them?  A later build takes these over."""

    def people(self, number: int) -> tuple[Names, tuple[Names, ...]]:
        """Who speaks in the speech `number`, and who is quoted, quote by quote?  With every name a query may use."""

    def copies(self, number: int) -> list[int]:
        """Which speeches are one text with the speech `number`, itself included?  The original first, then by date."""

    def words(self) -> int:
        """How many words have all speeches together?"""

    def __len__(self) -> int:
        """How many speeches are there?"""

    # What follows is for those who count words: whole arrays at a time.

    def matching(self, request: Request) -> Ints:
        """Which speeches answer the request's query within its filters?  All of them, in rising order of numbers."""

    def occurrences(self, request: Request) -> Occurrences:
        """Where do the words that the request's query asks for stand, in the speeches that answer it?

        One for each distinct span in the text of a positive word, phrase or NEAR (see query/occurrences.py); what the
        query excludes, and what it asks of other fields, has none.
        """

    def lengths(self) -> Ints:
        """How many words has the text of each speech, by its number?"""

    def dates(self) -> Dates:
        """On which days may each speech have been held, by its number?"""

    def ranks(self, speeches: Ints) -> Ints:
        """Which place has each of `speeches` in the order of ids?  Compared with one another alone."""

    def column(self, facet: str) -> FacetColumn:
        """Which values has each speech in the facet `facet`, year and month among them?"""

    def vocabulary(self) -> Vocabulary:
        """How often does each literal form of the texts stand in the whole index?"""

    def forms(self, codes: Ints) -> list[str]:
        """Which literal forms have these codes of the vocabulary?  In the order asked."""

    def form_counts(self, numbers: Ints) -> Ints:
        """How often does each form of the vocabulary, by its code, stand in the speeches `numbers` (rising)?"""

    def neighbours(self, found: Occurrences, window: int) -> Neighbours:
        """Which words stand at most `window` (1 to 99) positions beside the ends of what was `found`, and how often?

        A sentence end is a position, a paragraph end is never crossed.
        """

    def tokens(self, numbers: Ints) -> TokenRun:
        """Which words stand in the texts of the speeches `numbers`, one speech after the other, in the order asked?

        Whoever asks for many speeches asks for some at a time: the answer holds every word of them.
        """

    def codes_at(self, speeches: Ints, positions: Ints) -> Ints:
        """Which form, as a code of the vocabulary, stands in each of `speeches` at its position?  -1 where none does.

        Both arrays are parallel.  For words here and there in many speeches, where `tokens` would read them whole.
        """

    def close(self) -> None:
        """Release every file."""
