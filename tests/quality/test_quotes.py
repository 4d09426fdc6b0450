"""How well quotes are found and attributed, on 84 political articles with every attribution marked by hand (PolNeAR).

A quotation is direct speech in the gold data if most of it stands inside a Content span. Of the persons named by us,
those are judged whose gold Source is a name; a Source such as "he" tells no name to compare with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from searchkit.extraction.attribution import quotes_of
from searchkit.extraction.quotations import quotations

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "polnear-dev"

FLOORS = {
    "direct speech of five words or more that is found": 0.88,  # measured 0.894
    "quotes that are direct speech": 0.97,  # measured 0.980
    "persons who are the right ones": 0.96,  # measured 0.982
    "quotes with a person named": 0.46,  # measured 0.489
}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the PolNeAR articles are not beside the checkout")


@dataclass(frozen=True)
class Attribution:
    """A gold attribution: the intervals of its content, and the words of its source."""

    content: list[tuple[int, int]]
    sources: list[str]

    def covers(self, start: int, end: int) -> bool:
        return any(min(end, last) - max(start, first) > (end - start) / 2 for first, last in self.content)


def articles() -> Iterator[tuple[str, list[Attribution]]]:
    for gold in sorted((CORPUS / "attributions").glob("*.ann")):
        name = gold.stem.rsplit("_", 1)[0]
        yield (CORPUS / "text" / f"{name}.txt").read_text("utf-8"), list(attributions(gold.read_text("utf-8")))


def attributions(text: str) -> Iterator[Attribution]:
    """The E lines of a brat file, their T lines looked up."""
    lines = [line.split("\t") for line in text.splitlines() if line]
    spans = {line[0]: line for line in lines if line[0].startswith("T")}
    for line in lines:
        if not line[0].startswith("E"):
            continue
        content: list[tuple[int, int]] = []
        sources = []
        for role, _, span in (part.partition(":") for part in line[1].split()):
            if role.startswith("Content"):
                intervals = spans[span][1].split(" ", 1)[1].split(";")
                content += [(int(first), int(last)) for first, last in map(str.split, intervals)]
            elif role.startswith("Source"):
                sources.append(spans[span][2])
        yield Attribution(content, sources)


def test_floors() -> None:
    found = direct = quotes = right_quotes = named = judged = right = 0
    for text, gold in articles():
        ours = {(quote.start, quote.end): quote for quote in quotes_of(text)}
        for quotation in quotations(text):
            interval = (quotation.start, quotation.end)
            spoken = [attribution for attribution in gold if attribution.covers(*interval)]
            if spoken and len(re.findall(r"\w+", text[slice(*interval)])) >= 5:
                direct += 1
                found += interval in ours
        for quote in ours.values():
            spoken = [attribution for attribution in gold if attribution.covers(quote.start, quote.end)]
            quotes += 1
            right_quotes += bool(spoken)
            if quote.speaker is None:
                continue
            named += 1
            names = [source for attribution in spoken for source in attribution.sources if is_name(source)]
            judged += bool(names)
            right += any(quote.speaker.split()[-1] in name for name in names)
    measured = dict(zip(FLOORS, (found / direct, right_quotes / quotes, right / judged, named / quotes), strict=True))
    assert judged > 200
    assert {what: share for what, share in measured.items() if share < FLOORS[what]} == {}, measured


def is_name(source: str) -> bool:
    words = re.findall(r"[\w’']+", source)
    return words[0] not in ("He", "She", "The") and any(word[0].isupper() and len(word) > 2 for word in words)
