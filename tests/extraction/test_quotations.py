from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.extraction.quotations import paragraphs_of, quotations


def quoted(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in quotations(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"We agree," he said. "It is late."', ["We agree,", "It is late."]),
        ("“We agree,” he said.", ["We agree,"]),
        ("«Да», сказал он. „Ja“, sagte sie.", ["Да", "Ja"]),
        ("‘We will,’ said the ministers’ aide. ‘Don’t go.’", ["We will,", "Don’t go."]),
        ("It isn't the ministers' fault, he's sure.", []),
        # nested, in marks of the same kind and of another
        ('"The town, the "capital of culture", is free," he said.', ['The town, the "capital of culture", is free,']),
        ("“A ‘nested’ one,” he said.", ["A ‘nested’ one,"]),
        ('"He called it a "treaty"" was all she said.', ['He called it a "treaty"']),
        # glued to the words around them
        ('It ended, Ledger reports."We agree," he said."It is late," he noted.', ["We agree,", "It is late,"]),
        ("", []),
        ('""', []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert quoted(text) == inside


def test_an_odd_mark_costs_its_own_paragraph_at_most() -> None:
    assert quoted('He said "yes, and left.\n\nSo. "All is well," she said.\n\n7" of rain. "So be it."') == [
        "All is well,",
        "So be it.",
    ]


def test_each_paragraph_reopened_is_one_quotation() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said. “Four.”"
    assert quoted(text) == ["One.", "Two.", "Three,", "Four."]
    assert [(quotation.continues, quotation.open) for quotation in quotations(text)] == [
        (False, True),
        (True, True),
        (True, False),
        (False, False),
    ]


def test_paragraphs() -> None:
    assert paragraphs_of("a\nb\n\nc") == [(0, 3), (5, 6)]
    assert paragraphs_of("a\nb") == [(0, 1), (2, 3)]
    assert paragraphs_of("") == []


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet='ab .,\n"“”‘’«»„', max_size=80))
def test_quotations_stand_in_order_and_apart(text: str) -> None:
    found = quotations(text)
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    for quotation in found:
        inside = text[quotation.start : quotation.end]
        assert inside == inside.strip()
        assert any(map(str.isalnum, inside))
        assert "\n\n" not in inside
