"""An Atom feed: valid XML whatever a page holds, each report once."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from searchkit.errors import UsageError
from searchkit.watching import Report, WatchHit, add_to_feed

ATOM = "{http://www.w3.org/2005/Atom}"


def report(number: int, text: str = "Words.") -> Report:
    created = f"2026-11-24T02:{number // 60:02}:{number % 60:02}Z"
    hit = WatchHit("a", "a", snippet=text)
    return Report(f"k-{number}", "peace", "peace", "speeches", "g2", "g1", created, 1, new=(hit,))


def content(found: Report) -> str:
    return found.new[0].snippet or ""


def entries(path: Path) -> list[ET.Element]:
    return ET.parse(path).getroot().findall(f"{ATOM}entry")


def test_each_report_once_and_the_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    assert add_to_feed(path, [report(1), report(2)], content) == 2
    assert add_to_feed(path, [report(2), report(3)], content) == 1
    assert [entry.findtext(f"{ATOM}updated", "")[-3:-1] for entry in entries(path)] == ["03", "02", "01"]
    root = ET.parse(path).getroot()
    for element in ("id", "title", "updated", "author", "generator"):
        assert root.find(f"{ATOM}{element}") is not None
    assert len({entry.findtext(f"{ATOM}id") for entry in entries(path)}) == 3
    assert sorted(tmp_path.iterdir()) == [path]


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    add_to_feed(path, [report(1, "<b>&amp; \x1b[2J \ud800 \u0259")], content)
    assert entries(path)[0].findtext(f"{ATOM}content") == "<b>&amp; \ufffd[2J \ufffd \u0259"


def test_an_empty_feed_is_a_feed(tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    assert add_to_feed(path, [], content) == 0
    assert entries(path) == []


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    add_to_feed(path, [report(number) for number in range(250)], content)
    assert len(entries(path)) == 200
    assert entries(path)[0].findtext(f"{ATOM}updated") == "2026-11-24T02:04:09Z"


@pytest.mark.parametrize("text", ["", "{}", "<html/>", '<feed xmlns="http://www.w3.org/2005/Atom"/>'])
def test_another_file_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(text)
    with pytest.raises(UsageError, match="is left alone: name another file"):
        add_to_feed(path, [report(1)], content)
    assert path.read_text() == text
