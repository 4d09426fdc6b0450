"""The measures give what was published, and what other programs give."""

from __future__ import annotations

import numpy as np
import pytest

from searchkit.counting.measures import expected, log_dice, log_likelihood, log_ratio, per_million

DUNNING_1993 = (
    # the first rows of the paper's table of bigrams by log-likelihood: -2 log lambda, k(AB), k(A ~B), k(~A B), k(~A ~B)
    (270.72, 110, 2442, 111, 29114),  # the swiss
    (263.90, 29, 13, 123, 31612),  # can be
    (256.84, 31, 23, 139, 31584),  # previous year
    (167.23, 10, 0, 3, 31764),  # mineral water
)


@pytest.mark.parametrize(("published", "o11", "o12", "o21", "o22"), DUNNING_1993)
def test_log_likelihood_as_dunning_published_it(published: float, o11: int, o12: int, o21: int, o22: int) -> None:
    assert log_likelihood(o11, o12, o21, o22) == pytest.approx(published, abs=0.005)


def test_log_likelihood_as_the_lancaster_calculator_has_it() -> None:
    """Its example: 52 times in 50,000 words against 57 times in 75,000 gives +2.65."""
    assert log_likelihood(52, 50_000 - 52, 57, 75_000 - 57) == pytest.approx(2.65, abs=0.005)


def test_log_likelihood_as_scipy_has_it() -> None:
    """scipy.stats.chi2_contingency([[10, 0], [3, 31764]], correction=False, lambda_="log-likelihood"), SciPy 1.16."""
    assert log_likelihood(10, 0, 3, 31_764) == pytest.approx(167.22980391051257)
    assert log_likelihood(52, 49_948, 57, 74_943) == pytest.approx(2.6540642606010696)


def test_log_likelihood_of_what_chance_gives_is_nothing() -> None:
    assert log_likelihood(10, 90, 100, 900) == pytest.approx(0, abs=1e-9)
    assert log_likelihood(0, 0, 0, 0) == 0


def test_log_dice_is_the_dice_of_nltk_on_its_scale() -> None:
    """nltk.metrics.BigramAssocMeasures.dice(20, (42, 20), 14307668) is 0.6451612903225806 (NLTK 3.9)."""
    assert 2 ** (log_dice(20, 42, 20) - 14) == pytest.approx(0.6451612903225806)


def test_log_dice_has_its_landmarks() -> None:
    """Rychly 2008: at most 14; a point more is twice as often together."""
    assert log_dice(7, 7, 7) == 14
    assert log_dice(20, 1000, 1000) - log_dice(10, 1000, 1000) == pytest.approx(1)


def test_log_ratio_is_a_power_of_two() -> None:
    """Hardie 2014: 1 is twice as frequent, 2 four times; half an occurrence stands for none."""
    assert log_ratio(20, 1000, 10, 1000) == pytest.approx(1)
    assert log_ratio(10, 1000, 80, 2000) == pytest.approx(-2)
    assert log_ratio(8, 1000, 0, 1000) == pytest.approx(4)


def test_log_ratio_as_hardie_works_it_out() -> None:
    """His example: 0.0006 of the words of one corpus, 0.0002 of another, which is three times as many."""
    assert 2 ** log_ratio(600, 1_000_000, 40, 200_000) == pytest.approx(3)


def test_log_ratio_as_dramaanalysis_has_it() -> None:
    """keyness(matrix(c(10,5,1,1,3,10,8,5,1), 3, byrow=TRUE), c("m","f","m"), method="logratio") of that R package.

    Its own tests give 3.0703893 and -3.4214638 for the first and third: 18 and 2 of 30 words, 1 and 10 of 14.
    """
    assert log_ratio(18, 30, 1, 14) == pytest.approx(3.0703893)
    assert log_ratio(2, 30, 10, 14) == pytest.approx(-3.4214638)


def test_rates() -> None:
    assert per_million(5, 2_000_000) == 2.5
    assert per_million(np.asarray([1, 0]), np.asarray([1_000, 0])).tolist() == [1000, 0]
    assert expected(50, 20, 1000) == 1
