"""Altered bytes: `verify` names the file, and no query does worse than to say that the index is damaged."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from whoosh import matching, searching

from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.errors import IndexDamaged, SearchkitError
from searchkit.models import Quote, Speech
from searchkit.query import parse
from searchkit.schema import FIELDS, facet_names

QUERIES = ("word", '"word and"', "word NEAR/3 words", "wor*", "words~", "speaker:a", "2024..", "-word3", "word OR and",
           "said:words", "source:x", "case:Word")  # fmt: skip
SUFFIXES = (".terms", ".postings", ".places", ".stream", ".columns", ".texts")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("whole")
    writer = EmbeddedWriter(directory, FIELDS)
    for number in range(60):
        text = f"Word and words{number}. " * (number % 7 + 1) + "\n\nA word more: “words” " * (number % 3)
        writer.add(
            Speech(id=f"s{number}", page=f"p{number // 4}", text=text, end=len(text), speakers=("A B",), source="x",
                   date="2024-05", quotes=(Quote("C", "words", 0, 9),), language="en")
        )  # fmt: skip
    writer.commit()
    return directory


def ask(engine: EmbeddedEngine) -> None:
    for query in QUERIES:
        request = Request(parse(query, engine.profile).query, facets=facet_names(engine.profile.fields), limit=20)
        matches = engine.search(request)
        list(map(repr, engine.speeches([match.number for match in matches.page])))
        engine.occurrences(request)


def test_whole(index: Path) -> None:
    engine = EmbeddedEngine(index)
    ask(engine)
    engine.verify()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_flipped(index: Path, tmp_path: Path, suffix: str) -> None:
    directory = tmp_path / "index"
    shutil.copytree(index, directory)
    (file,) = directory.glob(f"*{suffix}")
    content = bytearray(file.read_bytes())
    chosen = random.Random(suffix)
    for _ in range(25):
        place, bit = chosen.randrange(len(content)), 1 << chosen.randrange(8)
        content[place] ^= bit
        file.write_bytes(content)
        content[place] ^= bit
        with pytest.raises(IndexDamaged, match=suffix):
            EmbeddedEngine(directory).verify()
        try:
            ask(EmbeddedEngine(directory))
        except SearchkitError:
            continue  # named, or a term that is gone: no other error, and no crash


def test_nothing_of_whoosh_walks_an_answer(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_options: Any) -> None:
        raise AssertionError("a stock searcher or matcher takes part")

    for kind in (searching.Searcher, matching.LeafMatcher, matching.ListMatcher, matching.UnionMatcher,
                 matching.IntersectionMatcher):  # fmt: skip
        monkeypatch.setattr(kind, "__init__", refuse)
    ask(EmbeddedEngine(index))
