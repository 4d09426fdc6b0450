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
OWNED = "document.title='owned'"
PAYLOADS = (
    f"<svg onload={OWNED}><animate onbegin={OWNED} attributeName=x></svg>",
    f"</title></textarea></script><script>{OWNED}</script>",
    f"\"><svg/onload={OWNED}> '><img/src=x onerror={OWNED}> `-alert(1)-`",
    f"</style><style>*{{display:none}}@import'//evil.example'</style><math><mi//xlink:href=\"javascript:{OWNED}\">",
    f"<a href=\"javascript:{OWNED}\" autofocus onfocus={OWNED}>x</a><iframe srcdoc='<script>{OWNED}</script>'>",
    f"\u2028{OWNED}\u2029//<base href='//evil.example'><link rel=stylesheet href='//evil.example/x.css'>",
    f"\u202e\u2066gnp.exe\u2069\u202c<details open ontoggle={OWNED}>\u200f",
    f"{{{{ cycler.__init__.__globals__ }}}}{{% raw %}}<object data='data:text/html,<script>{OWNED}</script>'>]]><!-- ",
    '=HYPERLINK("http://evil.example","peace")',
    "}} \\write18{rm} @article{x, title={y}}",
    f'<meta http-equiv=refresh content="0;url=javascript:{OWNED}"><form action=//evil.example><button>',
    "+cmd|' /C calc'!A0",
)
"""What must stay text wherever it stands: in ids, names, titles, places, sources, texts, fields of the index's own."""
ADDRESSES = (
    *(f"javascript:{OWNED}", f" javascript:{OWNED}", f"JaVaScRiPt:{OWNED}", f"java\tscript:{OWNED}", "//evil.example/"),
    *(
        f"data:text/html,<script>{OWNED}</script>",
        f"vbscript:{OWNED}",
        "http:javascript:alert(1)",
        "https://",
        "file:///",
    ),
    *(f'https://x.example/"onmouseover={OWNED} x="', "blob:https://x.example/1"),
)
DANGERS = [
    {
        "id": f"danger/{number}/{payload}",
        "title": payload,
        "speaker": f"Mallory {payload}",
        "venue": [payload],
        "event": payload,
        "source": payload,
        "role": payload,
        "kind": payload,
        "language": "en",
        "date": "2024-01-02",
        "url": address,
        "text": f"Danger {payload} here. He said: “Danger {payload}”, and no more.\n\n{payload}",
        "remark": payload,
    }
    for number, (payload, address) in enumerate(zip(PAYLOADS, ADDRESSES, strict=True))
]
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
    *DANGERS,
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
