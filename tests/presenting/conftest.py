"""Answers made by hand: one article that quotes, one turn of which little is known."""

from __future__ import annotations

from typing import Any

import pytest

from searchkit.models import Facet, FacetValue, Form, Hit, Quote, Results, Snippet, Speech

TEXT = 'The minister spoke.\n\n"The Shusha Declaration is kept," Rzayev said.'


@pytest.fixture
def article() -> Speech:
    return Speech(
        id="2024/a.html",
        page="2024/a.html",
        text=TEXT,
        start=0,
        end=len(TEXT),
        url="https://news.example/a",
        title="It is kept",
        kind="article",
        speakers=("Kamran Rzayev",),
        label="Rzayev",
        role="Minister",
        venue=("Music School", "Shusha"),
        event="Opening, the second",
        date="2024-06",
        source="Caspian Ledger",
        language="en",
        quotes=(Quote("Kamran Rzayev", "The Shusha Declaration is kept,", 22, 53),),
        extras=(("party", "none"),),
    )


@pytest.fixture
def results(article: Speech) -> Results:
    quoted = Snippet("The Shusha Declaration is kept,", 22, 53, "quoted Kamran Rzayev", ((4, 22),))
    turn = Speech(id="s.txt#0badcafe", page="s.txt", text="=1+1 is a declaration in Shusha", label="MR. X", end=31)
    own = Snippet(turn.text, 0, 31, "speaker", ((10, 21), (25, 31)))
    return Results(
        query="Shusha Declaration",
        understood="speeches with the words Shusha and Declaration",
        total=2,
        pages=2,
        phrase_total=1,
        hits=(Hit(article, 1.5, (quoted,)), Hit(turn, None, (own,))),
        facets={
            "speaker": Facet(
                (FacetValue("Kamran Rzayev", "Kamran Rzayev", 1, selected=True), FacetValue(None, "(none)", 1))
            )
        },
        forms=(Form("ceasefire", 3), Form("cease fire", 1)),
        originals=2,
        remarks=("1 undated",),
        generation="20240615T000000Z-1",
        took_ms=0.25,
    )


@pytest.fixture
def answer(results: Results) -> Any:
    """The same answer with some of its fields changed."""
    from dataclasses import replace

    return lambda **changes: replace(results, **changes)
