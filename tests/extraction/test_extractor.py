from __future__ import annotations

import pytest

from searchkit.extraction import ExtractOptions, extract
from searchkit.models import CleanPage, Declaration, Quote

REPORT = """The relations between the ports rest on trust.

President Anna Lind stated this in her address to the participants of the forum themed "Ports of the North: what next" \
held in Shusha, Ledger.Az reports."The ports are safe for every ship," the head of state said."We dredged them twice, \
as the "Charter of Ports" asks, and we shall again," she noted.
"""


def text_page(text: str, key: str = "a.txt", **fields: object) -> CleanPage:
    return CleanPage(key, key, "text", text, **fields)  # type: ignore[arg-type]


def record(**values: object) -> CleanPage:
    return CleanPage("r1", "x.jsonl#1", "record", str(values["text"]), record=values)


def test_a_report_of_a_speech() -> None:
    [speech] = extract(text_page(REPORT, declared=(Declaration("chrome", "date", "2024-06-15"),)))
    assert (speech.id, speech.page, speech.start, speech.end) == ("a.txt", "a.txt", 0, len(REPORT))
    assert speech.kind == "article"
    assert speech.speakers == ("Anna Lind",)
    assert speech.label == "President Anna Lind"
    assert speech.role == "President"
    assert speech.venue == ("Shusha",)
    assert speech.event == "Ports of the North: what next"
    assert speech.date == "2024-06-15"
    assert speech.source == "Ledger.Az"
    assert speech.language == "en"
    assert [(quote.speaker, quote.text) for quote in speech.quotes] == [
        ("Anna Lind", "The ports are safe for every ship,"),
        ("Anna Lind", 'We dredged them twice, as the "Charter of Ports" asks, and we shall again,'),
    ]


def test_an_article_that_only_quotes_has_no_principal_speaker() -> None:
    text = (
        'The port closed.\n\n"It is late," said Anna Lind, the mayor.\n\n"It is early," said Ada Okafor, the captain.'
    )
    [speech] = extract(text_page(text))
    assert (speech.kind, speech.speakers, speech.quoting) == ("article", (), ("Anna Lind", "Ada Okafor"))


def test_somebody_quoted_at_greater_length_than_the_principal() -> None:
    text = (
        "Mayor Anna Lind said this at the opening.\n\n"
        '"So the ships will come, and the trade with them, and the town will live," said Captain Ada Okafor.'
    )
    [speech] = extract(text_page(text))
    assert speech.speakers == ()


def test_the_text_of_a_speech() -> None:
    text = "Ladies and gentlemen,\n\nI thank you. We have come a long way, and our port is open. It is my joy."
    [speech] = extract(text_page(text, title="Speech by Mayor Anna Lind at the opening of the port"))
    assert (speech.kind, speech.speakers, speech.role) == ("speech", ("Anna Lind",), "Mayor")


def test_a_row_of_a_table_comes_before_what_is_found() -> None:
    row = {"speaker": "Knowles_Tony", "year": "1995", "state": "AK"}
    [speech] = extract(text_page("I thank you all. We shall do our part, and I mine. 9 May 1992.", sidecar=row))
    assert (speech.kind, speech.speakers, speech.date, speech.extras) == (
        "speech",
        ("Tony Knowles",),
        "1995",
        (("state", "AK"),),
    )


def test_turns() -> None:
    text = "Mr Speaker: Order.\n\nMr Chiam: The port is shut. (Laughter) It was open.\n\nMr Speaker: Order."
    page = text_page(text, "2024-06-15-sitting.txt", sidecar={"speaker": "Somebody Else", "venue": "Assembly House"})
    speeches = extract(page)
    assert [(speech.label, speech.text, speech.procedural) for speech in speeches] == [
        ("Mr Speaker", "Order.", True),
        ("Mr Chiam", "The port is shut. (Laughter) It was open.", False),
        ("Mr Speaker", "Order.", True),
    ]
    first, second, third = speeches
    assert third.id == f"{first.id}.2"
    assert second.speakers == ("Chiam",)
    assert second.notes == ((18, 28),)
    assert {speech.kind for speech in speeches} == {"debate"}
    assert {speech.date for speech in speeches} == {"2024-06-15"}
    assert {speech.venue for speech in speeches} == {("Assembly House",)}
    assert all(text[speech.start : speech.end] == speech.text for speech in speeches)


def test_a_record_is_taken_as_it_is() -> None:
    page = record(
        id="r1", text='Mr Lee: "We agree that it is late," he said.', speaker="Lee", date="2024-02-30", party="P"
    )
    [speech] = extract(page)
    assert (speech.id, speech.text, speech.label, speech.quotes) == ("r1", page.text, None, ())
    assert (speech.speakers, speech.date, speech.kind) == (("Lee",), None, None)
    assert speech.extras == (("date", "2024-02-30"), ("party", "P"))


def test_a_label_that_opens_a_record() -> None:
    [speech] = extract(record(text="Mr Lee Kuan Yew: I agree."), ExtractOptions(labels=True))
    assert (speech.label, speech.speakers, speech.text, speech.start) == (
        "Mr Lee Kuan Yew",
        ("Lee Kuan Yew",),
        "I agree.",
        17,
    )


def test_quotes_of_a_record() -> None:
    text = 'Anna Lind said: "The port is safe for ships."'
    [speech] = extract(record(text=text), ExtractOptions(records=True))
    assert speech.quotes == (Quote("Anna Lind", "The port is safe for ships.", 17, 44),)


@pytest.mark.parametrize("text", ["x", '"', "\n\n", "Q:", "Mr Lee:", '"' * 500, "A" * 5000])
def test_odd_pages(text: str) -> None:
    for speech in extract(text_page(text)):
        assert text[speech.start : speech.end] == speech.text
