"""Words with their capitals are those that the oracle finds in the text, however the text is stored."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from searchkit.analysis import stage_notes
from searchkit.engines.base import Engine, Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.engines.embedded import tallies as counted
from searchkit.engines.scan import ScanEngine
from searchkit.models import Speech
from searchkit.query import parse
from searchkit.schema import with_own_fields

WORDS = ("Şuşa's", "şuşa", "SUSA", "us", "US", "Us's", "uS", "It's", "IT'S", "O'Brien", "漢", "Ətraf", "No", "NO")
BETWEEN = (" ", " ", "  ", ". ", "\n\n", " (APPLAUSE) ", "-", "’", "", " — ")
ASKED = ("US", "us", "Us", "uS", "Susa", "susa", "SUSA", "No", "NO", "It's", "IT'S", "O'Brien", "ATRAF", "Atraf")
QUERIES = (*(f"case:{word}" for word in ASKED), 'case:"US No"', 'case:"us US"', 'case:"Susa US"~4', "said:(case:US)")


def text(chance: random.Random) -> str:
    words = [chance.choice(WORDS) + chance.choice(BETWEEN) for _ in range(chance.randrange(30))]
    # a text with a control character is stored whole, in place of the marks of its words
    return "".join(words) + chance.choice(("", "", "", "\x01 US", "\x05 Us. No"))


@pytest.fixture(scope="module")
def speeches() -> list[Speech]:
    texts = [text(random.Random(number)) for number in range(300)]
    return [
        Speech(id=f"s{number:03}", page=f"s{number}", text=each, end=len(each), notes=stage_notes(each), language="en")
        for number, each in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def engine(speeches: list[Speech], tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("index")
    writer = EmbeddedWriter(folder, with_own_fields(()))
    for speech in speeches:
        writer.add(speech)
    writer.commit()
    return EmbeddedEngine(folder)


@pytest.fixture(scope="module")
def scan(speeches: list[Speech]) -> Engine:
    return ScanEngine(speeches, with_own_fields(()))


def spans(engine: Engine, query: str) -> list[tuple[int, int, int]]:
    found = engine.occurrences(Request(parse(query, engine.profile).query))
    return list(zip(found.speeches.tolist(), found.firsts.tolist(), found.lasts.tolist(), strict=True))


@pytest.mark.parametrize("at_once", [40, 1 << 20])
@pytest.mark.parametrize("query", QUERIES)
def test_as_the_oracle_finds_them(
    query: str, at_once: int, engine: Engine, scan: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "_AT_ONCE", at_once)
    expected = spans(scan, query)
    assert spans(engine, query) == expected
    assert bool(expected) == (query != "case:ATRAF")
    request = Request(parse(query, scan.profile).query)
    assert engine.matching(request).tolist() == scan.matching(request).tolist()
