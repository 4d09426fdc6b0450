"""What is done otherwise for many speeches than for few answers as `scan` does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

import searchkit

WORDS = [f"word{number}" for number in range(40)]
SHARES = [1 / (1 + place) for place in range(40)]
BREAKS = (" ", ". ", "\n\n")
ASKED = (
    '"word2" NEAR/3 "word9"', '"word20" NEAR/5 "word18"', '"word30" NEAR/2 "word0"', '"word25" NEAR/5 "word25"',
    '("word27" OR "word28") NEAR/4 ("word30" OR "rare3")', '"rare5" NEAR/5 "word0"',
    '"word4 word6"', '"word20" "word1"',
)  # fmt: skip


def speeches_of(paragraphs: bool) -> list[dict[str, str]]:
    chance = random.Random(7)
    records = []
    for number in range(1_500):
        words = chance.choices(WORDS, SHARES, k=20)
        if number % 50 == 0:
            words.append(f"rare{number % 7}")
        gaps = chance.choices(BREAKS if paragraphs else BREAKS[:2], (8, 1, 1) if paragraphs else (8, 1), k=len(words))
        text = "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip() + "."
        day = f"{chance.randrange(1990, 2020)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        records.append({"id": f"s{number}", "text": text, **({"date": day} if number % 9 else {})})
    return records


@pytest.fixture(scope="module", params=[False, True], ids=["one paragraph", "paragraphs"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[searchkit.Searcher, searchkit.Searcher]]:
    records = speeches_of(request.param)
    index: Path = tmp_path_factory.mktemp("many") / "index"
    searchkit.build(records, index, options=searchkit.BuildOptions(jobs=1))
    with searchkit.open(index) as built, searchkit.memory(records) as scanned:
        yield built, scanned


@pytest.mark.parametrize("query", ASKED)
def test_as_scanned(both: tuple[searchkit.Searcher, searchkit.Searcher], query: str) -> None:
    built, scanned = (searcher.search(query, snippets=0, limit=20) for searcher in both)
    assert built.total == scanned.total > 0
    assert [hit.score for hit in built] == pytest.approx([hit.score for hit in scanned], rel=1e-4)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["word1*", '"word1"'])
def test_in_the_same_order(
    both: tuple[searchkit.Searcher, searchkit.Searcher], query: str, sort: Literal["relevance", "newest", "oldest"]
) -> None:
    built, scanned = (searcher.search(query, sort=sort, snippets=0, limit=20) for searcher in both)
    if query == "word1*" or sort != "relevance":  # else scores may differ in their last digits
        assert [hit.speech.id for hit in built] == [hit.speech.id for hit in scanned]
    assert built.total == scanned.total > 512
