"""The API: the shapes of --json, problems that point, ETags by generation, exports whole."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

import searchkit
from searchkit import sample
from searchkit.presenting import results_json, speech_json
from searchkit.web import Settings, create_app
from searchkit.web.asking import speech_path


def test_search_prints_what_the_command_prints(client: TestClient, index: Path) -> None:
    with searchkit.open(index) as speeches:
        printed = results_json(speeches.search("Shusha Declaration", facets=["speaker", "year"], limit=5))
    answered = client.get(
        "/api/v1/search", params={"q": "Shusha Declaration", "facet": ["speaker", "year"], "limit": 5}
    )
    found = answered.json()
    del found["links"], found["remarks"], found["took_ms"], printed["took_ms"]
    assert found == json.loads(json.dumps(printed))


def test_a_speech_stands_whole_at_its_id(client: TestClient, index: Path) -> None:
    with searchkit.open(index) as speeches:
        for hit in speeches.search("peace", limit=100):
            answered = client.get("/api/v1" + speech_path(hit.speech.id))
            assert answered.json() == json.loads(json.dumps(speech_json(hit.speech)))


def test_links_lead_through_the_whole_answer(client: TestClient) -> None:
    seen, address = [], "/api/v1/search?q=peace&limit=7"
    while address:
        answer = client.get(address).json()
        seen += [hit["id"] for hit in answer["hits"]]
        address = answer["links"]["next"]
    assert len(seen) == len(set(seen)) == answer["total"]


def test_a_mistake_is_a_problem_that_points(client: TestClient) -> None:
    response = client.get("/api/v1/search?q=speeker:aliyev")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["code"], problem["query"][problem["start"] : problem["end"]]) == ("query", "speeker")
    assert problem["suggestions"]


@pytest.mark.parametrize(
    "address",
    ["search?speeker=x", "search?facet=nothing", "search?limit=-1", "search?limit=101", "facets", "search?sort=best"],
)
def test_a_parameter_that_makes_no_sense_is_refused(client: TestClient, address: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 400
    assert response.json()["detail"]


def test_the_same_question_to_the_same_generation_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/api/v1/search?q=peace")
    again = client.get("/api/v1/search?q=peace", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/search?q=war", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_tomorrow_the_same_question_is_asked_anew(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/api/v1/count?q=date:yesterday")

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls.fromordinal(date.today().toordinal() + 1)

    monkeypatch.setattr("searchkit.web.answering.date", Tomorrow)
    again = client.get("/api/v1/count?q=date:yesterday", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 200


def test_every_export_has_every_hit(client: TestClient) -> None:
    total = client.get("/api/v1/count?q=").json()["total"]
    assert total > 100
    rows = list(csv.reader(io.StringIO(client.get("/export.csv").text)))
    assert len(rows) == total + 1
    assert len({row[0] for row in rows}) == total + 1
    lines = client.get("/export.jsonl").text.splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == total
    whole = client.get("/api/v1/export.json").json()
    assert len(whole["hits"]) == whole["total"] == total


def test_a_feed_is_xml_whatever_the_pages_say(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/export.atom").text)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 50


def test_the_description_of_the_api_has_examples(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert "/api/v1/search" in described["paths"]
    assert described["paths"]["/api/v1/search"]["get"]["parameters"]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("kwic?q=peace&window=3&sort=right", "lines"),
        ("trend?q=peace&by=speaker&sort=rate", "values"),
        ("freq?q=declar*", "values"),
        ("collocates?q=declaration&least=1", "values"),
        ("ngrams?q=declaration&size=2", "values"),
        ("keyness?q=speaker:hasanova", "more"),
        ("compare?first=hasanova&second=guliyev&q=declaration", "usage"),
        ("first?phrase=Shusha+Declaration", "values"),
        ("similar/rtl", "values"),
        ("changes", "new"),
        ("quotes?person=gasimzade", "people"),
        ("speakers?limit=5", "labels"),
        ("values/venue", "values"),
        ("page/rtl", "speeches"),
        ("copies/rtl", "copies"),
        ("marks/rtl?q=السلام", "marks"),
        ("cite/turn-3?words=peace", "bibtex"),
        ("removed?words=cookies", "removed"),
        ("saved", "saved"),
    ],
)
def test_words_in_use_are_told_as_the_commands_tell_them(client: TestClient, address: str, key: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.text
    assert key in response.json()


def test_the_sums_of_a_trend_are_the_total_of_the_search(client: TestClient) -> None:
    total = client.get("/api/v1/search?q=peace").json()["total"]
    for by in ("year", "month", "speaker"):
        assert sum(value["count"] for value in client.get(f"/api/v1/trend?q=peace&by={by}").json()["values"]) == total


@pytest.mark.parametrize(
    "address",
    ["count?facet=speaker", "search?window=3", "similar/rtl?offset=3", "speakers?q=peace", "facets?facet=year&by=x"],
)
def test_a_parameter_of_another_call_is_not_silently_ignored(client: TestClient, address: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 400, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_links_keep_all_that_was_asked_for(client: TestClient) -> None:
    first = client.get("/api/v1/search?q=peace&facet=speaker&snippets=0&limit=3").json()
    second = client.get(first["links"]["next"]).json()
    assert second["facets"] == first["facets"]
    assert not second["hits"][0]["snippets"]
    assert client.get(second["links"]["prev"]).json()["hits"] == first["hits"]


@pytest.mark.parametrize(
    "address", ["kwic?q=peace&limit=9", "quotes?limit=2", "speakers?limit=9", "values/speaker?limit=9"]
)
def test_every_long_answer_has_links_through_it(client: TestClient, address: str) -> None:
    rows, link = 0, f"/api/v1/{address}"
    while link:
        answer = client.get(link).json()
        rows += len(next(answer[key] for key in ("lines", "quotes", "labels", "values") if key in answer))
        link = answer["links"]["next"]
    assert rows == answer["total"] > 9


def test_facets_of_any_name_filter(client: TestClient) -> None:
    whole = client.get("/api/v1/facets?facet=role&facet=month&facet=quoting").json()
    for name, facet in whole.items():
        value = next(value for value in facet["values"] if value["value"])
        assert client.get("/api/v1/count", params={name: value["value"]}).json()["total"] == value["count"], name


def test_a_field_of_the_users_own_is_a_box_and_a_parameter(tmp_path: Path) -> None:
    records = [{"id": f"{n}", "text": "Peace.", "party": "Green" if n % 3 else "<b>Red</b>"} for n in range(9)]
    searchkit.build(records, tmp_path / "index", options=searchkit.BuildOptions(own_fields=("party",)))
    with TestClient(create_app(Settings(tmp_path / "index")), base_url="http://localhost") as client:
        assert client.get("/api/v1/search?party=Green&facet=party").json()["total"] == 6
        assert client.get("/api/v1/search?party=Green&party=%3Cb%3ERed%3C/b%3E").json()["total"] == 9
        assert "party" in client.get("/api/v1/search?nothing=Green").json()["detail"]
        page = client.get("/?party=Green").text
        assert "6 speeches" in page
        assert "&lt;b&gt;Red" in page
        assert len(client.get("/export.jsonl?party=Green").text.splitlines()) == 6


def test_what_the_description_shows_is_what_is_answered(tmp_path: Path) -> None:
    """Every call has an example whose shape is that of an answer over the sample pages."""
    searchkit.build([str(sample.pages())], tmp_path / "index")
    with TestClient(create_app(Settings(tmp_path / "index")), base_url="http://localhost") as client:
        described = client.get("/api/openapi.json").json()["paths"]
        assert len(described) > 20
        for path, called in described.items():
            shown = called["get"]["responses"]["200"]["content"].get("application/json", {})
            if "export" in path:
                continue
            example = shown["example"]
            identity = example.get("id") or example.get("page") or ""
            asked = {key: "declaration" for key in ("q", "phrase") if f"'name': '{key}'" in str(called)}
            asked |= {"first": "hasanova", "second": "guliyev"} if path.endswith("/compare") else {}
            asked |= {"facet": ["speaker", "year"]} if path.endswith("/facets") else {}
            address = path.replace("{id}", identity).replace("{key}", identity).replace("{field}", "venue")
            answer = client.get(address, params=asked)
            assert answer.status_code == 200, (address, answer.text)
            assert list(answer.json()) == list(example), path
