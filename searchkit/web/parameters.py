"""The parameters that addresses of the API have in common; FastAPI documents and checks them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from searchkit.errors import UsageError
from searchkit.query import nodes
from searchkit.web.asking import DEEPEST, MOST_HITS, Question, Sort

__all__ = ["Asked", "Facets", "asked", "asked_text", "ticked"]

Text = Annotated[
    str, Query(alias="q", max_length=10_000, description="In searchkit's query language; empty: every speech.",
               examples=['"Shusha Declaration"'])
]  # fmt: skip
Values = Annotated[list[str], Query(description="Exact values, as a facet shows them; several: any of them.")]


def asked(
    request: Request,
    q: Text = "",
    since: Annotated[str | None, Query(alias="from", max_length=10, examples=["2008-07"])] = None,
    until: Annotated[str | None, Query(alias="to", max_length=10, examples=["2010"])] = None,
    sort: Annotated[Sort, Query()] = "relevance",
    limit: Annotated[int, Query(ge=0, le=MOST_HITS)] = 10,
    offset: Annotated[int, Query(ge=0, le=DEEPEST)] = 0,
) -> Question:
    """Which question do the parameters ask?  Those that tick a facet's value are read by Question.of."""
    for name in request.query_params:
        if name not in KNOWN_PARAMETERS:  # silently ignored it would widen the answer
            raise UsageError(f"there is no parameter {name[:40]!r}; there are {', '.join(sorted(KNOWN_PARAMETERS))}")
    ticked = Question.of(request.query_params.multi_items())
    return replace(ticked, query=q.strip(), since=since, until=until, sort=sort, limit=limit, offset=offset)


def ticked(
    speaker: Values = [],  # noqa: B006 - FastAPI copies it
    venue: Values = [],  # noqa: B006
    source: Values = [],  # noqa: B006
    kind: Values = [],  # noqa: B006
    language: Values = [],  # noqa: B006
    year: Values = [],  # noqa: B006
    without: Annotated[list[str], Query(description="Facets that a speech must have no value in.")] = [],  # noqa: B006
) -> None:
    """Documents the parameters that tick a facet's value, and checks their shape."""
    del speaker, venue, source, kind, language, year, without


Asked = Annotated[Question, Depends(asked)]
KNOWN_PARAMETERS = frozenset(
    "q speaker venue source kind language year without from to sort limit offset facet by window order least size "
    "stop_words against first second altered phrase since".split()
)
Facets = Annotated[list[str], Query(max_length=10, description="Fields to count by.", examples=[["speaker", "year"]])]


def asked_text(question: Question) -> Any:
    """What does the library take for the query of `question`?  Without one: every speech."""
    return question.query or nodes.Every()
