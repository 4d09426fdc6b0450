"""What an answer leaves out of a page's reckoning could not have come onto the page."""

from __future__ import annotations

import numpy as np
import pytest

from searchkit.engines.embedded.answers import Answer

SIZE = 5_000


@pytest.mark.parametrize("most", [1, 10, 700])
@pytest.mark.parametrize("share", [0.001, 0.11, 0.2, 1.0])
@pytest.mark.parametrize("days", [1, 30, 4_000])
def test_the_newest_are_among_those_kept(most: int, share: float, days: int) -> None:
    chance = np.random.default_rng(days)
    day_of = chance.integers(0, days, SIZE)
    answer = Answer(None, None, 1.0, mask=chance.random(SIZE) < share)
    keys = np.sort(np.arange(SIZE) - (day_of << 32))
    kept = answer.newest(lambda: keys, most)
    newest_first = answer.speeches[np.argsort(-day_of[answer.speeches], kind="stable")]
    as_new_as_the_last = day_of[answer.speeches] >= day_of[newest_first[:most][-1]]
    assert np.isin(answer.speeches[as_new_as_the_last], kept.speeches).all()
    assert np.isin(kept.speeches, answer.speeches).all()
    assert (np.diff(kept.speeches) > 0).all()


def test_a_mask_tells_what_a_list_does() -> None:
    mask = np.random.default_rng(1).random(SIZE) < 0.3
    listed, masked = Answer.constant(np.flatnonzero(mask), 0.5), Answer(None, None, 0.5, mask=mask)
    asked = np.arange(0, SIZE, 7)
    assert len(masked) == len(listed) == np.count_nonzero(mask)
    assert masked.holds(asked).tolist() == listed.holds(asked).tolist()
    assert masked.times(2.0).same == listed.times(2.0).same
    assert masked.within(asked).speeches.tolist() == listed.within(asked).speeches.tolist()


@pytest.mark.parametrize("most", [1, 10, 700])
@pytest.mark.parametrize("share", [0.3, 1.0])
@pytest.mark.parametrize("days", [30, 4_000])
def test_the_newest_of_a_list_keep_their_scores(most: int, share: float, days: int) -> None:
    chance = np.random.default_rng(days)
    day_of = chance.integers(0, days, 10 * SIZE)
    dense = (chance.random(10 * SIZE) < share) * chance.random(10 * SIZE, np.float32)
    keys = np.sort(np.arange(10 * SIZE) - (day_of << 32))
    speeches = np.flatnonzero(dense)
    newest_first = speeches[np.argsort(-day_of[speeches], kind="stable")]
    as_new_as_the_last = speeches[day_of[speeches] >= day_of[newest_first[:most][-1]]]
    for answer in (Answer(speeches, dense[speeches]), Answer(None, dense=dense)):
        kept = answer.newest(lambda: keys, most)
        assert np.isin(as_new_as_the_last, kept.speeches).all()
        assert (kept.scores == dense[kept.speeches]).all()


@pytest.mark.parametrize("most", [1, 10, 300, 9_000])
@pytest.mark.parametrize("scores", [1, 3, 400, 1_000_000])
@pytest.mark.parametrize("share", [0.0001, 0.2, 1.0])
def test_the_best_are_among_those_kept(most: int, scores: int, share: float) -> None:
    chance = np.random.default_rng(scores)
    dense = (chance.random(50_021) < share) * chance.integers(1, scores + 1, 50_021).astype(np.float32)
    speeches = np.flatnonzero(dense)
    least = np.sort(dense[speeches])[-most:][0]
    for answer in (Answer(speeches, dense[speeches]), Answer(None, dense=dense)):
        kept = answer.leading(most)
        assert np.isin(np.flatnonzero(dense >= max(least, 1)), kept.speeches).all()
        assert (np.diff(kept.speeches) > 0).all()
        assert (kept.scores == dense[kept.speeches]).all()


def test_of_many_different_scores_few_are_kept() -> None:
    assert len(Answer(None, dense=np.random.default_rng(1).random(50_021, np.float32)).leading(10)) < 30
