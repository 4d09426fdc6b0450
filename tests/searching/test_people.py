"""Quotations and speakers through the library, from records in memory."""

from __future__ import annotations

import pytest

import searchkit
from searchkit import Searcher
from searchkit.engines.base import Engine
from searchkit.engines.scan import ScanEngine
from searchkit.errors import QueryError, UsageError
from searchkit.identity.identify import identify
from searchkit.models import Quote, Speech
from searchkit.searching import State
from searchkit.searching.opening import Opened


def article(id: str, date: str | None, text: str, *quoted: str | None) -> Speech:
    quotes, at = [], 0
    for person in quoted:
        start = text.index("“", at) + 1
        at = text.index("”", start)
        quotes.append(Quote(person, text[start:at], start, at))
    return Speech(id, id, text, end=len(text), date=date, kind="article", language="en", quotes=tuple(quotes))


ARTICLES = (
    article(
        "a",
        "2024-01-02",
        "“The ceasefire holds,” said he. “No ceasefire, no peace.”",
        "President Ilham Aliyev",
        "Ada Lind",
    ),
    article("b", "2024-01-03", "“Peace,” he said. A ceasefire. “We want peace.”", "Ilham Aliyev", None),
    article("c", "2021", "“They declared it twice,” she said, “and declared it well.”", "Ada Lind", "Ada Lind"),
    article("d", None, "Nobody is quoted on the ceasefire."),
)


@pytest.fixture(scope="module")
def speeches() -> Searcher:
    engine = ScanEngine(ARTICLES)
    found = identify(engine.traits(), len(engine), lambda number: ARTICLES[number].text)
    opened = Opened(engine.beside(found.side), roll=found.roll)
    return Searcher(State(lambda: opened, lambda: None))


def texts(found: searchkit.Quotes) -> list[tuple[str, str]]:
    assert all(hit.speech.text[hit.quote.start : hit.quote.end] == hit.quote.text for hit in found)
    return [(hit.speech.id, hit.quote.text) for hit in found]


def test_every_quotation_of_a_person_under_any_of_the_names(speeches: Searcher) -> None:
    found = speeches.quotes(speaker=["aliyev"])
    assert texts(found) == [("b", "Peace,"), ("a", "The ceasefire holds,")]
    assert (found.total, found.speeches, found.people) == (2, 2, (("Ilham Aliyev", 2),))
    assert found.understood == 'quotations of a person named "aliyev"'
    assert texts(speeches.quotes(speaker=["President Ilham Aliyev"])) == [("a", "The ceasefire holds,")]


def test_all_words_stand_within_one_quotation(speeches: Searcher) -> None:
    assert texts(speeches.quotes("ceasefire peace")) == [("a", "No ceasefire, no peace.")]
    assert texts(speeches.quotes("ceasefire peace", speaker=["aliyev"])) == []
    assert texts(speeches.quotes("ceasefire -peace")) == [("a", "The ceasefire holds,")]
    assert texts(speeches.quotes('"ceasefire holds"')) == [("a", "The ceasefire holds,")]


def test_what_it_asks_of_fields_it_asks_of_the_speech(speeches: Searcher) -> None:
    assert texts(speeches.quotes("peace date:2024-01-03")) == [("b", "Peace,"), ("b", "We want peace.")]
    assert speeches.quotes("peace", where={"year": ["2021"]}).total == 0
    assert speeches.quotes("peace date:2024-01-03").understood == "quotations with the word peace, from 2024-01-03"


def test_the_unnamed_are_counted_as_such_and_last(speeches: Searcher) -> None:
    found = speeches.quotes()
    assert found.people == (("Ada Lind", 3), ("Ilham Aliyev", 2), (None, 1))
    assert found.total == sum(count for _, count in found.people) == 6


def test_order_and_pages(speeches: Searcher) -> None:
    everything = texts(speeches.quotes(sort="oldest"))
    assert [id for id, _ in everything] == ["c", "c", "a", "a", "b", "b"]
    assert [texts(speeches.quotes(sort="oldest", limit=2, offset=at)) for at in (0, 2, 4, 6)] == [
        everything[0:2],
        everything[2:4],
        everything[4:6],
        [],
    ]
    assert speeches.quotes(limit=0).total == 6


def test_highlights_lie_in_the_quotation(speeches: Searcher) -> None:
    [hit] = speeches.quotes("declared", limit=1)
    assert [hit.quote.text[start:end] for start, end in hit.highlights] == ["declared"]


def test_mistakes(speeches: Searcher) -> None:
    with pytest.raises(UsageError, match="newest or oldest"):
        speeches.quotes(sort="relevance")
    with pytest.raises(UsageError, match="not negative"):
        speeches.quotes(limit=-1)
    with pytest.raises(QueryError):
        speeches.quotes('"unclosed')


def test_the_roll_counts_labels_and_quotations(speeches: Searcher) -> None:
    roll = {entry.label: entry for entry in speeches.speakers()}
    assert (roll["President Ilham Aliyev"].speaker, roll["President Ilham Aliyev"].quotes) == ("Ilham Aliyev", 1)
    assert roll["Ada Lind"].quotes == 3


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("ADA", {"Ada Lind"}),
        ("əliyev ilham", {"Ilham Aliyev", "President Ilham Aliyev"}),
        ("ali", set()),
        ("lind aliyev", set()),
        ("?", set()),
    ],
)
def test_the_roll_of_a_name(name: str, labels: set[str], speeches: Searcher) -> None:
    """Whole words, in any order, in the label or in the person's name."""
    assert {entry.label for entry in speeches.speakers(name)} == labels
    assert labels <= {entry.label for entry in speeches.speakers(" ")} == {e.label for e in speeches.speakers()}


def test_the_roll_of_those_who_are_not_resolved(speeches: Searcher) -> None:
    roll = speeches.speakers()
    assert speeches.speakers(unresolved=True) == tuple(entry for entry in roll if not entry.resolved)


def test_an_engine_tells_the_people_of_a_speech() -> None:
    engine: Engine = ScanEngine(ARTICLES)
    speakers, quoted = engine.people(0)
    assert speakers.all == ()
    assert [names.all for names in quoted] == [("President Ilham Aliyev",), ("Ada Lind",)]
