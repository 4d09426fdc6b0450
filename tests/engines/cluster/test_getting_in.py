"""Certificates, credentials, retries: against a server that is none but says what one would say."""

from __future__ import annotations

import base64
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from searchkit.engines.cluster import Catalogue, Connection, bulk, connection, parse_address
from searchkit.engines.cluster.bulk import BulkSender
from searchkit.errors import BuildRefused, IndexDamaged, IndexMissing, UsageError

Answer = tuple[int, Any]
VARIABLES = ("USER", "PASSWORD", "API_KEY", "CA", "TLS", "CREDENTIALS")


class Told:
    """What the server was asked, and what it is to answer."""

    def __init__(self) -> None:
        self.headers: list[str | None] = []
        self.bodies: list[bytes] = []
        self.answer: Callable[[int, bytes], Answer] = lambda _count, _body: (200, {})
        self.port = 0

    def address(self, name: str = "speeches") -> str:
        return f"opensearch://127.0.0.1:{self.port}/{name}"


def serve(told: Told, certificate: tuple[Path, Path] | None = None) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told.headers.append(self.headers.get("Authorization"))
            told.bodies.append(body)
            status, content = told.answer(len(told.bodies), body)
            sent = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            pass

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    told.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(autouse=True)
def nothing_is_set_and_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(f"SEARCHKIT_OPENSEARCH_{name}", raising=False)
    monkeypatch.setattr(connection, "pause", lambda _attempt: 0.0)
    monkeypatch.setattr(bulk, "pause", lambda _attempt: 0.0)


@pytest.fixture
def plain() -> Iterator[Told]:
    told = Told()
    server = serve(told)
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        key,
        "-out",
        certificate,
    ]
    subprocess.run([*made, *names], check=True, capture_output=True)
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_TLS", "on")
    told = Told()
    server = serve(told, (certificate, key))
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_CA", str(certificate))
    yield told
    server.shutdown()
    server.server_close()


def asked(told: Told) -> None:
    opened = Connection(parse_address(told.address()))
    try:
        assert Catalogue(opened).live() is None
    finally:
        opened.close()


def test_a_password_is_sent_over_an_encrypted_connection(secure: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "me")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_PASSWORD", "secret")
    asked(secure)
    assert secure.headers == ["Basic " + base64.b64encode(b"me:secret").decode()]


def test_an_api_key_goes_before_a_password(secure: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "me")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_API_KEY", "key")
    asked(secure)
    assert secure.headers == ["ApiKey key"]


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEARCHKIT_OPENSEARCH_CA")
    with pytest.raises(UsageError, match="SEARCHKIT_OPENSEARCH_CA"):
        asked(secure)
    assert secure.headers == []


def test_whoever_is_not_let_in_is_told_what_to_set(plain: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "me")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_PASSWORD", "secret")
    plain.answer = lambda _count, _body: (401, {"error": "no"})
    with pytest.raises(UsageError, match="does not let us in") as refused:
        asked(plain)
    assert "secret" not in str(refused.value)


def test_a_cluster_that_is_busy_is_asked_again(plain: Told) -> None:
    plain.answer = lambda count, _body: (429, {"error": "busy"}) if count < 4 else (404, {"error": "none"})
    asked(plain)
    assert len(plain.headers) == 4


def test_a_cluster_that_stays_away_is_an_error(plain: Told) -> None:
    plain.answer = lambda _count, _body: (503, {"error": {"type": "gone", "reason": "no node"}})
    with pytest.raises(IndexDamaged, match="cannot answer at this moment"):
        asked(plain)
    nobody = Connection(parse_address("opensearch://127.0.0.1:1/speeches"))
    with pytest.raises(IndexMissing, match="no cluster answers at"):
        Catalogue(nobody).live()


def items_of(body: bytes, status: Callable[[str], int]) -> Answer:
    keys = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
    return 200, {"items": [{"index": {"_id": key, "status": status(key), "error": {"reason": "bad"}}} for key in keys]}


def test_what_there_was_no_room_for_is_sent_again_and_nothing_else(plain: Told) -> None:
    plain.answer = lambda count, body: items_of(body, lambda key: 429 if key == "b" and count == 1 else 201)
    opened = Connection(parse_address(plain.address()))
    sender = BulkSender(opened, "x")
    sender.send([(key, {"number": 1}) for key in "abc"])
    sender.finish()
    assert [body.count(b'"_id"') for body in plain.bodies] == [3, 1]
    assert b'"b"' in plain.bodies[1]
    assert sender.sent_again == 1
    opened.close()


def test_what_had_arrived_already_is_no_failure(plain: Told) -> None:
    plain.answer = lambda _count, body: items_of(body, lambda _key: 409)
    opened = Connection(parse_address(plain.address()))
    sender = BulkSender(opened, "x")
    sender.send([("a", {})])
    sender.finish()
    opened.close()


def test_what_is_rejected_is_named(plain: Told) -> None:
    plain.answer = lambda _count, body: items_of(body, lambda key: 400 if key == "b" else 201)
    opened = Connection(parse_address(plain.address()))
    sender = BulkSender(opened, "x")
    sender.send([(key, {}) for key in "abc"])
    with pytest.raises(BuildRefused, match="rejected 1 speeches, and nothing was published"):
        sender.finish()
    opened.close()
