"""An index of the sample pages and of hostile records, and a client of the application over it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi.testclient import TestClient

import searchkit
from searchkit import sample
from searchkit.web import Settings, create_app

ATTACK = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = [
    {
        "id": f"hostile/{ATTACK}",
        "title": ATTACK,
        "speaker": f"Mallory {ATTACK}",
        "venue": [ATTACK],
        "event": ATTACK,
        "source": ATTACK,
        "date": "2024-01-02",
        "url": "javascript:alert(1)",
        "text": f"Peace {ATTACK} be with you. {{{{ 7 * 7 }}}} %s ${{7}} ]]> -->",
    },
    {"id": "rtl", "speaker": "محمد", "date": "2023", "text": "قال الرئيس إن السلام ممكن."},
    *(
        {"id": f"turn-{number}", "speaker": f"Speaker {number % 12}", "date": f"{2000 + number % 20}", "text": "Peace."}
        for number in range(60)
    ),
]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    records = folder / "hostile.jsonl"
    records.write_text("".join(json.dumps(record) + "\n" for record in HOSTILE), encoding="utf-8")
    searchkit.build([str(sample.pages()), str(records)], folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def client_of(index: Path) -> Callable[..., TestClient]:
    def client(base: str = "http://127.0.0.1:8000", **settings: Any) -> TestClient:
        return TestClient(create_app(Settings(index, **settings)), base_url=base, raise_server_exceptions=False)

    return client


@pytest.fixture(scope="session")
def client(client_of: Callable[..., TestClient]) -> Iterator[TestClient]:
    with client_of() as opened:
        yield opened
