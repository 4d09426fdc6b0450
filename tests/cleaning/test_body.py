from __future__ import annotations

import pytest

from searchkit.cleaning import body
from searchkit.cleaning.body import article_blocks
from searchkit.cleaning.markup import parse_html
from searchkit.cleaning.reading import read_blocks

PROSE = [
    f"The {word} of the town spoke for an hour about the harbour, and nobody left the hall before the end of it."
    for word in ("mayor", "captain", "teacher", "doctor", "baker")
]
NAVIGATION = "<nav><a href=/>Home</a> <a href=/news>News</a></nav>"
FOOTER = "<footer><p>Published by the harbour office of the town, every Friday of the year.</p></footer>"


def article(page: str) -> list[str]:
    root = parse_html(page)
    assert root is not None
    reading = read_blocks(root)
    return [reading.blocks[place].text for place in article_blocks(root, reading)]


def page(*paragraphs: str) -> str:
    inside = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><body>{NAVIGATION}<article>{inside}</article>{FOOTER}</body></html>"


def test_the_article_without_what_is_around_it() -> None:
    assert article(page(*PROSE)) == PROSE


def test_short_sentences_between_stay() -> None:
    texts = [PROSE[0], "It was all over by noon.", PROSE[1], "Nobody wept.", PROSE[2]]
    assert article(page(*texts)) == texts


def test_a_sentence_that_recurs_stays_every_time() -> None:
    texts = [text for prose in PROSE for text in (prose, "Question put, and agreed to.")]
    assert article(page(*texts)) == texts


def test_a_page_that_the_extractor_cannot_read_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_extracted", lambda root: "")
    assert article(page(*PROSE)) == PROSE


def test_an_extractor_that_fails_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    assert article(page(*PROSE)) == PROSE


def test_an_extractor_that_keeps_next_to_nothing_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_extracted", lambda root: "The harbour office.")
    assert article(page(*PROSE)) == PROSE


@pytest.mark.parametrize("limit", ["_ELEMENT_LIMIT", "_DEPTH_LIMIT"])
def test_a_page_too_large_for_the_extractor_is_read_plainly(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, limit, 1)
    assert article(page(*PROSE)) == PROSE


def test_a_page_part_with_most_of_the_text_is_not_chrome() -> None:
    inside = "".join(f"<p>{text}</p>" for text in PROSE)
    assert article(f"<html><body><header>{inside}</header><p>Ledger</p></body></html>")[:5] == PROSE
