"""A second opinion on which blocks are the article, for pages that judge.py is not sure of: trafilatura's.

An extractor rewrites what it keeps: it joins words across tags, and drops short sentences for structural reasons. So
its result is only laid beside the plain reading of the page, and the blocks that it kept are named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from lxml import etree

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.reading import Reading

__all__ = ["opinion"]

_ELEMENT_LIMIT = 20_000
"""trafilatura takes 60 microseconds an element at worst; the largest of 131 real pages has 9,000."""
_TEXT_LIMIT = 1_000_000
"""Characters of a page beyond which comparing word groups costs seconds and gigabytes."""
_DEPTH_LIMIT = 400
"""Its walks are recursive; a browser stops at 512."""

_LINKED = 0.3
"""Blocks with a greater share of links are no sentences of the article that recur."""
_LEAST_GRAMS = 0.5
"""Share of a block's word groups that must stand in the extractor's text."""
_GRAM = 4

_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")
"""Words; in scripts without spaces, characters."""


def opinion(root: etree._Element, reading: Reading) -> frozenset[int]:
    """Which of `reading.blocks` does trafilatura take for the article below `root`?  None, where it finds none.

    The tree is its own to change: the reading must be done with it.
    """
    size = sum(len(block.text) for block in reading.blocks)
    if reading.elements > _ELEMENT_LIMIT or reading.depth > _DEPTH_LIMIT or size > _TEXT_LIMIT:
        return frozenset()
    return frozenset(_aligned(reading.blocks, _extracted(root)))


def _extracted(root: etree._Element) -> str:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(root, include_comments=False, favor_precision=True, with_metadata=False)
    except Exception:
        # Whatever a hostile page does to the extractor, the plain reading is at hand.
        return ""
    return getattr(document, "text", None) or ""


def _aligned(blocks: list[Block], extracted: str) -> set[int]:
    """Which blocks did the extractor keep?

    Each block is looked up in its text by groups of words; the longest run of blocks in the order of the text says
    which of several equal ones is meant, and repetitions outside it (a teaser, a list of headlines) do not count.
    """
    grams, lines = _index(extracted)
    places = [_place(_TOKEN.findall(block.text), grams, lines) for block in blocks]
    chain = _longest_rising(places)
    if not chain:
        return set()
    _tighten(chain, places)
    first, last = chain[0], chain[-1]
    # "Question put, and agreed to" stands where it first stood, as far as the chain knows; its neighbours know better.
    while first > 0 and places[first - 1] is not None and blocks[first - 1].link_share < _LINKED:
        first -= 1
    while last + 1 < len(blocks) and places[last + 1] is not None and blocks[last + 1].link_share < _LINKED:
        last += 1
    return {place for place in range(first, last + 1) if places[place] is not None}


def _index(text: str) -> tuple[dict[tuple[str, ...], int], dict[tuple[str, ...], int]]:
    words = _TOKEN.findall(text)
    grams: dict[tuple[str, ...], int] = {}
    for position, gram in enumerate(_grams(words)):
        grams.setdefault(gram, position)
    lines: dict[tuple[str, ...], int] = {}
    position = 0
    for line in text.split("\n"):
        line_words = tuple(_TOKEN.findall(line))
        if line_words:
            lines.setdefault(line_words, position)
        position += len(line_words)
    return grams, lines


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[offset:] for offset in range(_GRAM)), strict=False))


def _place(words: list[str], grams: dict[tuple[str, ...], int], lines: dict[tuple[str, ...], int]) -> int | None:
    """At which word of the extracted text does the block of `words` begin?"""
    own = _grams(words)
    if not own:
        return lines.get(tuple(words)) if words else None
    starts = [grams[gram] - offset for offset, gram in enumerate(own) if gram in grams]
    if len(starts) < _LEAST_GRAMS * len(own):
        return None
    return max(0, Counter(starts).most_common(1)[0][0])


def _longest_rising(places: list[int | None]) -> list[int]:
    """The longest sequence of blocks whose places rise (patience sorting)."""
    tails: list[int] = []
    last_of_length: list[int] = []
    before: list[int | None] = [None] * len(places)
    for block, place in enumerate(places):
        if place is None:
            continue
        length = bisect_left(tails, place)
        before[block] = last_of_length[length - 1] if length else None
        if length == len(tails):
            tails.append(place)
            last_of_length.append(block)
        else:
            tails[length] = place
            last_of_length[length] = block
    chain = []
    current = last_of_length[-1] if last_of_length else None
    while current is not None:
        chain.append(current)
        current = before[current]
    return chain[::-1]


def _tighten(chain: list[int], places: list[int | None]) -> None:
    """Of equal blocks, take those nearest to the middle: the first and the last of the chain bound the article."""
    equal: dict[int, list[int]] = {}
    for block, place in enumerate(places):
        if place is not None:
            equal.setdefault(place, []).append(block)
    middle = len(chain) // 2
    for link in range(middle + 1, len(chain)):
        same = equal[places[chain[link]]]  # type: ignore[index]
        chain[link] = same[bisect_left(same, chain[link - 1] + 1)]
    for link in range(middle - 1, -1, -1):
        same = equal[places[chain[link]]]  # type: ignore[index]
        chain[link] = same[bisect_left(same, chain[link + 1]) - 1]
