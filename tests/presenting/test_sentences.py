"""The sentences that people read first."""

from __future__ import annotations

from typing import Any

import pytest

from searchkit.models import Form
from searchkit.presenting import counted, forms_sentence, headline, voice_words


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1234567, "1,234,567 pages")]
)
def test_counted(number: int, said: str) -> None:
    assert counted(number, "page") == said


def test_an_irregular_plural() -> None:
    assert counted(2, "speech", "speeches") == "2 speeches"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": 1, "pages": 1, "phrase_total": 1}, "1 speech has the exact phrase, 1 has both words"),
        ({"total": 12, "pages": 12, "phrase_total": 1}, "1 speech has the exact phrase, 12 have both words"),
        (
            {"total": 3, "pages": 2, "phrase_total": 2},
            "2 speeches have the exact phrase, 3 have both words, on 2 pages",
        ),
        ({"total": 3, "pages": 3, "phrase_total": 0}, "no speech has the exact phrase, 3 have both words"),
        (
            {"query": "rule of law", "total": 4000, "pages": 4000, "phrase_total": 1000},
            "1,000 speeches have the exact phrase, 4,000 have all words",
        ),
        ({"total": 0, "pages": 0, "phrase_total": None}, "0 speeches"),
        ({"total": 1, "pages": 1, "phrase_total": None}, "1 speech"),
        ({"total": 30, "pages": 1, "phrase_total": None}, "30 speeches, on 1 page"),
        ({"total": 4, "pages": 4, "originals": 2, "phrase_total": None}, "4 speeches; 2 different texts"),
    ],
)
def test_headline(changes: dict[str, Any], said: str, answer: Any) -> None:
    assert headline(answer(**{"originals": changes["total"], **changes})) == said


def test_forms(answer: Any) -> None:
    assert forms_sentence(answer()) == "ceasefire in 3 speeches, cease fire in 1"
    assert forms_sentence(answer(forms=(Form("ceasefire", 1),))) == "ceasefire in 1 speech"
    assert forms_sentence(answer(forms=())) is None


@pytest.mark.parametrize(
    ("voice", "said"), [("speaker", None), ("reporter", "reporter"), ("quoted Ayten Karaca", "quoted Ayten Karaca")]
)
def test_voice(voice: str, said: str | None) -> None:
    assert voice_words(voice) == said
