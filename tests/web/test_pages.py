"""What people see: results, boxes, the timeline, a speech, mistakes; and that hostile pages stay text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote

import pytest
from fastapi.testclient import TestClient

import searchkit
from searchkit.web import Settings, create_app
from searchkit.web.asking import speech_path

from .conftest import ATTACK, HOSTILE


class _Read(HTMLParser):
    """Elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.elements if tag == "a" and "href" in attributes]


def read(client: TestClient, address: str, status: int = 200) -> _Read:
    response = client.get(address, headers={"accept": "text/html"})
    assert response.status_code == status, response.text
    assert "content-security-policy" in response.headers
    return _Read(response.text)


def test_an_answer_says_how_many_and_how_it_was_understood(client: TestClient) -> None:
    page = read(client, "/?q=Shusha+Declaration")
    assert "9 speeches have the exact phrase, 14 have both words" in page.text
    assert "those with the exact phrase" in page.text
    assert any(tag == "mark" for tag, _ in page.elements)


def test_without_a_query_every_speech_is_there_the_newest_first(client: TestClient) -> None:
    page = read(client, "/")
    days = [attributes["datetime"] or "" for tag, attributes in page.elements if tag == "time"]
    assert len(days) == 10
    assert days == sorted(days, reverse=True)


def test_a_click_in_a_box_narrows_the_answer_to_the_count_beside_it(client: TestClient) -> None:
    response = client.get("/?q=declaration")
    choices = re.findall(
        r'<a href="([^"]*)" rel="nofollow">.*?<span class="count">([\d,]+)</span>', response.text, re.DOTALL
    )
    assert len(choices) > 5
    for link, count in choices[:12]:
        narrowed = client.get(link.replace("&amp;", "&"))
        assert re.search(rf'<h1 class="total">{count} speech', narrowed.text), link


def test_two_values_of_one_box_are_alternatives_and_the_box_keeps_its_counts(client: TestClient) -> None:
    one = client.get("/api/v1/search", params={"q": "peace", "speaker": "Speaker 1", "facet": "speaker"}).json()
    both = client.get(
        "/api/v1/search", params={"q": "peace", "speaker": ["Speaker 1", "Speaker 2"], "facet": "speaker"}
    ).json()
    assert (one["total"], both["total"]) == (5, 10)
    counts = [{v["value"]: v["count"] for v in answer["facets"]["speaker"]["values"]} for answer in (one, both)]
    assert counts[0] == counts[1]


def test_the_timeline_has_every_year_between_the_first_and_the_last(client: TestClient) -> None:
    page = read(client, "/?q=peace")
    years = [
        attributes["data-period"] for tag, attributes in page.elements if tag == "a" and "data-period" in attributes
    ]
    assert years == [str(year) for year in range(2000, 2025)]


def test_every_link_of_an_answer_leads_somewhere(client: TestClient) -> None:
    page = read(client, "/?q=peace&speaker=Speaker+1&sort=newest")
    for link in {link for link in page.links() if link.startswith("/")}:
        assert client.get(link).status_code == 200, link


def test_the_second_page_follows_the_first(client: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/?q=peace&limit=25"
    while address:
        page = read(client, address)
        seen += [link for link in page.links() if link.startswith("/speech/")]
        address = next((a["href"] for tag, a in page.elements if tag == "a" and a.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == client.get("/api/v1/count?q=peace").json()["total"]


def test_a_speech_shows_its_text_its_marks_and_its_neighbours(client: TestClient) -> None:
    hit = client.get("/api/v1/search", params={"q": '"drafts of the Shusha Declaration"'}).json()["hits"][0]
    page = read(client, speech_path(hit["id"]) + "?q=" + quote('"Shusha Declaration"'))
    assert "The drafts of the Shusha Declaration, I must say." in page.text
    assert any(attributes.get("rel") == "next" for _, attributes in page.elements)
    assert any(tag == "mark" for tag, _ in page.elements)


def test_a_mistake_is_shown_where_it_stands_with_a_way_out(client: TestClient) -> None:
    page = read(client, "/?q=speeker:aliyev", 400)
    assert "there is no field 'speeker'" in page.text
    assert "/?q=speaker%3Aaliyev" in page.links()


@pytest.mark.parametrize("address", ["/speech/nothing", "/nowhere", "/export.exe", "/static/../app.py", "/static/nope"])
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/?limit=x", "/?limit=101", "/?offset=99999999999", "/?sort=best", "/?from=soon"])
def test_a_bad_number_is_a_mistake_of_who_asks(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "query", [ATTACK, f'speaker:="{ATTACK}"', "\ud800".encode("utf-8", "surrogatepass"), "\0", "%%%"]
)
def test_nothing_that_is_asked_becomes_markup(client: TestClient, query: str) -> None:
    response = client.get("/", params={"q": query})
    assert response.status_code in (200, 400)
    assert "<script>document" not in response.text
    assert "<img" not in response.text


def test_nothing_that_a_page_says_becomes_markup(client: TestClient) -> None:
    for address in ("/?q=peace&limit=100", speech_path(HOSTILE[0]["id"]), "/?speaker=" + quote(HOSTILE[0]["speaker"])):
        response = client.get(address)
        assert response.status_code == 200
        assert "<script>document" not in response.text
        assert "<img" not in response.text
        assert not [link for link in _Read(response.text).links() if not link.startswith(("/", "#", "http"))]
        assert ">49<" not in response.text
    assert ATTACK in _Read(client.get(speech_path(HOSTILE[0]["id"])).text).text


def test_what_was_cut_from_the_page_is_told(client: TestClient) -> None:
    hit = client.get("/api/v1/search", params={"q": "page:news/2024-06-15-shusha-conference.html"}).json()
    ids = [found["id"] for found in hit["hits"]] or ["news/2024-06-15-shusha-conference.html"]
    assert "Cut from the page" in read(client, speech_path(ids[0])).text


def test_changes_and_saved_queries_have_pages(client: TestClient) -> None:
    assert "0 speeches withdrawn" in read(client, "/changes").text
    assert "None yet" in read(client, "/saved").text
    assert client.get("/changes?since=yesterdayish").status_code == 400


def test_copies_are_folded_under_the_first_and_lead_to_each_other(tmp_path: Path) -> None:
    text = "Nobody who signs this today will say tomorrow that they did not know what it asks of them. " * 4
    records = [
        {"id": f"wire-{number}", "source": f"Wire {number}", "date": f"2021-03-0{number}", "text": text}
        for number in range(1, 6)
    ]
    searchkit.build([*records, {"id": "other", "text": "Nobody signs."}], tmp_path / "index")
    with TestClient(create_app(Settings(tmp_path / "index")), base_url="http://localhost") as client:
        page = read(client, "/?q=signs")
        assert sum(tag == "article" for tag, _ in page.elements) == 2
        assert "6 speeches" in page.text
        assert {f"/speech/wire-{number}?q=signs" for number in range(1, 6)} <= set(page.links())
        first = read(client, "/?q=signs&limit=3&sort=oldest")
        assert "2 more" in first.text
        assert "The same text" in read(client, "/speech/wire-1").text
        assert "/speech/wire-4" in read(client, "/speech/wire-1").links()


def test_a_speech_tells_who_is_quoted_and_where(client: TestClient) -> None:
    found = client.get("/api/v1/quotes?person=gasimzade&limit=1").json()["quotes"][0]
    page = read(client, speech_path(found["id"]))
    assert f"#q{found['start']}" in page.links()
    assert any(attributes.get("id") == f"q{found['start']}" for _, attributes in page.elements)


def test_a_speaker_stands_with_every_label(client: TestClient) -> None:
    assert "Mayor Ayten Karaca" in read(client, "/speakers").text


SHARED = (
    "/?q=peace&speaker=Speaker+1&speaker=Speaker+2&from=2003&to=2015&sort=oldest&limit=5&offset=5",
    "/?q=Shusha+Declaration&without=speaker",
    "/kwic?q=peace&order=right&limit=20&offset=20&speaker=Speaker+1",
    *(f"/trend?q=declaration&by={by}&from=2020" for by in ("year", "month", "speaker", "venue", "source")),
    "/speech/news/2024-06-15-shusha-conference.html?q=declaration",
    *("/speakers?q=peace", "/venues", "/changes", "/saved", "/help", "/api/docs"),
    *(f"/export.{form}?q=peace&speaker=Speaker+1&sort=newest" for form in ("csv", "jsonl", "atom")),
    *("/api/v1/facets?q=peace&facet=speaker", "/api/v1/kwic?q=peace&sort=left", "/api/v1/trend?q=peace"),
)


@pytest.mark.parametrize("address", SHARED)
def test_whoever_is_sent_an_address_sees_the_same(client: TestClient, index: Path, address: str) -> None:
    mine = client.get(address)
    with TestClient(create_app(Settings(index)), base_url="http://127.0.0.1:8000") as other:
        theirs = other.get(address)
    assert mine.status_code == theirs.status_code == 200
    assert mine.content == theirs.content


@pytest.mark.parametrize("address", SHARED[:8])
def test_whatever_is_chosen_stays_chosen_in_the_links_of_a_view(client: TestClient, address: str) -> None:
    """Another order, page or view of the same question keeps its words, its filters and its period."""
    asked = parse_qs(address.partition("?")[2])
    kept = {name: values for name, values in asked.items() if name in ("q", "speaker", "without", "from", "to")}
    views = [link for link in read(client, address).links() if link.startswith(("/?", "/kwic?", "/trend?"))]
    assert len(views) > 3
    linked = [parse_qs(link.partition("?")[2]) for link in views]
    assert sum(all(link.get(name) == values for name, values in kept.items()) for link in linked) >= 3
