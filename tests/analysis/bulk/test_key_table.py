"""The table of keys: every key finds its number, whatever the collisions; equal hashes are compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis.bulk.key_table import UNKNOWN, KeyTable
from searchkit.analysis.bulk.spellings import PADDING, Spans, Spellings

keys = st.integers(1, 2**64 - 1)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sets(keys, max_size=50), max_size=8), st.sets(keys, max_size=20))
def test_it_is_a_dictionary(added: list[set[int]], asked: set[int]) -> None:
    table, known = KeyTable(), dict[int, int]()
    for fresh in added:
        new = sorted(fresh - known.keys())
        numbers = range(len(known), len(known) + len(new))
        known.update(zip(new, numbers, strict=True))
        table.add(np.array(new, np.uint64), np.array(numbers, np.int32))
    wanted = [*known, *asked]
    assert table.find(np.array(wanted, np.uint64)).tolist() == [known.get(key, UNKNOWN) for key in wanted]
    assert len(table) == len(known)


def test_keys_that_share_a_slot_and_a_table_that_grows() -> None:
    table = KeyTable()
    # multiples of the multiplier's inverse all begin in the first slots
    inverse = pow(int(table._multiplier), -1, 2**64)
    clashing = np.array([(number * inverse) % 2**64 for number in range(1, 6_000)], np.uint64)
    for part in np.array_split(np.arange(len(clashing)), 7):
        table.add(clashing[part], part.astype(np.int32))
    assert np.array_equal(table.find(clashing), np.arange(len(clashing)))


def spans(strings: list[bytes]) -> Spans:
    buffer = np.frombuffer(b"\0".join(strings) + b"\0" * PADDING, np.uint8)
    lengths = np.array([len(string) for string in strings], np.int64)
    return Spans(buffer, np.cumsum(lengths + 1) - lengths - 1, lengths)


strings = st.lists(st.binary(min_size=1, max_size=24).map(lambda raw: raw.replace(b"\0", b"x")), max_size=60)


@settings(max_examples=200, deadline=None)
@given(st.lists(strings, max_size=4))
def test_spellings_are_numbered(batches: list[list[bytes]]) -> None:
    spellings = Spellings()
    for batch in batches:
        numbers = spellings.numbers(spans(batch)).tolist()
        assert [spellings.met[number] for number in numbers] == batch
    assert len(set(spellings.met)) == len(spellings)


def test_equal_hashes_of_different_words_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.analysis.bulk.spellings._SECOND_MIX", np.uint64(0))  # the second half counts nothing
    words = [f"internat{number:05}".encode() for number in range(500)]
    spellings = Spellings()
    for _ in range(2):
        numbers = spellings.numbers(spans(words * 2)).tolist()
        assert [spellings.met[number] for number in numbers] == words * 2
    assert len(spellings) == len(words)
