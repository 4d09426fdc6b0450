"""An answer that takes too long is given up, in every engine."""

from __future__ import annotations

import pytest

import searchkit
from searchkit import QueryTimeout
from searchkit.deadline import check, limited


def test_without_a_limit_nothing_is_given_up() -> None:
    check()
    with limited(60):
        check()
    check()


def test_when_the_time_is_over_the_answer_is_given_up_and_the_next_one_has_its_own_time() -> None:
    speeches = searchkit.memory([{"text": "peace and war"}])
    with limited(-1), pytest.raises(QueryTimeout, match="ask for less"):
        speeches.search("peace")
    assert speeches.search("peace").total == 1


def test_an_index_gives_up_too(tmp_path: object) -> None:
    index = f"{tmp_path}/index"
    searchkit.build([{"text": "peace and war"}], index)
    with searchkit.open(index) as speeches, limited(-1), pytest.raises(QueryTimeout):
        speeches.search("peace war")
