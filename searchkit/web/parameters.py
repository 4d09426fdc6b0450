"""The parameters that addresses of the API have; FastAPI documents and checks them.

Each call has a model of its own, so that a parameter that it does not know is a mistake: silently ignored it would
widen the answer.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from searchkit.errors import UsageError
from searchkit.query import nodes
from searchkit.web.asking import DEEPEST, EXACT_FACETS, LONGEST_QUERY, MOST_HITS, Question, Sort

__all__ = [
    "CollocatesParameters",
    "CompareParameters",
    "FacetsParameters",
    "FirstParameters",
    "FreqParameters",
    "KeynessParameters",
    "KwicParameters",
    "NgramsParameters",
    "QuotesParameters",
    "SearchParameters",
    "Selection",
    "SimilarParameters",
    "Some",
    "TrendParameters",
]

_Values = Annotated[list[str], Field(max_length=100)]
_Window = Annotated[int, Field(ge=1, le=99, description="Words on either side.")]
_Rows = Annotated[int, Field(ge=1, le=1_000, description="Rows at most.")]
_Least = Annotated[int, Field(ge=1, le=1_000_000, description="Occurrences at least.")]
_StopWords = Annotated[bool, Field(description="List little words too.")]
_Name = Annotated[str, Field(max_length=200, description="Words in a row of a name.", examples=["hasanova"])]
_Facet = Annotated[str, Field(max_length=60, description="year, month, speaker, venue, source …", examples=["year"])]
_Offset = Annotated[int, Field(ge=0, le=DEEPEST, description="Leave out so many before them.")]


class Selection(BaseModel):
    """Which speeches are asked of: a query, exact values of facets, a period.

    A field of the index's own (`build --field party`) is a parameter too: `party=Green`.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    q: Annotated[
        str,
        Field(
            max_length=LONGEST_QUERY,
            description="In searchkit's query language; empty: every speech.",
            examples=['"Shusha Declaration"'],
        ),
    ] = ""
    speaker: Annotated[_Values, Field(description="Exact values, as a facet shows them; several: any of them.")] = []
    quoting: _Values = []
    venue: _Values = []
    source: _Values = []
    kind: _Values = []
    language: _Values = []
    role: _Values = []
    procedural: _Values = []
    year: _Values = []
    month: _Values = []
    without: Annotated[_Values, Field(description="Facets that a speech must have no value in.")] = []
    since: Annotated[
        str | None, Field(alias="from", max_length=10, examples=["2008-07"], description="First day, month or year.")
    ] = None
    until: Annotated[
        str | None, Field(alias="to", max_length=10, examples=["2010"], description="Last day, month or year.")
    ] = None

    def question(self, own_fields: tuple[str, ...]) -> Question:
        """Which question is asked of an index with these fields of its own?

        Raises UsageError for a parameter that there is not.
        """
        selected = {name: tuple(values) for name in EXACT_FACETS if (values := getattr(self, name))}
        for name, values in (self.model_extra or {}).items():
            if name not in own_fields:
                there = (*(field.alias or key for key, field in type(self).model_fields.items()), *own_fields)
                raise UsageError(f"there is no parameter {name[:40]!r} here; there are {', '.join(sorted(there))}")
            selected[name] = tuple([values] if isinstance(values, str) else map(str, values))
        return Question(self.q.strip(), selected, tuple(self.without), self.since, self.until, **self._page())

    def text(self) -> Any:
        """What does the library take for the query?  Without one: every speech."""
        return self.q.strip() or nodes.Every()

    def _page(self) -> dict[str, Any]:
        return {}


class FacetsParameters(Selection):
    """Of /facets."""

    facet: Annotated[
        _Values, Field(min_length=1, max_length=10, description="Fields to count by.", examples=[["speaker", "year"]])
    ]
    values: Annotated[int, Field(ge=1, le=10_000, description="Values of each at most.")] = 50
    unit: Annotated[
        Literal["speeches", "pages", "originals"],
        Field(description="What is counted; a text and its copies are one original."),
    ] = "speeches"


class SearchParameters(Selection):
    """Of /search and of exports."""

    sort: Sort = "relevance"
    limit: Annotated[int, Field(ge=0, le=MOST_HITS, description="Hits at most.")] = 10
    offset: _Offset = 0
    facet: Annotated[
        _Values, Field(max_length=10, description="Fields to count by.", examples=[["speaker", "year"]])
    ] = []
    snippets: Annotated[int, Field(ge=0, le=10, description="Pieces of each hit that show why it matches.")] = 3
    group: Annotated[Literal["copies"] | None, Field(description="One hit for a text and its copies.")] = None

    def _page(self) -> dict[str, Any]:
        return {"sort": self.sort, "limit": self.limit, "offset": self.offset}


class Some(BaseModel):
    """Of calls that list things without a query."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[int, Field(ge=0, le=1_000, description="Rows at most.")] = 100
    offset: _Offset = 0


class QuotesParameters(Selection):
    """Of /quotes."""

    person: Annotated[
        list[_Name],
        Field(max_length=20, description="Who is quoted: words in a row of a name.", examples=[["gasimzade"]]),
    ] = []
    sort: Literal["newest", "oldest"] = "newest"
    limit: Annotated[int, Field(ge=0, le=MOST_HITS, description="Quotations at most.")] = 20
    offset: _Offset = 0


class KwicParameters(Selection):
    """Of /kwic."""

    window: _Window = 10
    sort: Annotated[
        Literal["oldest", "newest", "left", "right"], Field(description="left, right: by the words on that side.")
    ] = "oldest"
    limit: Annotated[int, Field(ge=0, le=1_000, description="Lines at most.")] = 20
    offset: _Offset = 0


class TrendParameters(Selection):
    """Of /trend."""

    by: _Facet = "year"
    sort: Annotated[Literal["count", "rate", "value"], Field(description="Of values that are no periods.")] = "count"


class FreqParameters(Selection):
    """Of /freq."""

    limit: _Rows = 50
    stop_words: _StopWords = True


class CollocatesParameters(Selection):
    """Of /collocates."""

    window: _Window = 5
    least: _Least = 2
    limit: _Rows = 30
    stop_words: _StopWords = True


class NgramsParameters(Selection):
    """Of /ngrams."""

    size: Annotated[int, Field(ge=1, le=8, description="Words in a row.")] = 3
    least: _Least = 2
    limit: _Rows = 30
    stop_words: _StopWords = True


class KeynessParameters(Selection):
    """Of /keyness."""

    against: Annotated[str | None, Field(max_length=LONGEST_QUERY, description="A query; else all other speeches.")] = (
        None
    )
    least: _Least = 3
    limit: _Rows = 30
    stop_words: _StopWords = True


class CompareParameters(Selection):
    """Of /compare."""

    first: _Name
    second: Annotated[str, Field(max_length=200, description="The same of the other.", examples=["guliyev"])]


class FirstParameters(Selection):
    """Of /first."""

    phrase: Annotated[str, Field(max_length=1_000, examples=["Shusha Declaration"])]
    altered: Annotated[bool, Field(description="Altered repetitions too.")] = True
    limit: _Rows = 30


class SimilarParameters(Selection):
    """Of /similar."""

    limit: Annotated[int, Field(ge=1, le=MOST_HITS, description="Speeches at most.")] = 10
