"""The fifty questions of docs/questions.md are answered on real corpora as the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
import questions

pytestmark = pytest.mark.skipif(not questions.DATA.exists(), reason=f"the labelled data is not here: {questions.DATA}")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory, contributions: Path) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    questions.build(folder, contributions)
    return folder


def test_there_are_fifty_questions() -> None:
    assert len(questions.asked(questions.PAGE)) == 50


@pytest.mark.parametrize(("command", "answer"), questions.asked(questions.PAGE))
def test_a_question_is_answered_as_written(
    command: str, answer: str, corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpora)
    assert questions.printed(command) == answer
