"""The page the project began from, through both arrows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the seed page is not here: {SEED}")

EVENT = (
    "Organization of Turkic States: towards new strategic goals in the context of geopolitical realities and "
    "global cataclysms"
)


def searchkit(*arguments: str) -> Any:
    done = subprocess.run([sys.executable, "-m", "searchkit", *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = str(tmp_path_factory.mktemp("seed") / "index")
    report = searchkit("build", str(SEED), "--index", directory, "--json")
    assert report["pages"] == {
        "read": 1, "added": 1, "changed": 0, "unchanged": 0, "withdrawn": 0, "stale": 0, "skipped": 0
    }  # fmt: skip
    return directory


def test_the_phrase_is_found_with_every_field(index: str) -> None:
    answer = searchkit("query", '"Shusha Declaration"', "--index", index, "--json")
    assert answer["total"] == answer["pages"] == 1
    (hit,) = answer["hits"]
    assert hit["speaker"] == "Ilham Aliyev"
    assert hit["role"] == "President"
    assert hit["venue"] == ["Shusha"]
    assert hit["date"] == "2024-06-15"
    assert hit["source"] == "News.Az"
    assert hit["event"] == EVENT
    assert hit["quoting"] == ["Ilham Aliyev"]
    (snippet,) = hit["snippets"]
    assert [snippet["text"][start:end] for start, end in snippet["highlights"]] == ["Shusha Declaration"]
    assert snippet["voice"] == "quoted Ilham Aliyev"


def test_no_chrome_is_left_and_the_quotes_are_his(index: str) -> None:
    answer = searchkit("query", '"Shusha Declaration"', "--index", index, "--json")
    speech = searchkit("show", answer["hits"][0]["id"], "--index", index, "--json")
    text = speech["text"]
    assert text.startswith("The relations between countries")
    assert not any(mark in text for mark in ("↺", "px", "2024-06-15"))
    assert [quote["speaker"] for quote in speech["quotes"]] == ["Ilham Aliyev"] * 3
    for quote in speech["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["text"]
    assert speech["quotes"][2]["text"].startswith("I am sure that the event")
    assert '"cultural capital of the Islamic world"' in speech["quotes"][2]["text"]
    assert speech["quotes"][2]["text"].rstrip(",").endswith("the realization of new goals")
