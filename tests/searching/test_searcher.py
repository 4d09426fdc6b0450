"""Search from Python: totals, paging, order, facets; in threads, after a fork, across generations."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Hit, IndexDamaged, IndexMissing, QueryError, Results, Searcher, UsageError
from searchkit.query import nodes

QUERIES = [
    "peace", '"crimes of war"', "war crimes", "speaker:aliyev", "peace OR war", "war -crimes", "pea*", "date:2024",
    '"peace goal"~3', "venue:yerevan peace", "crimes of war", "nothing", "language:en sort:oldest",
]  # fmt: skip
FACETS = ["speaker", "venue", "source", "year", "month", "party"]


def ids(results: Results) -> list[str]:
    return [hit.speech.id for hit in results]


def comparable(results: Results) -> Any:
    def hit_of(hit: Hit) -> Any:
        return hit.speech, None if hit.score is None else round(hit.score, 4), hit.snippets

    return (
        results.query, results.understood, results.total, results.pages, results.phrase_total,
        [hit_of(hit) for hit in results], results.facets, results.forms, results.remarks,
    )  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_memory_and_disk_give_the_same_answer(in_memory: Searcher, on_disk: Searcher, query: str) -> None:
    one, other = (comparable(speeches.search(query, facets=FACETS)) for speeches in (in_memory, on_disk))
    assert one == other


def test_a_whole_answer(speeches: Searcher) -> None:
    results = speeches.search('"crimes of war"', facets=["speaker"])
    assert (results.query, results.total, results.pages, len(results)) == ('"crimes of war"', 1, 1, 1)
    assert results.took_ms > 0
    (hit,) = results
    assert (hit.speech.id, hit.speech.speaker, hit.speech.venue) == ("war-1", "Nikol Pashinyan", ("Yerevan",))
    assert hit.score is not None
    (snippet,) = hit.snippets
    assert hit.speech.text[snippet.start : snippet.end] == snippet.text
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["Crimes of war"]
    assert [(value.value, value.count) for value in results.facets["speaker"].values] == [("Nikol Pashinyan", 1)]
    assert pickle.loads(pickle.dumps(results)) == results


def test_the_number_of_snippets_is_chosen(speeches: Searcher) -> None:
    (full,), (none,) = speeches.search('"crimes of war"'), speeches.search('"crimes of war"', snippets=0)
    assert len(full.snippets) == 1
    assert none == Hit(full.speech, full.score)
    with pytest.raises(UsageError, match="snippets must not be negative"):
        speeches.search("peace", snippets=-1)


def test_pages_of_an_answer_are_cut_from_one_order(speeches: Searcher) -> None:
    for sort in ("relevance", "newest", "oldest"):
        whole = ids(speeches.search("language:en", limit=100, sort=sort))
        assert sorted(whole) == ["peace-1", "peace-2", "peace-3", "peace-4", "war-1", "war-2"]
        for size in (1, 2, 4):
            pieces = [speeches.search("language:en", limit=size, offset=at, sort=sort) for at in range(0, 6, size)]
            assert [id for piece in pieces for id in ids(piece)] == whole
            assert {piece.total for piece in pieces} == {6}
    beyond = speeches.search("language:en", offset=100)
    assert (beyond.total, beyond.hits) == (6, ())
    assert speeches.search("language:en", limit=0).hits == ()


def test_order_by_date(speeches: Searcher) -> None:
    assert ids(speeches.search("language:en", sort="oldest")) == [
        "war-2", "war-1", "peace-3", "peace-2", "peace-1", "peace-4"
    ]  # fmt: skip
    assert ids(speeches.search("language:en", sort="newest"))[-1] == "peace-4"
    assert ids(speeches.search("language:en sort:oldest", sort="newest"))[0] == "war-2"
    assert all(hit.score is None for hit in speeches.search("peace", sort="newest"))


def test_a_tree_instead_of_words(speeches: Searcher) -> None:
    tree = nodes.And([nodes.Term("text", "peace"), nodes.Not(nodes.Term("text", "goal"))])
    assert sorted(ids(speeches.search(tree))) == ["peace-2", "peace-3", "peace-4"]


def test_count_and_facets_without_hits(speeches: Searcher) -> None:
    assert (speeches.count("peace").total, speeches.count("peace").hits) == (4, ())
    facets = speeches.facets("language:en", ["speaker"], limit=1)
    assert facets.total == 6
    assert facets.facets["speaker"].truncated
    assert [(value.value, value.count) for value in facets.facets["speaker"].values] == [("Ilham Aliyev", 2)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": -1}, "limit must not be negative"),
        ({"offset": -1}, "offset must not be negative"),
        ({"sort": "best"}, "there is no order 'best'; there are relevance, newest, oldest"),
        ({"facets": ["text"]}, "'text' is no facet; there are "),
    ],
)
def test_what_makes_no_sense(speeches: Searcher, options: Any, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        speeches.search("peace", **options)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("query", ["", "   ", "...", '"unclosed', "(peace", "speeker:x", "peace AND", "\0", "🕊"])
def test_a_query_that_cannot_be_understood_points_at_the_place(speeches: Searcher, query: str) -> None:
    with pytest.raises(QueryError) as refused:
        speeches.search(query)
    assert 0 <= refused.value.start <= refused.value.end <= max(1, len(query))
    assert str(refused.value)


def test_stats(on_disk: Searcher, in_memory: Searcher, index: Path) -> None:
    stats, memory = on_disk.stats(), in_memory.stats()
    assert (stats.generation, stats.index, stats.sources) == (on_disk.generation, str(index), ("records",))
    assert stats.bytes == sum(
        path.stat().st_size
        for path in (index / "generations").glob("*/*")
        if path.is_file() and path.name != "manifest.json"
    )
    for found in (stats, memory):
        assert (found.speeches, found.pages, found.words) == (6, 6, 37)
        assert (found.first_date, found.last_date, found.languages) == ("2019", "2024-06-15", {"en": 6})
        assert {name: found.coverage[name] for name in ("speaker", "venue", "party", "date")} == {
            "speaker": 5, "venue": 5, "party": 2, "date": 5
        }  # fmt: skip
    assert (memory.generation, memory.index, memory.bytes, memory.sources, memory.skipped) == (
        None,
        None,
        None,
        (),
        None,
    )


# -- opening, closing, moving on ---------------------------------------------------------------------------------------


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=str(tmp_path / "index")):
        searchkit.open(tmp_path / "index")


def test_a_truncated_index_is_not_opened(records: Any, tmp_path: Path) -> None:
    searchkit.build(records, tmp_path / "index")
    largest = max((tmp_path / "index" / "generations").glob("*/*"), key=lambda path: path.stat().st_size)
    os.truncate(largest, largest.stat().st_size - 1)
    with pytest.raises(IndexDamaged, match=largest.name):
        searchkit.open(tmp_path / "index")


CALLS: list[Callable[[Searcher], object]] = [
    lambda speeches: speeches.search("peace"),
    lambda speeches: speeches.count("peace"),
    lambda speeches: speeches.facets("peace", ["speaker"]),
    lambda speeches: speeches.speech("peace-1"),
    lambda speeches: speeches.similar_ids("peace"),
    lambda speeches: speeches.stats(),
    lambda speeches: speeches.refresh(),
    lambda speeches: speeches.generation,
    lambda speeches: len(speeches),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kind", ["disk", "memory"])
def test_a_closed_searcher_says_so(index: Path, records: Any, call: Callable[[Searcher], object], kind: str) -> None:
    with searchkit.open(index) if kind == "disk" else searchkit.memory(records) as speeches:
        assert speeches.search("peace").total == 4
    speeches.close()
    with pytest.raises(UsageError, match="this searcher is closed; open the index again"):
        call(speeches)


def test_refresh(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = searchkit.build([{"id": "a", "text": "Peace."}], index).generation
    with searchkit.open(index) as speeches:
        results = speeches.search("peace")
        assert not speeches.refresh()
        second = searchkit.build([{"id": "b", "text": "Peace and peace."}], index).generation
        assert (speeches.generation, ids(speeches.search("peace"))) == (first, ["a"])
        assert speeches.refresh()
        assert (speeches.generation, ids(speeches.search("peace"))) == (second, ["b"])
        assert (results.generation, ids(results)) == (first, ["a"])


def test_refresh_in_memory_has_nothing_to_move_to(records: Any) -> None:
    with searchkit.memory(records) as speeches:
        assert not speeches.refresh()
        assert speeches.search("peace").total == 4


def test_refresh_to_something_damaged_keeps_what_is_there(tmp_path: Path) -> None:
    index = tmp_path / "index"
    searchkit.build([{"id": "a", "text": "Peace."}], index)
    with searchkit.open(index) as speeches:
        searchkit.build([{"id": "b", "text": "Peace."}], index)
        (index / "current").write_text("nonsense\n")
        with pytest.raises(IndexDamaged):
            speeches.refresh()
        assert ids(speeches.search("peace")) == ["a"]


def test_a_generation_answers_while_the_index_moves_on_and_prunes(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = searchkit.build([{"id": "a", "text": "Peace."}], index).generation
    with searchkit.open(index) as speeches:
        speeches.search("peace")
        for number in range(8):
            searchkit.build([{"id": "b", "text": f"Peace {number}."}], index)
        assert not (index / "generations" / first).exists()
        assert ids(speeches.search("peace")) == ["a"]
        found = speeches.speech("a")
        assert found is not None
        assert found.text == "Peace."


def test_many_threads_get_the_answers_of_one(index: Path) -> None:
    with searchkit.open(index) as speeches:
        expected = {query: comparable(speeches.search(query, facets=FACETS)) for query in QUERIES}
    with searchkit.open(index) as speeches, ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda query: comparable(speeches.search(query, facets=FACETS)), QUERIES * 20))
    assert answers == [expected[query] for query in QUERIES * 20]


def test_threads_search_while_another_refreshes(tmp_path: Path) -> None:
    index = tmp_path / "index"

    def build(number: int) -> None:
        searchkit.build([{"id": f"{number}-{place}", "text": "Peace."} for place in range(number)], index)

    build(1)
    with searchkit.open(index) as speeches, ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(speeches.search, "peace") for _ in range(50)]
        for number in range(2, 6):
            build(number)
            assert speeches.refresh()
            answers += [threads.submit(speeches.search, "peace", limit=0) for _ in range(50)]
        totals = [answer.result().total for answer in answers]
        assert set(totals[:50]) <= {1, 2, 3, 4, 5}
        assert set(totals[-50:]) == {5}
        for answer in answers[:50]:
            assert {hit.speech.id.partition("-")[0] for hit in answer.result()} == {str(answer.result().total)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_parent_and_children_search_with_one_searcher_after_a_fork(index: Path) -> None:
    with searchkit.open(index) as speeches:
        expected = {query: comparable(speeches.search(query, facets=FACETS)) for query in QUERIES}
    with searchkit.open(index) as speeches:
        children = []
        for _ in range(3):
            child = os.fork()
            if not child:
                try:
                    right = all(
                        comparable(speeches.search(query, facets=FACETS)) == expected[query] for query in QUERIES * 5
                    )
                    os._exit(0 if right else 1)
                finally:
                    os._exit(2)
            children.append(child)
        assert all(comparable(speeches.search(query, facets=FACETS)) == expected[query] for query in QUERIES * 5)
        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
