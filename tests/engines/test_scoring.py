"""BM25 as Whoosh computes it."""

from __future__ import annotations

import math

import pytest
from whoosh import scoring as stock
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchkit.engines import scoring


def test_lengths_are_quantised_as_whoosh_does() -> None:
    for length in (*range(3_000), 10_000, 52_061, 52_062, 106_373, 106_374, 106_375, 10**7):
        assert scoring.quantised(length) == byte_to_length(length_to_byte(length))


def test_the_formula_is_whooshs() -> None:
    for occurrences, length, average in ((1, 10, 20.0), (7, 400, 120.5), (3, 1, 1.0)):
        weight = scoring.idf(1000, 12)
        assert weight == math.log(1000 / 13) + 1
        assert scoring.bm25(weight, occurrences, length, average) == pytest.approx(
            stock.bm25(weight, occurrences, length, average, scoring.B, scoring.K1)
        )


def test_a_word_in_every_speech_still_counts() -> None:
    assert scoring.idf(5, 5) > 0
