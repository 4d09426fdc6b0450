"""How well quotes are found and attributed, on 84 political articles with every attribution marked (PolNeAR)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from searchkit.extraction.attribution import quotes_of

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "polnear-dev"

FLOORS = {
    "direct speech of five words or more that is found": 0.985,  # measured 0.989
    "quotes that are direct speech": 0.975,  # measured 0.980
    "given to the person named": 0.88,  # measured 0.887; of the rest most are institutions, to which nothing is given
    "not given to another person": 0.99,  # measured 0.998
}

LEAST_WORDS = 5

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the PolNeAR articles are not beside the checkout")


@dataclass(frozen=True)
class Attribution:
    """A gold attribution: the intervals of its content, and the words of its source."""

    content: list[tuple[int, int]]
    sources: list[str]

    def covers(self, start: int, end: int, share: float) -> bool:
        inside = sum(max(0, min(end, last) - max(start, first)) for first, last in self.content)
        return inside >= share * (end - start)

    def length(self) -> int:
        return sum(last - first for first, last in self.content)


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
    """A quotation is direct speech if nine tenths of it stand inside a Content span; its Source is that of the shortest
    such span.  A Source counts as a name if it has a capitalised word and is no pronoun: institutions count too."""
    count: Counter[str] = Counter()
    for text, gold in articles():
        ours = {(quote.start, quote.end): quote for quote in quotes_of(text)}
        for quote in ours.values():
            count["quotes"] += 1
            count["right quotes"] += any(attribution.covers(quote.start, quote.end, 0.5) for attribution in gold)
        for start, end in marked(text):
            spoken = [attribution for attribution in gold if attribution.covers(start, end, 0.9)]
            if not spoken or len(re.findall(r"\w+", text[start:end])) < LEAST_WORDS:
                continue
            count["direct"] += 1
            found = ours.get((start, end))
            count["found"] += found is not None
            names = [name for name in min(spoken, key=Attribution.length).sources if is_name(name)]
            if not names:
                continue
            count["named"] += 1
            speaker = found.speaker if found else None
            right = speaker is not None and any(straight(speaker.split()[-1]) in straight(name) for name in names)
            count["right"] += right
            count["other"] += speaker is not None and not right
    measured = dict(
        zip(
            FLOORS,
            (
                count["found"] / count["direct"],
                count["right quotes"] / count["quotes"],
                count["right"] / count["named"],
                1 - count["other"] / count["named"],
            ),
            strict=True,
        )
    )
    assert count["direct"] > 500
    assert count["named"] > 350
    assert {what: share for what, share in measured.items() if share < FLOORS[what]} == {}, measured


def marked(text: str) -> Iterator[tuple[int, int]]:
    """What stands between a pair of quotation marks of one line: found without the code that is tested."""
    for match in re.finditer(r"“([^“”\n]*)”|\"([^\"\n]*)\"", text):
        start, end = match.span(1 if match[1] is not None else 2)
        inside = text[start:end]
        yield start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def straight(text: str) -> str:
    return text.replace("’", "'")


def is_name(source: str) -> bool:
    words = re.findall(r"[\w’']+", source)
    return words[0] not in ("He", "She", "The", "They", "I", "We") and any(
        word[0].isupper() and len(word) > 2 for word in words
    )
