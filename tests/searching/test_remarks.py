"""What an answer says beside its hits: coarse dates, and why there is nothing."""

from __future__ import annotations

import pytest

import searchkit
from searchkit import Searcher, Where


def remarks(speeches: Searcher, query: str, where: Where | None = None) -> tuple[str, ...]:
    return speeches.search(query, where=where).remarks


def test_an_answer_that_needs_no_remark(speeches: Searcher) -> None:
    assert remarks(speeches, "peace") == ()


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("peace from:2024-06-15", None),
        ("peace", Where(since="2024-06-15")),
        ("peace from:2024-06", Where(since="2024-06-15")),
    ],
)
def test_speeches_that_may_fall_in(speeches: Searcher, query: str, where: Where | None) -> None:
    assert remarks(speeches, query, where) == ("2 more may fall in (dated only 2024, 2024-06)", "1 undated")


def test_speeches_that_fall_in_whole_are_not_in_doubt(speeches: Searcher) -> None:
    assert remarks(speeches, "peace date:2024") == ("1 undated",)


def test_the_rest_of_the_query_holds_for_them_too(speeches: Searcher) -> None:
    assert remarks(speeches, "peace speaker:pashinyan date:2024-06-15") == (
        "1 more may fall in (dated only 2024-06)",
        "each part matches by itself, never all in one speech: peace 4, speaker:pashinyan 2, date:2024-06-15 1",
        'no speech at all by a speaker named "pashinyan", from 2024-06-15',
        '2 speeches by a speaker named "pashinyan" at other times, from 2020-11-10 to 2024-06',
    )


def test_a_word_that_occurs_nowhere_is_named(speeches: Searcher) -> None:
    assert "nothing matches prosperity by itself" in remarks(speeches, "peace prosperity")


def test_words_that_never_meet(speeches: Searcher) -> None:
    assert remarks(speeches, "peace war") == ("each part matches by itself, never all in one speech: peace 4, war 2",)


def test_a_filter_that_emptied_it_is_named(speeches: Searcher) -> None:
    without, silent = remarks(speeches, "peace", Where({"venue": ["Ankara"]}))
    assert without.startswith("4 speeches without the filters (")
    assert "Ankara" in without
    assert silent == '1 speech at a venue named exactly "Ankara", none of them with the word peace'


def test_who_spoke_and_did_not_say_it_is_told_from_who_did_not_speak(speeches: Searcher) -> None:
    assert '2 speeches by a speaker named "aliyev", none of them with the word war' in remarks(
        speeches, "war speaker:aliyev"
    )
    found = remarks(speeches, "peace", Where(named={"speaker": ["Ilham Aliyev"]}, since="2009", until="2009"))
    assert 'no speech at all by a speaker named "Ilham Aliyev", from 2009' in found
    assert '2 speeches by a speaker named "Ilham Aliyev" at other times, from 2024 to 2024-06-15' in found


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("paece", "did you mean peace (4 speeches)?"),
        ("crimse", "did you mean crimes (2 speeches)?"),
        ('"no wra"', "did you mean war (2 speeches)?"),
        ("speaker:aliyef", "did you mean aliyev (2 speeches)?"),
        ('speaker:="Ilham Aliyew"', "did you mean Ilham Aliyev (2 speeches)?"),
        ("source:news.uz", "did you mean news az (2 speeches)?"),
        ("party:yab", "did you mean yap (1 speech)?"),
        ("peaec", "did you mean peace (4 speeches)?"),
        ("goat", "did you mean goal (1 speech)?"),
    ],
)
def test_near_spellings_with_their_counts(speeches: Searcher, query: str, remark: str) -> None:
    assert remark in remarks(speeches, query)


def test_a_word_that_is_there_has_no_near_spelling(speeches: Searcher) -> None:
    assert not any("did you mean" in remark for remark in remarks(speeches, '"war peace"'))


@pytest.mark.parametrize("query", ["ceasefire", '"a ceasefire"'])
def test_words_that_stand_in_a_title(speeches: Searcher, query: str) -> None:
    assert remarks(speeches, query) == (
        f"nothing matches {query} by itself",
        "1 speech with these words in the title: title:(...) searches there",
    )


def test_a_phrase_that_stands_across_a_sentence_end(speeches: Searcher) -> None:
    found = remarks(speeches, '"war crimes"')
    assert found[-1].endswith(": once across the end of a sentence, never inside one")


def test_a_zero_is_always_explained(speeches: Searcher) -> None:
    for query in ("zzz", '"peace war"', "peace -peace", "speaker:nobody", "date:1900", "zz*", '"peace war"~2'):
        results = speeches.search(query)
        assert results.total == 0
        assert results.remarks, query


def test_nothing_to_search() -> None:
    with searchkit.memory([]) as speeches:
        results = speeches.search("peace")
        assert (results.total, results.hits) == (0, ())
        assert results.remarks == ("nothing matches peace by itself",)
