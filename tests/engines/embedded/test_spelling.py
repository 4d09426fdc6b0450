"""What is spelled almost like a word: all at once, and as the plain count of edits has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.engines.embedded.spelling import edits_of
from searchkit.query import edits

WORDS = st.text("abcş字\N{COMBINING ACUTE ACCENT}", min_size=1, max_size=9)


@given(WORDS, st.lists(WORDS, max_size=12), st.integers(1, 3))
def test_edits_are_counted_as_one_by_one(word: str, others: list[str], most: int) -> None:
    counted = [edits(word, other, most) for other in others]
    assert edits_of(word, others, most).tolist() == [most + 1 if found is None else found for found in counted]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    place = tmp_path_factory.mktemp("spelling") / "index"
    texts = [
        "Peace, peaceful, pieces, and a ceasefire in Şuşa.",
        "Çay, 停火 and the pease of 1918",
        "ə",
        "pace a speech",
    ]
    searchkit.build([{"text": text} for text in texts], index=place)
    searchkit.build([{"text": text} for text in texts[:-1]], index=place, options=searchkit.BuildOptions(replace=True))
    return EmbeddedEngine(Path(place, "generations", Path(place, "current").read_text().strip()))


@pytest.mark.parametrize(
    "word", ["peace", "peac", "paece", "susa", "şusa", "停", "停火", "x", "ceasefires", "1919", "a" * 400]
)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_words_spelled_alike_are_those_of_the_whole_vocabulary(engine: EmbeddedEngine, word: str, most: int) -> None:
    known = ((edits(word, other, most), other) for other in engine.values("text"))
    assert engine.spelled_like("text", word, most) == sorted(
        (found, other) for found, other in known if found is not None
    )


def test_what_no_living_speech_says_is_not_proposed(engine: EmbeddedEngine) -> None:
    assert (1, "pace") not in engine.spelled_like("text", "peace", 2)
    assert (1, "pease") in engine.spelled_like("text", "peace", 2)
    assert engine.spelled_like("nothing", "peace", 2) == []
