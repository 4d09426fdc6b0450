"""Pages made to hang or to crash a reader: each ends within seconds, as a result or as a reason that is counted."""

from __future__ import annotations

import resource
import sys
import time

import pytest

from searchkit.cleaning import clean
from searchkit.models import CleanPage, RawPage, Skipped

SENTENCE = "The port of the town is open to every ship that comes in peace, the mayor said."
P = f"<p>{SENTENCE}</p>"
SECONDS = 15
"""Each takes under 5 on an idle machine."""

READ = {
    "100,000 nested tags": "<div>" * 100_000 + P + "</div>" * 100_000,
    "100,000 tags unclosed": "<b>" * 100_000 + P,
    "nested lists": "<ul><li>" * 50_000 + P,
    "nested within the line": "<p>" + "<span>" * 100_000 + SENTENCE,
    "entities that grow": '<!DOCTYPE a [<!ENTITY b "x">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    + f"]><p>&b11;</p>{P}",
    "a megabyte in one line": f"<p>{'word ' * 200_000}</p>{P}",
    "one long word": f"<p>{'w' * 1_000_000} </p>{P}",
    "scripts": "<script>var a = '<p>x</p>';</script>" * 20_000 + P,
    "100,000 attributes": "<div " + " ".join(f'a{n}="x>"' for n in range(100_000)) + f">{P}</div>",
    "a class of a megabyte": f'<div class="{" ".join(f"content{n}" for n in range(100_000))}">{P * 3}</div>',
    "100,000 links": "<a href=x>x</a> " * 50_000 + P,
    "10,000 turns": "<p>Mr Lee: x</p><p>Ms Tan: y</p>" * 5_000 + P,
    "nothing is closed": "<table><tr><td><ul><li><b><div>" * 2_000 + P,
    "wrong charset": "<meta charset=utf-16>" + P,
}


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_a_hostile_page_is_read(content: str) -> None:
    begin = time.monotonic()
    page = clean(RawPage("a", "a", "html", content.encode()))
    assert time.monotonic() - begin < SECONDS
    assert isinstance(page, CleanPage)
    assert SENTENCE in " ".join((page.text, *(part.text for part in page.removed)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<p>x.</p>" * 400_000, "more than 300,000 tags"),
        (b"<" * 2_000_000, "more than 300,000 tags"),
        (b"<!--" * 10_000, "no words"),
        (b"&amp;" * 1_000_000, "no words"),
        (b"(" * 1_000_000, "no words"),
        (b" " * 5_000_000, "no words"),
    ],
)
def test_a_hostile_page_is_skipped_with_a_reason(content: bytes, reason: str) -> None:
    begin = time.monotonic()
    page = clean(RawPage("a", "a", "html", content))
    assert time.monotonic() - begin < SECONDS
    assert isinstance(page, Skipped)
    assert page.reason == reason


@pytest.mark.parametrize(
    "content", ["a-\nb " * 200_000, "x\f" * 100_000 + "The end.", "1 px + " * 100_000, '"' * 500_000 + "a"]
)
def test_a_hostile_text_is_read(content: str) -> None:
    begin = time.monotonic()
    assert isinstance(clean(RawPage("a", "a", "text", content.encode())), CleanPage)
    assert time.monotonic() - begin < SECONDS


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss counts in other units elsewhere")
def test_memory_stays_a_few_times_the_page() -> None:
    content = f"<p>{'word ' * 2_000_000}</p>{P}".encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert isinstance(clean(RawPage("a", "a", "html", content)), CleanPage)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * len(content) / 1024
