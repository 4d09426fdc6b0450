from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.indexing import met
from searchkit.indexing.met import MetKeys, key_code, repeated


@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 60), max_size=12)), max_size=12))
def test_a_set_of_keys(steps: list[tuple[bool, list[int]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(met, "_FEW", 5)
        keys, known = MetKeys(), set[str]()
        for together, numbers in steps:
            named = [f"key {number}" for number in numbers]
            codes = np.asarray([key_code(key) for key in named], np.uint64)
            assert keys.holds(codes).tolist() == [key in known for key in named]
            if together:
                keys.add_new(codes[~repeated(codes) & ~keys.holds(codes)])
            else:
                for key in named:
                    keys.add(key)
            known.update(named)
            assert len(keys) == len(known)
            assert all((f"key {number}" in keys) == (f"key {number}" in known) for number in range(61))


def test_what_is_repeated() -> None:
    assert repeated(np.asarray([5, 3, 5, 5, 4, 3], np.uint64)).tolist() == [False, False, True, True, False, True]
    assert repeated(np.zeros(0, np.uint64)).tolist() == []
