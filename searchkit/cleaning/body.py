"""Which blocks of a page are its content: the turns of a transcript, else the article, else all that is not navigation.

A choice is always made of the page's own blocks; no word is rewritten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.judge import Verdict, judge
from searchkit.cleaning.reading import Reading
from searchkit.cleaning.second_opinion import opinion
from searchkit.cleaning.shape import ends_sentence, is_prose
from searchkit.cleaning.turns import blocks_of_turns

__all__ = ["Body", "body_of", "plain_blocks"]

_MOST_BLOCKS = 10_000
"""A page with more is read plainly: judging takes 40 microseconds a block; the largest of 91 real pages has 1,100."""
_SURE = 0.93
"""Below this confidence a second opinion is asked for: of 91 news pages not learned from, on 3."""
_LEAST_PROSE_SHARE = 0.1
"""Of the prose outside chrome, how much must have been kept?  Else the page is no article, and is read plainly."""
_DOUBTFUL = 0.15
"""A short sentence amid the article with at least this chance stays: to lose one is worse than to keep one too many."""


@dataclass(frozen=True, slots=True)
class Body:
    """The places of the blocks that are content, and how they were found: turns, judged, second opinion, plain."""

    places: frozenset[int]
    found_by: str


def body_of(root: etree._Element, reading: Reading, title: str | None) -> Body:
    """Which of `reading.blocks`, on the page below `root`, are content?  The tree may be changed."""
    plain = plain_blocks(reading.blocks)
    everything = frozenset(place for place, is_plain in enumerate(plain) if is_plain)
    if len(reading.blocks) > _MOST_BLOCKS:
        return Body(everything, "plain")
    turns = blocks_of_turns(reading, plain)
    if turns:
        return Body(turns, "turns")
    verdict = judge(reading, title, plain)
    if verdict.confidence >= _SURE:
        kept, found_by = verdict.kept, "judged"
    else:
        kept, found_by = opinion(root, reading) or verdict.kept, "second opinion"
    prose = [place for place in everything if is_prose(reading.blocks[place])]
    of_prose = sum(len(reading.blocks[place].text) for place in prose)
    if (
        not kept
        or sum(len(reading.blocks[place].text) for place in prose if place in kept) < _LEAST_PROSE_SHARE * of_prose
    ):
        return Body(everything, "plain")
    return Body(kept | _dropped_sentences(reading, kept, verdict, plain), found_by)


def plain_blocks(blocks: list[Block]) -> list[bool]:
    """Which blocks stand in no part that is chrome by its name?  A part with most of the page's text is not."""
    size: Counter[int] = Counter()
    for block in blocks:
        for region in block.regions:
            size[region] += len(block.text)
    half = sum(len(block.text) for block in blocks) / 2
    return [all(size[region] > half for region in block.regions) for block in blocks]


def _dropped_sentences(reading: Reading, kept: frozenset[int], verdict: Verdict, plain: list[bool]) -> frozenset[int]:
    """Which short sentences were dropped for their shape alone: between kept blocks, or right above or below them?"""
    first, last = min(kept), max(kept)
    dropped = {
        place
        for place in range(first + 1, last)
        if place not in kept
        and plain[place]
        and verdict.chances.get(place, 0.0) >= _DOUBTFUL
        and _is_bare_sentence(reading.blocks[place])
    }
    for edge, step in ((first, -1), (last, 1)):
        holders = _around(reading, edge)
        place = edge + step
        while 0 <= place < len(plain) and plain[place] and _is_nameless_sentence(reading, place, holders):
            dropped.add(place)
            place += step
    return frozenset(dropped)


def _is_bare_sentence(block: Block) -> bool:
    return not block.boxed and not block.linked and " " in block.text and ends_sentence(block)


def _is_nameless_sentence(reading: Reading, place: int, holders: set[int]) -> bool:
    """Does a sentence stand beside the article, in an element that nobody gave a name?  A deck or a credit has one."""
    block = reading.blocks[place]
    container = block.container
    if not _is_bare_sentence(block) or block.heading:
        return False
    if container in holders:
        return True
    part = reading.containers[container]
    return not part.name and part.tag in ("div", "p") and part.parent in holders


def _around(reading: Reading, place: int) -> set[int]:
    """The container of a block and, unless it is the whole page, the one around it."""
    container = reading.blocks[place].container
    parent = reading.containers[container].parent
    return {container, parent} if parent >= 0 and reading.containers[parent].tag != "body" else {container}
