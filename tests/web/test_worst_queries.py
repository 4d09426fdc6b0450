"""Whatever is asked is answered, or refused with a reason: no question brings the server down."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

_LETTERS = "abcdefghijklmnoprstuvw"
_FREQUENT = ("the", "of", "and", "to", "a", "in", "that", "is")
_QUERIES = {
    "wildcards of one letter": " OR ".join(f"{letter}*" for letter in _LETTERS),
    "wildcards": " OR ".join(f"{word}*" for word in ("com", "con", "pre", "pro", "int", "str", "dis")),
    "endings": " OR ".join(f"*{word}" for word in ("tion", "ment", "ness", "ing", "able")),
    "chain of NEAR": " NEAR/50 ".join(_FREQUENT),
    "NEAR too wide": "the NEAR/100 of",
    "wide phrase": '"the of and to a in"~50',
    "phrase of one word": f'"{" ".join(["the"] * 50)}"~99',
    "case of frequent words": " AND ".join(f"case:{word}" for word in ("The", "And", "Of", "I")),
    "said": "said:(the NEAR/50 of)",
    "fuzzy": " OR ".join(f"{word}~" for word in ("government", "people", "peace", "the", "of")),
    "2,000 words": "peace war " * 1_000,
    "10,000 characters": "p" * 10_000,
    "too long": "peace war " * 1_001,
    "brackets": "(" * 900 + "a" + ")" * 900,
    "open brackets": "(" * 3_000,
    "quotation marks": '"' * 3_000,
    "negations": "NOT " * 2_000 + "a",
    "stars": "*" * 3_000,
    "stars in a word": "a*b*c*" * 500,
}
_CALLS = ("search", "count", "kwic", "ngrams", "collocates", "trend", "facets?facet=speaker")


@pytest.mark.parametrize("name", _QUERIES)
@pytest.mark.parametrize("call", _CALLS)
def test_the_worst_queries_are_answered_or_refused(client: TestClient, call: str, name: str) -> None:
    path, _, more = call.partition("?")
    answer = client.get(f"/api/v1/{path}", params={"q": _QUERIES[name], **dict([more.split("=")] if more else [])})
    assert answer.status_code in (200, 400, 414)
    if answer.status_code == 400:
        assert answer.json()["detail"]
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("offset", [1_000_000, 10**9, -1])
def test_a_page_far_behind_the_end_is_empty_or_refused(client: TestClient, offset: int) -> None:
    answer = client.get("/api/v1/search", params={"q": "the", "offset": offset})
    assert answer.status_code == (200 if offset == 1_000_000 else 400)
    assert not answer.json().get("hits")
