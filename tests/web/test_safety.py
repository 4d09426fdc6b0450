"""Who may ask: names, tokens, cookies; and what a server refuses to be started as."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from searchkit.errors import UsageError
from searchkit.web import Settings
from searchkit.web.safety import COOKIE

TOKEN = "a secret of good length"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "speeches.example", "10.0.0.1"])
def test_other_machines_are_let_in_by_a_token_or_a_proxy_only(host: str) -> None:
    with pytest.raises(UsageError, match="SEARCHKIT_TOKEN"):
        Settings(Path("index"), host)
    Settings(Path("index"), host, token=TOKEN)
    Settings(Path("index"), host, behind_proxy=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_needs_neither(host: str) -> None:
    Settings(Path("index"), host)


def test_a_short_token_is_no_secret() -> None:
    with pytest.raises(UsageError, match="too short"):
        Settings(Path("index"), token="abc")


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", ""])
def test_a_page_of_the_web_cannot_reach_us_under_a_name_of_its_own(client: TestClient, name: str) -> None:
    assert client.get("/?q=peace", headers={"host": name}).status_code == 421


@pytest.mark.parametrize("name", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_our_own_names_are_answered(client: TestClient, name: str) -> None:
    assert client.get("/healthz", headers={"host": name}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://evil@x", ""]
)
def test_a_page_of_another_site_cannot_ask(client: TestClient, origin: str) -> None:
    for ask in (client.get, client.post):
        assert ask("/login", headers={"origin": origin}).status_code == 403


def test_our_own_page_can_ask(client: TestClient) -> None:
    assert client.get("/api/v1/count?q=peace", headers={"origin": "http://127.0.0.1:8000"}).status_code == 200


def test_a_name_can_be_allowed(client_of: Callable[..., TestClient]) -> None:
    with client_of("http://speeches.example", hosts=("speeches.example",)) as client:
        assert client.get("/healthz").status_code == 200


def test_without_the_token_nothing_of_the_index_is_told(client_of: Callable[..., TestClient]) -> None:
    with client_of(token=TOKEN) as client:
        for address in (
            "/",
            "/?q=peace",
            "/api/v1/search?q=peace",
            "/export.csv",
            "/readyz",
            "/metrics",
            "/speech/rtl",
        ):
            response = client.get(address, follow_redirects=False)
            assert response.status_code in (303, 401, 403), address
            assert "Peace" not in response.text
        assert client.get("/?q=peace&token=" + TOKEN, follow_redirects=False).status_code == 401


def test_the_token_goes_in_a_header(client_of: Callable[..., TestClient]) -> None:
    with client_of(token=TOKEN) as client:
        for given, status in ((f"Bearer {TOKEN}", 200), (f"bearer {TOKEN}", 200), ("Bearer x", 401), ("", 401)):
            assert client.get("/api/v1/count?q=peace", headers={"authorization": given}).status_code == status


def test_a_browser_logs_in_once(client_of: Callable[..., TestClient]) -> None:
    with client_of(token=TOKEN) as client:
        sent = client.get("/?q=peace", headers={"accept": "text/html"}, follow_redirects=False)
        assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2F%3Fq%3Dpeace")
        assert client.post("/login", content="token=wrong").status_code == 403
        entered = client.post(
            sent.headers["location"], content="token=" + TOKEN.replace(" ", "+"), follow_redirects=False
        )
        assert (entered.status_code, entered.headers["location"]) == (303, "/?q=peace")
        cookie = entered.headers["set-cookie"].lower()
        assert COOKIE in cookie
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/?q=peace").status_code == 200


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_a_log_in_leads_nowhere_else(client_of: Callable[..., TestClient], next_page: str) -> None:
    with client_of(token=TOKEN) as client:
        entered = client.post(
            "/login", params={"next": next_page}, content="token=" + TOKEN.replace(" ", "+"), follow_redirects=False
        )
        assert entered.headers["location"] == "/"


def test_every_answer_forbids_what_is_not_ours(client: TestClient) -> None:
    for address in ("/", "/?q=speeker:x", "/api/v1/stats", "/static/style.css", "/nowhere", "/healthz"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_an_address_has_an_end(client: TestClient) -> None:
    assert client.get("/?q=" + "x" * 20_000).status_code == 414


def test_the_index_is_not_named_to_strangers(tmp_path: Path) -> None:
    from searchkit.web import create_app

    with TestClient(create_app(Settings(tmp_path / "nothing")), base_url="http://localhost") as client:
        response = client.get("/api/v1/search?q=peace")
        assert response.status_code == 503
        assert str(tmp_path) not in response.text
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
