"""Every occurrence has its line, in the order asked for, cut out of the text as it stands."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.errors import UsageError


def test_a_line_is_a_piece_of_the_text(speeches: searchkit.Searcher) -> None:
    for line in speeches.kwic("bread", limit=None, window=3):
        speech = speeches.speech(line.id)
        assert speech is not None
        assert speech.text[line.start : line.end] == line.match
        begin = line.start - len(line.left)
        assert speech.text[begin : line.end + len(line.right)] == line.left + line.match + line.right


def test_the_window_counts_words(speeches: searchkit.Searcher) -> None:
    [line] = speeches.kwic('"price of peace"', window=2)
    assert (line.left, line.match, line.right) == ("is the ", "price of peace", "")
    assert (line.id, line.position, line.speaker, line.date) == ("b", 12, "Ben Wood", "2001-05")
    [line] = speeches.kwic('"price of peace"', window=0)
    assert (line.left, line.right) == ("", "")


def test_oldest_first_undated_last(speeches: searchkit.Searcher) -> None:
    assert [line.id for line in speeches.kwic('"bread"')] == [*"aaaa", *"bb", *"cc", *"ee"]
    assert [line.id for line in speeches.kwic('"bread"', sort="newest")] == [*"cc", *"bb", *"aaaa", *"ee"]
    assert speeches.kwic('"bread" sort:newest').lines == speeches.kwic('"bread"', sort="newest").lines
    assert speeches.kwic('"bread" sort:relevance').lines == speeches.kwic('"bread"').lines


@pytest.mark.parametrize("sort", ["oldest", "newest", "left", "right"])
def test_pages_make_up_the_whole(sort: str, speeches: searchkit.Searcher) -> None:
    whole = speeches.kwic("bread OR salt", sort=sort, limit=None)
    assert len(whole) == whole.total == 16
    pages = [speeches.kwic("bread OR salt", sort=sort, limit=5, offset=offset) for offset in range(0, 20, 5)]
    assert [line for page in pages for line in page] == list(whole)
    assert {page.total for page in pages} == {16}


def test_sorted_by_the_words_on_the_right_a_sentence_end_first(speeches: searchkit.Searcher) -> None:
    lines = speeches.kwic('"bread"', sort="right", limit=None)
    following = [" ".join(line.right.split()[:2]) for line in lines]
    assert following == [
        *("? Salt", "", "(APPLAUSE) and", "and salt!", "and salt,", ", and"),
        *("is bread", "is dear.", "is the", "rises. Breads"),
    ]


def test_sorted_by_the_words_on_the_left(speeches: searchkit.Searcher) -> None:
    lines = speeches.kwic('"bread"', sort="left", limit=None)
    before = [" ".join(line.left.split()[-2:]) for line in lines]
    assert before == [
        *("", "is dear.", "kinds, dear", "pay for", "pays for", "bread is"),
        *("price of", "price of", "and salt,", "Undated"),
    ]


def test_unquoted_words_in_a_row_are_one_line(speeches: searchkit.Searcher) -> None:
    found = speeches.kwic("dear bread")
    assert [(line.id, line.match) for line in found][-2:] == [("c", "Breads"), ("c", "dear bread")]


def test_mistakes_are_named(speeches: searchkit.Searcher) -> None:
    with pytest.raises(UsageError, match="there is no order 'random'; there are oldest, newest, left, right"):
        speeches.kwic("bread", sort="random")
    with pytest.raises(UsageError, match="must not be negative"):
        speeches.kwic("bread", window=-1)


def test_nothing_found_is_no_line(speeches: searchkit.Searcher) -> None:
    for sort in ("oldest", "right"):
        found = speeches.kwic("butter", sort=sort)
        assert (found.total, found.speeches, found.lines) == (0, 0, ())
