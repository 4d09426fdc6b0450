"""Every answer of the library can be told in plain dicts, and its rows as flat ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.presenting import results_json, trend_json
from searchkit.sample import pages

ANSWERS: dict[str, Callable[[searchkit.Searcher], Any]] = {
    "search": lambda speeches: speeches.search("declaration", facets=["speaker", "date"], explain=True),
    "facets": lambda speeches: speeches.facets("declaration", ["year"]).facets["year"],
    "kwic": lambda speeches: speeches.kwic("declaration"),
    "trend": lambda speeches: speeches.trend("declaration"),
    "freq": lambda speeches: speeches.freq("declar*"),
    "collocates": lambda speeches: speeches.collocates("declaration"),
    "keyness": lambda speeches: speeches.keyness("speaker:tane"),
    "compare": lambda speeches: speeches.compare("Tane", "Hasanova", "declaration"),
    "ngrams": lambda speeches: speeches.ngrams("declaration", 2),
    "first": lambda speeches: speeches.first("shusha declaration"),
    "quotes": lambda speeches: speeches.quotes("ceasefire"),
}


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory) -> Any:
    index: Path = tmp_path_factory.mktemp("plain") / "index"
    searchkit.build([str(pages())], index=index)
    with searchkit.open(index) as found:
        yield found


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_plain(name: str, speeches: searchkit.Searcher) -> None:
    answer = ANSWERS[name](speeches)
    told = answer.to_dict()
    assert json.loads(json.dumps(told)) == told
    rows = answer.rows()
    assert rows
    assert not any(isinstance(cell, dict) for row in rows for cell in row.values())
    assert len({tuple(row) for row in rows}) == 1


def test_the_names_are_those_of_the_json(speeches: searchkit.Searcher) -> None:
    results, trend = ANSWERS["search"](speeches), ANSWERS["trend"](speeches)
    assert set(results_json(results)) - {"written"} <= set(results.to_dict())
    assert set(trend_json(trend)) <= set(trend.to_dict())
    first: Any = trend_json(trend)["values"]
    assert first[0] == trend.to_dict()["values"][0]


def test_a_row_of_a_hit_has_the_speech(speeches: searchkit.Searcher) -> None:
    results = speeches.search("speaker:hasanova declaration")
    row, hit = results.rows()[0], results.hits[0]
    assert (row["id"], row["speaker"], row["score"]) == (hit.speech.id, hit.speech.speaker, hit.score)


def test_the_rest_is_plain_too(speeches: searchkit.Searcher) -> None:
    assert speeches.stats().to_dict()["speeches"] == len(speeches)
    assert [entry.to_dict()["label"] for entry in speeches.speakers()] == [e.label for e in speeches.speakers()]
    [speech] = speeches.turns("news/2022-11-02-ceasefire-monitors.html")
    assert speech.to_dict()["speaker"] == speech.speaker
    similar = speeches.similar(speech.id)
    assert similar is not None
    assert similar[0].to_dict()["speech"]["id"] == similar[0].speech.id
