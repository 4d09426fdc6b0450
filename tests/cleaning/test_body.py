from __future__ import annotations

import pytest

from searchkit.cleaning import body, second_opinion
from searchkit.cleaning.body import Body, body_of
from searchkit.cleaning.markup import parse_html
from searchkit.cleaning.reading import read_blocks

PROSE = [
    f"The {word} of the town spoke for an hour about the harbour, and nobody left the hall before the end of it."
    for word in ("mayor", "captain", "teacher", "doctor", "baker")
]
NAVIGATION = "<nav><a href=/>Home</a> <a href=/news>News</a></nav>"
FOOTER = "<footer><p>Published by the harbour office of the town, every Friday of the year.</p></footer>"


def found(page: str) -> tuple[Body, list[str]]:
    root = parse_html(page)
    assert root is not None
    reading = read_blocks(root)
    body = body_of(root, reading, None)
    return body, [reading.blocks[place].text for place in sorted(body.places)]


def article(page: str) -> list[str]:
    return found(page)[1]


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


CONTROL = "It was all over by noon."


@pytest.mark.parametrize(
    "slot",
    [
        "<p>{}</p><p>{}</p><p>{}</p>".format(CONTROL, *PROSE),
        "<p>{1}</p><p>{0}</p><p>{2}</p>".format(CONTROL, *PROSE),
        "<div>{}</div><p>{}</p><p>{}</p>".format(CONTROL, *PROSE),
        "<div><span>It was all over </span><span>by noon.</span></div><p>{}</p><p>{}</p>".format(*PROSE),
        "<div>{1}<br>{0}<br>{2}</div>".format(CONTROL, *PROSE),
    ],
    ids=["p on top", "p amid", "div on top", "spans in a div on top", "div with br"],
)
@pytest.mark.parametrize(
    "around", ["<article>{}</article>", "<div class=content>{}</div>", "<main><div>{}</div></main>"]
)
def test_a_short_sentence_stays_in_every_slot(slot: str, around: str) -> None:
    rest = "".join(f"<p>{prose}</p>" for prose in PROSE[2:])
    text = "\n".join(article(f"<html><body>{NAVIGATION}{around.format(slot + rest)}{FOOTER}</body></html>"))
    assert CONTROL in text
    assert all(prose in text for prose in PROSE)


def test_a_second_opinion_is_asked_for_where_the_first_is_not_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_SURE", 1.1)
    how, texts = found(page(*PROSE))
    assert how.found_by == "second opinion"
    assert texts == PROSE


def test_an_extractor_that_fails_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(body, "_SURE", 1.1)
    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    assert article(page(*PROSE)) == PROSE


def test_an_opinion_that_keeps_next_to_nothing_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_SURE", 1.1)
    monkeypatch.setattr(second_opinion, "_extracted", lambda root: "The harbour office.")
    assert article(page(*PROSE)) == PROSE


@pytest.mark.parametrize("limit", ["_ELEMENT_LIMIT", "_DEPTH_LIMIT"])
def test_a_page_too_large_for_the_extractor_keeps_the_first_opinion(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "_SURE", 1.1)
    monkeypatch.setattr(second_opinion, limit, 1)
    assert article(page(*PROSE)) == PROSE


def test_a_page_of_very_many_blocks_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_MOST_BLOCKS", 3)
    how, texts = found(page(*PROSE))
    assert (how.found_by, texts) == ("plain", PROSE)


@pytest.mark.parametrize(
    "turns",
    [
        "".join(f"<p>{name}: {words}</p>" for words in PROSE[:3] for name in ("Ms Adeyemi", "Mr Strand")),
        "<p>Q: Why?</p><p>A: Because.</p>" * 4,
        "<dl>" + "<dt>Mr. Speaker</dt><dd>Order.</dd><dt>Ms Adeyemi</dt><dd>I beg to move.</dd>" * 3 + "</dl>",
        "<table>"
        + "<tr><td>OKAFOR:</td><td>No.</td></tr><tr><td>STRAND:</td><td>Yes, it is.</td></tr>" * 4
        + "</table>",
    ],
    ids=["names", "questions", "definition list", "table"],
)
def test_a_transcript_keeps_every_word_of_every_turn(turns: str) -> None:
    how, texts = found(f"<html><body>{NAVIGATION}<div>{turns}</div>{FOOTER}</body></html>")
    assert how.found_by == "turns"
    root = parse_html(turns)
    assert root is not None
    assert texts == [block.text for block in read_blocks(root).blocks]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [f"Price: {prose}" for prose in PROSE],  # one label that recurs is nobody's name
        [f"{word}: {prose}" for word, prose in zip(("Why", "How", "When", "Where"), PROSE, strict=False)],
    ],
)
def test_labels_that_are_no_speakers_make_no_transcript(paragraphs: list[str]) -> None:
    assert found(page(*paragraphs))[0].found_by != "turns"


def test_a_page_part_with_most_of_the_text_is_not_chrome() -> None:
    inside = "".join(f"<p>{text}</p>" for text in PROSE)
    assert article(f"<html><body><header>{inside}</header><p>Ledger</p></body></html>")[:5] == PROSE
