"""Collocates, counted by hand on small texts; the measures themselves have their own tests."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.counting import CollocateOptions
from searchkit.counting.measures import log_dice, log_likelihood
from searchkit.errors import UsageError

EVERT_2008 = (
    # Charles Dickens, The Pickwick Papers, chapter 4, where S. Evert, Corpora and Collocations (2008), figure 1,
    # counts hat and roll by hand: twice together within four words of one sentence
    "A vast deal of coolness, and a peculiar degree of judgment, are requisite in catching a hat. A man must not be "
    "precipitate, or he runs over it; he must not rush into the opposite extreme, or he loses it altogether. There was "
    "a fine gentle wind, and Mr. Pickwick's hat rolled sportively before it. The wind puffed, and Mr. Pickwick puffed, "
    "and the hat rolled over and over as merrily as a lively porpoise in a strong tide."
)


def test_the_published_example_is_counted_as_published() -> None:
    speeches = searchkit.memory([{"id": "pickwick", "text": EVERT_2008, "language": "en"}])
    found = speeches.collocates('"hat"', options=CollocateOptions(window=4, least=1))
    assert found.total == 3
    [rolled] = [value for value in found.values if value.form == "rolled"]
    assert (rolled.together, rolled.left, rolled.right, rolled.frequency) == (2, 0, 2, 2)


def test_each_neighbour_counts_once_and_on_its_side() -> None:
    speeches = searchkit.memory([{"id": "s", "text": "x a x b c. D x", "language": "en"}])
    found = speeches.collocates('"x"', options=CollocateOptions(window=2, least=1, limit=None))
    together = {value.form: (value.together, value.left, value.right) for value in found.values}
    # a lies between two x; c is two behind the second; the sentence end counts as one, so d is next to the third x
    assert together["a"] == (1, 1, 1)
    assert together["d"] == (1, 1, 0)
    assert "x" not in together or together["x"][0] <= 3
    assert found.neighbours == 6  # a b c d, and the first two x, each in the window of the other


def test_a_paragraph_end_is_never_crossed() -> None:
    speeches = searchkit.memory([{"id": "s", "text": "x\n\nFar words\n\nfor nothing", "language": "en"}])
    assert speeches.collocates('"x"', options=CollocateOptions(window=99, least=1)).neighbours == 0


def test_scores_are_those_of_the_table(speeches: searchkit.Searcher) -> None:
    found = speeches.collocates('"bread"', options=CollocateOptions(window=1, least=1))
    dear = next(value for value in found.values if value.form == "dear")
    assert (dear.together, dear.frequency) == (1, 2)
    near, words = found.neighbours, found.words
    assert dear.expected == pytest.approx(near * 2 / words)
    assert dear.log_likelihood == pytest.approx(float(log_likelihood(1, near - 1, 1, words - near - 1)))
    assert dear.log_dice == pytest.approx(float(log_dice(1, found.total, 2)))


def test_stop_words_are_left_out_on_request(speeches: searchkit.Searcher) -> None:
    options = CollocateOptions(window=2, least=1, limit=None)
    assert "and" in {value.form for value in speeches.collocates('"bread"', options=options).values}
    options = CollocateOptions(window=2, least=1, limit=None, stop_words=False)
    assert "and" not in {value.form for value in speeches.collocates('"bread"', options=options).values}


def test_the_list_is_cut_and_says_so(speeches: searchkit.Searcher) -> None:
    found = speeches.collocates('"bread"', options=CollocateOptions(least=1, limit=1))
    assert len(found.values) == 1
    assert found.truncated


@pytest.mark.parametrize("options", [CollocateOptions(window=0), CollocateOptions(window=100),
                                     CollocateOptions(order="beauty"), CollocateOptions(limit=-1)])  # fmt: skip
def test_mistakes_are_named(options: CollocateOptions, speeches: searchkit.Searcher) -> None:
    with pytest.raises(UsageError):
        speeches.collocates("bread", options=options)
