"""Sketches of texts: alike where texts are alike, the same in every batch."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.identity.sketches import SLOTS, sketch_of, sketches, word_hash

TEXTS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=60), max_size=6)


@given(TEXTS)
def test_a_batch_has_the_sketches_of_its_texts(texts: list[list[str]]) -> None:
    words = np.asarray([word_hash(word) for text in texts for word in text], np.uint64)
    rows = sketches(words, np.asarray([len(text) for text in texts], np.int64))
    assert rows.shape == (len(texts), SLOTS)
    assert [row.tobytes() for row in rows] == [sketch_of(text) for text in texts]


def agreement(one: list[str], other: list[str]) -> float:
    pair = [np.frombuffer(sketch_of(words), np.uint16) for words in (one, other)]
    return float(np.mean(pair[0] == pair[1]))


def test_the_share_of_equal_slots_is_the_resemblance() -> None:
    words = [f"w{number}" for number in range(1000)]
    assert agreement(words, words) == 1.0
    assert abs(agreement(words, [*words[:750], *(f"x{number}" for number in range(250))]) - 0.6) < 0.25
    assert agreement(words, [f"x{number}" for number in range(1000)]) < 0.1


def test_a_word_has_the_same_hash_everywhere() -> None:
    assert word_hash("shusha") == 0xC43A1BA4337B5BE7
    assert word_hash("shusha") != word_hash("susa")


def test_a_text_without_a_shingle_has_zeros() -> None:
    assert sketch_of([]) == sketch_of(["a", "b"]) == bytes(2 * SLOTS)
