"""After a build, people and copies are those of the whole set of speeches, however it was built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.errors import UsageError
from tests.indexing.conftest import Build

LONG = " ".join(f"word{number}" for number in range(60))
RECORDS = (
    {"id": "a", "text": "One.", "speaker": "President Ilham Aliyev", "date": "2020-05-01"},
    {"id": "b", "text": LONG, "speaker": "Əliyev İlham", "date": "2020-05-02"},
    {"id": "c", "text": f"Share this. {LONG}", "speaker": "Ilham Aliyev", "date": "2020-05-01"},
    {"id": "d", "text": "Two.", "speaker": "Mr Aliyev", "date": "2020-05-01"},
    {"id": "e", "text": "Three.", "speaker": "Mr Speaker", "date": "1999-01-01"},
    {"id": "f", "text": "Four.", "speaker": "Mr Speaker", "date": "2005-01-01"},
)


def as_lines(path: Path, records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def told(index: Path) -> Any:
    """Everything that depends on several pages."""
    with searchkit.open(index) as speeches:
        found = speeches.search("the OR word1 OR one OR two OR three OR four", facets=["speaker"], limit=50)
        hits = {hit.speech.id: (hit.speech.speaker, hit.speech.label, hit.copies) for hit in found}
        return hits, found.facets, found.originals, speeches.speakers()


def test_one_person_and_one_text(run: Build, tmp_path: Path, index: Path) -> None:
    run([as_lines(tmp_path / "r.jsonl", RECORDS)])
    hits, facets, originals, roll = told(index)
    assert hits["a"] == ("Ilham Aliyev", "President Ilham Aliyev", 0)
    assert hits["b"] == ("Ilham Aliyev", "Əliyev İlham", 1)
    assert hits["c"] == ("Ilham Aliyev", None, 1)
    assert hits["d"] == ("Mr Aliyev", None, 0)
    assert next((value.value, value.count) for value in facets["speaker"].values) == ("Ilham Aliyev", 3)
    assert originals == len(RECORDS) - 1
    assert {(entry.label, entry.speaker, entry.resolved) for entry in roll} >= {
        ("Əliyev İlham", "Ilham Aliyev", True),
        ("Mr Aliyev", "Mr Aliyev", False),
        ("Mr Speaker", "Mr Speaker", False),
    }
    with searchkit.open(index) as speeches:
        assert speeches.count('speaker:"İlham Əliyev"').total == 3
        assert speeches.count("speaker:president").total == 1


def test_the_way_it_was_built_does_not_matter(run: Build, tmp_path: Path, index: Path) -> None:
    first, second = as_lines(tmp_path / "r1.jsonl", RECORDS[:3]), as_lines(tmp_path / "r2.jsonl", RECORDS[3:])
    run([first])
    run([second], add=True)
    in_two_steps = told(index)
    run([second, first], replace=True, full=True)
    assert told(index) == in_two_steps
    as_lines(first, [RECORDS[2], {"id": "x", "text": "Five.", "speaker": "Ada Okafor"}, *RECORDS[:2]])
    run([])
    as_lines(first, RECORDS[:3])
    run([])
    assert told(index) == in_two_steps


def test_the_same_in_memory(run: Build, tmp_path: Path, index: Path) -> None:
    run([as_lines(tmp_path / "r.jsonl", RECORDS)])
    with searchkit.memory(RECORDS) as speeches:
        query = "the OR word1 OR one OR two OR three OR four"
        found = speeches.search(query, facets=["speaker"], limit=50)
        hits, facets, originals, roll = told(index)
        assert {hit.speech.id: (hit.speech.speaker, hit.speech.label, hit.copies) for hit in found} == hits
        assert (found.facets, found.originals, speeches.speakers()) == (facets, originals, roll)


SPEAKERS = """
[[speaker]]
name = "Ilham Heydar Aliyev"
aliases = ["Aliyev"]
[[speaker]]
name = "Tan Soo Khoon"
aliases = [{ label = "Mr Speaker", from = 1989, to = 2002 }]
[[pin]]
page = "f"
speaker = "Abdullah Tarmugi"
"""


def test_what_people_tell_comes_first(run: Build, tmp_path: Path, index: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    as_lines(folder / "r.jsonl", RECORDS)
    (folder / "speakers.toml").write_text(SPEAKERS, encoding="utf-8")
    report = run([folder])
    assert any("speakers.toml" in remark and "3 speakers, 2 aliases" in remark for remark in report.remarks)
    hits, _, _, roll = told(index)
    assert {id: speaker for id, (speaker, _, _) in hits.items()} == {
        **dict.fromkeys("abcd", "Ilham Heydar Aliyev"),
        "e": "Tan Soo Khoon",
        "f": "Abdullah Tarmugi",
    }
    assert {entry.why for entry in roll} >= {"an alias", "an alias of that time", "a pin"}
    (folder / "speakers.toml").unlink()
    run([])
    assert told(index)[0]["d"][0] == "Mr Aliyev"


def test_a_named_file_is_remembered(run: Build, tmp_path: Path, index: Path) -> None:
    (tmp_path / "people.toml").write_text(SPEAKERS, encoding="utf-8")
    source = as_lines(tmp_path / "r.jsonl", RECORDS)
    run([source], speakers=(str(tmp_path / "people.toml"),))
    run([])
    assert told(index)[0]["d"][0] == "Ilham Heydar Aliyev"
    (tmp_path / "people.toml").unlink()
    with pytest.raises(UsageError, match=r"people\.toml: cannot be read"):
        run([])
    assert told(index)[0]["d"][0] == "Ilham Heydar Aliyev"
