"""The forms behind a query, and the word list of some speeches."""

from __future__ import annotations

import searchkit


def rows(found: searchkit.Frequencies) -> list[tuple[str, int, int]]:
    return [(value.form, value.occurrences, value.speeches) for value in found.values]


def test_an_unquoted_word_shows_its_forms(speeches: searchkit.Searcher) -> None:
    found = speeches.freq("bread")
    assert rows(found) == [("bread", 10, 4), ("breads", 1, 1)]
    assert (found.total, found.forms, found.speeches, found.words, found.scope) == (11, 2, 4, 55, "all speeches")
    assert found.values[0].per_million == 10 * 1e6 / 55


def test_a_phrase_and_a_word_side_by_side(speeches: searchkit.Searcher) -> None:
    assert rows(speeches.freq('"bread and salt" OR dear')) == [("bread and salt", 3, 2), ("dear", 2, 2)]
    assert rows(speeches.freq("s*t OR pa*")) == [("salt", 5, 3), ("pay", 1, 1), ("pays", 1, 1)]


def test_a_query_without_words_gives_the_word_list(speeches: searchkit.Searcher) -> None:
    found = speeches.freq("speaker:wood", limit=3)
    assert rows(found) == [("bread", 4, 2), ("is", 2, 2), ("of", 2, 1)]
    assert (found.total, found.speeches) == (18, 2)
    assert found.truncated
    assert rows(speeches.freq("speaker:wood", limit=3, stop_words=False)) == [
        ("bread", 4, 2), ("price", 2, 1), ("pay", 1, 1),
    ]  # fmt: skip
    everything = speeches.freq("-xyzzy", limit=None)
    assert sum(value.occurrences for value in everything.values) == everything.total == 55
    assert not everything.truncated
