"""One answer is of one generation, whatever is published while it is given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import searchkit
from searchkit.generations import kept
from searchkit.models import Speech
from searchkit.searching import Searcher
from searchkit.web import Settings, create_app
from searchkit.web import service as service_module
from searchkit.web.asking import Question
from searchkit.web.exports import export
from searchkit.web.service import Service

SPEECHES = 450
"""Three pieces of an export."""


def publish(index: Path, word: str) -> None:
    searchkit.build([{"id": f"speech-{number}", "text": f"Of {word}."} for number in range(SPEECHES)], index)


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose server looks for a newer generation at every question."""
    monkeypatch.setattr(service_module, "_LOOK", 0.0)
    publish(tmp_path / "index", "peace")
    return tmp_path / "index"


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_an_export_ends_in_the_generation_that_it_began_in(impatient: Path, form: str) -> None:
    service = Service(Settings(impatient))

    async def taken() -> tuple[str, int]:
        response = await export(service, lambda _own: Question(), form, "http://localhost/")
        pieces = response.body_iterator  # type: ignore[attr-defined]
        text = str(await anext(pieces))
        publish(impatient, "war")
        text += "".join([str(piece) async for piece in pieces])
        return text, await service.ask(lambda speeches: speeches.count("war").total)

    text, total = asyncio.run(taken())
    assert text.count("Of peace.") == SPEECHES
    assert "Of war." not in text
    assert total == SPEECHES
    service.close()


def test_a_page_is_of_one_generation(impatient: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: Callable[[Searcher, str], Speech | None] = Searcher.speech

    def slow(searcher: Searcher, id: str) -> Speech | None:
        speech = found(searcher, id)
        publish(impatient, "war")
        return speech

    with TestClient(create_app(Settings(impatient)), base_url="http://localhost") as client:
        before = client.get("/readyz").json()["generation"]
        monkeypatch.setattr(Searcher, "speech", slow)
        page = client.get("/speech/speech-7")
        assert page.status_code == 200
        assert before in page.text
        assert "Of peace." in page.text
        assert client.get("/readyz").json()["generation"] != before


def test_a_tag_names_the_generation_of_its_answer(impatient: Path) -> None:
    with TestClient(create_app(Settings(impatient)), base_url="http://localhost") as client:
        first = client.get("/api/v1/count?q=peace")
        publish(impatient, "war")
        again = client.get("/api/v1/count?q=peace", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.json()["total"]) == (200, 0)
        assert again.headers["etag"] != first.headers["etag"]


@contextmanager
def overtaken(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, str]]:
    """A server that answers of "war", and its generation; "bread" is published while changes are looked for."""
    publish(index, "war")
    found = searchkit.changes

    def slow(*asked: Any, **named: Any) -> searchkit.Changes:
        publish(index, "bread")
        return found(*asked, **named)

    with TestClient(create_app(Settings(index)), base_url="http://localhost") as client:
        before = client.get("/readyz").json()["generation"]
        monkeypatch.setattr(searchkit, "changes", slow)
        yield client, before


@pytest.mark.parametrize("path", ["/changes", "/api/v1/changes"])
def test_changes_are_those_of_the_generation_that_answers(
    impatient: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    with overtaken(impatient, monkeypatch) as (client, before):
        answer = client.get(path)
        assert answer.status_code == 200
        assert before in answer.text
        assert "war" in answer.text
        assert "bread" not in answer.text


def test_changes_since_a_date_are_compared_with_nothing_newer(impatient: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with overtaken(impatient, monkeypatch) as (client, before):
        answer = client.get("/api/v1/changes?since=2999-01-01").json()
        assert (answer["since"], answer["generation"]) == (before, before)
        assert answer["new"] == answer["changed"] == answer["withdrawn"] == []


def test_cuts_are_those_of_the_generation_that_answers(tmp_path: Path) -> None:
    index, pages = tmp_path / "index", tmp_path / "pages"
    pages.mkdir()
    for menu in ("Home", "Contact"):
        (pages / "one.html").write_text(
            f"<html><body><nav><a href='/'>{menu}</a></nav><p>We speak of peace among nations, and of bread.</p>"
            "</body></html>",
            encoding="utf-8",
        )
        searchkit.build([str(pages)], index)
    first, live = (standing.id for standing in kept(index))
    assert [part.text for part in searchkit.removed(["home"], index, generation=first)] == ["Home"]
    assert list(searchkit.removed(["home"], index, generation=live)) == list(searchkit.removed(["home"], index)) == []
    with pytest.raises(searchkit.UsageError, match="there is no generation"):
        list(searchkit.removed([], index, generation="20200101T000000Z-1"))
