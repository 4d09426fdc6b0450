"""Which speeches are one text told again: between pages, never within one, and whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import analyze
from searchkit.identity import copies
from searchkit.identity.copies import originals
from searchkit.identity.side import Traits
from searchkit.identity.sketches import LEAST_WORDS, SLOTS, sketch_of
from searchkit.identity.table import TraitTable

WORDS = [f"w{number}" for number in range(400)]


def text_of(seed: int, count: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(count))


def traits(texts: dict[int, str], number: int, text: str, **fields: object) -> Traits:
    texts[number] = text
    forms = analyze(text).forms
    plain = Traits(
        number, f"s{number}", f"p{number}", 0, "2024-05-01", (), None, None, (), len(forms), sketch_of(forms)
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def groups(
    items: list[Traits], texts: dict[int, str], speakers: dict[int, tuple[str, ...]] | None = None
) -> dict[int, int]:
    said_by = [(speakers or {}).get(item.number, ()) for item in items]
    return originals(TraitTable.of(items), said_by, texts.__getitem__)


def test_the_earliest_is_the_original_and_a_tie_goes_to_the_lower_page() -> None:
    texts: dict[int, str] = {}
    text = text_of(1)
    items = [
        traits(texts, 0, text, page="pb", date="2024-05-02"),
        traits(texts, 1, f"Share this page. {text}", page="pc", date="2024-05-01"),
        traits(texts, 2, text, page="pa", date="2024-05-02"),
        traits(texts, 3, text, page="p0", date=None),
        traits(texts, 4, text_of(2), page="pd"),
    ]
    assert groups(items, texts) == {0: 1, 2: 1, 3: 1}
    same_day = [replace(item, date="2024-05-02") for item in items[:3]]
    assert groups(same_day, texts) == {0: 2, 1: 2}


@pytest.mark.parametrize(
    ("date", "copied"),
    [("2024-05-08", True), ("2024-05-09", False), ("2024-05", True), ("2024", True), (None, True), ("2023", False)],
)
def test_dates_lie_within_a_week_or_one_is_unknown(date: str | None, copied: bool) -> None:
    texts: dict[int, str] = {}
    items = [traits(texts, 0, text_of(1)), traits(texts, 1, text_of(1), date=date)]
    assert bool(groups(items, texts)) is copied


def test_an_original_dated_by_the_year_is_found_behind_others() -> None:
    texts: dict[int, str] = {}
    items = [
        traits(texts, 0, text_of(1), date="2024"),
        traits(texts, 1, text_of(1), date="2024-02-01", speakers=("B",)),
        traits(texts, 2, text_of(1), date="2024-09-01"),
    ]
    assert groups(items, texts, {1: ("B",), 0: ("A",), 2: ("A",)}) == {2: 0}


def test_two_known_speakers_are_never_one_group_not_even_over_an_unknown_one() -> None:
    texts: dict[int, str] = {}
    items = [traits(texts, number, text_of(1), date=f"2024-05-0{number + 1}") for number in range(3)]
    assert groups(items[:2], texts, {0: ("A",), 1: ("B",)}) == {}
    assert groups(items, texts, {1: ("A",), 2: ("B",)}) == {1: 0}


def test_within_a_page_there_are_no_copies_and_repeats_pair_off() -> None:
    texts: dict[int, str] = {}
    text = text_of(1)
    items = [
        traits(texts, number, text, page="pb" if number < 2 else "pa", start=(number % 2) * 1000) for number in range(4)
    ]
    assert groups(items[:2], texts) == {}
    assert groups(items, texts) == {0: 2, 1: 3}


def test_short_texts_are_formulas() -> None:
    texts: dict[int, str] = {}
    long, short = text_of(1, LEAST_WORDS), text_of(1, LEAST_WORDS - 1)
    assert groups([traits(texts, 0, long), traits(texts, 1, long)], texts) == {1: 0}
    assert groups([traits(texts, 0, short), traits(texts, 1, short)], texts) == {}


def test_likeness_decides_and_a_chain_of_small_changes_does_not() -> None:
    texts: dict[int, str] = {}
    words = text_of(1, 300).split()
    versions = [" ".join([*words[cut:], *text_of(9, cut).split()]) for cut in (0, 50, 100, 150)]
    items = [traits(texts, number, version) for number, version in enumerate(versions)]
    assert groups(items, texts) == {1: 0, 3: 2}


def test_twenty_pages_of_one_text_are_one_group() -> None:
    texts: dict[int, str] = {}
    items = [traits(texts, number, text_of(1)) for number in range(20)]
    assert groups(items, texts) == {number: min(range(20), key=lambda n: f"p{n}") for number in range(1, 20)}


CORPORA = st.lists(
    st.tuples(
        st.integers(1, 3),  # which text
        st.sampled_from((0, 4, 30)),  # words changed
        st.sampled_from("pqr"),
        st.sampled_from((None, "2024-05-01", "2024-05-04", "2024-05-10", "2024-05")),
        st.sampled_from(((), ("A",), ("B",))),
    ),
    max_size=10,
)


@settings(deadline=None, max_examples=60)
@given(CORPORA)
def test_what_is_not_looked_at_is_no_copy(rows: list[tuple[int, int, str, str | None, tuple[str, ...]]]) -> None:
    texts: dict[int, str] = {}
    items = []
    for number, (seed, changed, page, date, _) in enumerate(rows):
        words = [*(f"x{number}y{place}" for place in range(changed)), *text_of(seed).split()[changed:]]
        items.append(traits(texts, number, " ".join(words), page=page, date=date, start=number))
    speakers = {number: row[4] for number, row in enumerate(rows)}
    found = groups(items, texts, speakers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "_shared", lambda sketches, _: np.ones((len(sketches), SLOTS // 2), bool))
        assert groups(items, texts, speakers) == found


@settings(deadline=None, max_examples=60)
@given(CORPORA, st.randoms())
def test_groups_depend_on_the_set_alone(
    rows: list[tuple[int, int, str, str | None, tuple[str, ...]]], chance: random.Random
) -> None:
    texts: dict[int, str] = {}
    items = []
    for number, (seed, changed, page, date, _) in enumerate(rows):
        words = text_of(seed).split()
        words[:changed] = [f"x{number}y{place}" for place in range(changed)]
        items.append(traits(texts, number, " ".join(words), page=page, date=date, start=number))
    speakers = {number: row[4] for number, row in enumerate(rows)}
    found = groups(items, texts, speakers)
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert groups(shuffled, texts, speakers) == found
    renumbered = {item.number: place for place, item in enumerate(shuffled)}
    again = groups(
        [replace(item, number=renumbered[item.number]) for item in shuffled],
        {renumbered[number]: text for number, text in texts.items()},
        {renumbered[number]: held for number, held in speakers.items()},
    )
    assert again == {renumbered[copy]: renumbered[first] for copy, first in found.items()}
    for copy, first in found.items():
        assert first not in found
        assert items[copy].page != items[first].page
        assert not speakers[copy] or not speakers[first] or speakers[copy] == speakers[first]
