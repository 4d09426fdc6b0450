"""A tiny index that Whoosh's own searcher answers from: the witness of our nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from whoosh import fields
from whoosh.analysis import Token
from whoosh.filedb.filestore import RamStorage

from searchkit.analysis import analyze, stem_term
from searchkit.dates import span
from searchkit.query import Profile, Query

SPEECHES: dict[str, dict[str, str]] = {
    "shusha": {"text": "We signed the Shusha Declaration. It was a joy.", "speaker": "Ilham Aliyev", "date": "2021-06"},
    "apart": {"text": "The declaration of Shusha is no other declaration.", "speaker": "Aliyev", "date": "2021"},
    "war": {"text": "The war. Crimes followed. War ends.", "date": "2022-02-24"},
    "crimes": {"text": "They spoke of war crimes.", "speaker": "Karim Khan", "date": "1999-12-31"},
    "joined": {"text": "A ceasefire held; the ceasefire agreement was signed."},
    "hyphen": {"text": "The cease-fire agreement, a cease-fire of sorts.", "date": "2020-11-09"},
    "numbers": {"text": "one two three one two four one five two"},
}


def _tokens(value: str, **_options: Any) -> Iterator[Token]:
    analysis = analyze(value)
    token = Token(positions=True)
    token.boost = 1.0
    for form, position in zip(analysis.forms, analysis.positions, strict=True):
        token.text, token.pos = form, position
        yield token


def _stems(value: str, **options: Any) -> Iterator[Token]:
    for token in _tokens(value, **options):
        token.text = stem_term(token.text, "en")
        yield token


Ask = Callable[[Query], set[str]]


@pytest.fixture(scope="session")
def searcher() -> Iterator[Any]:
    """Whoosh's own searcher over SPEECHES."""
    schema = fields.Schema(
        name=fields.STORED,
        text=fields.TEXT(analyzer=_tokens, phrase=True),
        stems=fields.TEXT(analyzer=_stems, phrase=True),
        speaker=fields.TEXT(analyzer=_tokens, phrase=True),
        speaker_value=fields.ID,
        date_first=fields.NUMERIC(int, bits=32),
        date_last=fields.NUMERIC(int, bits=32),
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for name, speech in SPEECHES.items():
        known = {"text": speech["text"], "stems": speech["text"]}
        if "speaker" in speech:
            known |= {"speaker": speech["speaker"], "speaker_value": speech["speaker"]}
        dates = dict(zip(("date_first", "date_last"), span(speech["date"]), strict=True)) if "date" in speech else {}
        writer.add_document(name=name, **known, **dates)
    writer.commit()
    with index.searcher() as opened:
        yield opened


@pytest.fixture(scope="session")
def ask(searcher: Any) -> Ask:
    """Which speeches does Whoosh's own searcher find for a tree?"""
    return lambda query: {hit["name"] for hit in searcher.search(query, limit=None)}


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """The texts of SPEECHES."""
    return {name: speech["text"] for name, speech in SPEECHES.items()}


@pytest.fixture(scope="session")
def profile() -> Profile:
    """English speeches, in which cease-fire stands hyphenated."""
    return Profile(languages=frozenset({"en"}), compounds={"ceasefire": ("cease", "fire")})
