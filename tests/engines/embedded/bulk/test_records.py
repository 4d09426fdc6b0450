"""Many records are those that `record_of` makes of each speech."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.embedded.bulk.records import records_of
from searchkit.engines.embedded.records import parts_of, record_of
from searchkit.models import Quote, Speech

_TEXT = st.text(
    st.one_of(
        st.characters(codec="ascii"), st.sampled_from("\x7f\ud800\u2028şЖ😀"), st.characters(exclude_categories=())
    ),
    max_size=8,
)
_NAMES = st.lists(_TEXT, max_size=2).map(tuple)
SPEECHES = st.builds(
    Speech,
    id=_TEXT,
    page=_TEXT,
    text=st.just("words"),
    start=st.integers(0, 1 << 40),
    title=st.none() | _TEXT,
    speakers=_NAMES,
    venue=_NAMES,
    procedural=st.booleans(),
    quotes=st.lists(st.builds(Quote, _TEXT, st.none() | _TEXT, st.just(0), st.just(1)), max_size=1).map(tuple),
    notes=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple),
    extras=st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
)


@given(st.lists(SPEECHES, max_size=4))
def test_the_same_bytes(speeches: list[Speech]) -> None:
    records = records_of(speeches)
    assert records == [record_of(speech) for speech in speeches]
    assert [Speech(**parts_of(record), text="words") for record in records] == speeches


def test_records_that_wait_take_no_more_room_than_their_bytes() -> None:
    speeches = [Speech(f"s{number}", f"s{number}", "words", title="A title") for number in range(1000)]
    tracemalloc.start()
    try:
        records = records_of(speeches)
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 2 * sum(map(len, records)) + 100 * len(records)
