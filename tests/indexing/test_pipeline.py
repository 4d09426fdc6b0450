"""One page through cleaning and extraction: speeches, or a reason; never an exception."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.indexing import BuildOptions
from searchkit.indexing.digests import content_hash
from searchkit.indexing.pipeline import inspect_page
from searchkit.models import RawPage, Skipped

PAGE = RawPage("a.txt", "/p/a.txt", "text", b"Words of a page.")
RECORD = RawPage("r", "/p/r.jsonl#1", "record", record={"text": "Words of a record.", "n": 1})


def test_a_page_becomes_a_speech() -> None:
    (speech,) = inspect_page(PAGE, BuildOptions()).speeches
    assert (speech.id, speech.page, speech.text.strip()) == ("a.txt", "a.txt", "Words of a page.")


def test_whatever_a_stage_raises_costs_the_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep " * 100)

    monkeypatch.setattr("searchkit.indexing.pipeline.clean", fail)
    found = inspect_page(PAGE, BuildOptions()).page
    assert isinstance(found, Skipped)
    assert (found.page, found.reason, found.unreadable) == ("a.txt", "could not be processed", False)
    assert found.detail.startswith("RecursionError: too deep ")
    assert len(found.detail) == 300


def test_a_page_without_speeches_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.indexing.pipeline.extract", lambda *_: ())
    assert inspect_page(PAGE, BuildOptions()).page == Skipped("a.txt", "no speech")


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200), st.sampled_from(["text", "html"]))
def test_any_bytes_are_speeches_or_a_reason(content: bytes, format: str) -> None:
    found = inspect_page(RawPage("a", "a", format, content), BuildOptions())  # type: ignore[arg-type]
    assert bool(found.speeches) != isinstance(found.page, Skipped)


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, content=b"Words of a page. "),
        replace(PAGE, format="html"),
        replace(PAGE, sidecar={"speaker": "Ann"}),
        RECORD,
        replace(RECORD, record={"text": "Words of a record.", "n": "1"}),
        replace(RECORD, record={"text": "Words of a record."}),
        replace(RECORD, record={"text": "Words of a record.", "n": object()}),
    ],
)
def test_whatever_is_read_of_a_page_is_in_its_hash(other: RawPage) -> None:
    assert content_hash(other) != content_hash(PAGE)
    assert content_hash(other) != content_hash(RECORD) or other is RECORD


def test_where_a_page_lies_is_not_in_its_hash() -> None:
    assert content_hash(replace(PAGE, location="/elsewhere/a.txt")) == content_hash(PAGE)


def test_the_order_of_keys_is_not_in_its_hash() -> None:
    assert content_hash(replace(RECORD, record={"n": 1, "text": "Words of a record."})) == content_hash(RECORD)
