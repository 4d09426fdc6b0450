"""Is a page a transcript, and which of its blocks are turns?  Asked before the article is looked for.

An article extractor takes the lines of a debate for a list of something, and drops those it thinks too short; of a
transcript every word is kept that stands where the turns stand.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from searchkit.cleaning.reading import Reading

__all__ = ["blocks_of_turns"]

_TITLED = (
    r"(?:Mr|Mrs|Ms|Miss|Mdm|Madam|Dr|Prof|Sir|Dame|Lord|Lady|Encik|Inche|Hon|Sen|Rep)\b"
    r"|The (?:\w+ ){0,3}(?:Minister|Speaker|President|Chair\w*|Secretary|Moderator)"
)
_LABEL = re.compile(
    rf"\W{{0,3}}(?:\d{{1,3}}[.)] )?(?P<label>(?P<titled>{_TITLED})?[^\W\d_][^:\n]{{0,90}}?)\W{{0,2}}(?::|\n)"
)
"""Mr Lee Siew-Choh: ...; DONALD TRUMP: ...; and a name in a line of its own."""
_LONGEST_NAME = 6
"""Words of a label without a title before it: FIRST MEDICAL OFFICER OF HEALTH."""
_FEWEST = 4
_RECURRING = 0.6
"""Share of the labels that stand more than once, or have a title, at which they are speakers and not headings."""
_DENSITY = 0.1
"""Least share of labelled blocks among those from the first to the last: few speak for more than ten paragraphs."""
_LEAST_SHARE = 0.5
"""Of the page's prose: with less of it in turns, it is an article that cites an interview."""


def blocks_of_turns(reading: Reading, plain: list[bool]) -> frozenset[int]:
    """Which blocks of `reading` are the transcript on this page?  None if there is none.

    `plain` says of each block whether it stands outside the parts that are chrome by their name.  The transcript is
    all that is plain within the smallest element around its labels.
    """
    labelled = dict(_labels(reading, plain))
    if len(labelled) < _FEWEST:
        return frozenset()
    count = Counter(label for label, _ in labelled.values())
    speakers = [place for place, (label, is_titled) in labelled.items() if is_titled or count[label] > 1]
    if len(speakers) < max(_FEWEST, _RECURRING * len(labelled)):
        return frozenset()
    names = [labelled[place][0] for place in speakers]
    if sum(name != before for before, name in pairwise(names)) < _FEWEST - 1:
        return frozenset()
    first, last = speakers[0], speakers[-1]
    if len(speakers) < _DENSITY * (last - first + 1):
        return frozenset()
    inside = _inside(reading, _common_container(reading, speakers))
    kept = frozenset(place for place, block in enumerate(reading.blocks) if plain[place] and inside[block.container])
    size = sum(len(reading.blocks[place].text) for place in kept if place >= first)
    whole = sum(len(block.text) for place, block in enumerate(reading.blocks) if plain[place])
    return kept if size >= _LEAST_SHARE * whole else frozenset()


def _labels(reading: Reading, plain: list[bool]) -> list[tuple[int, tuple[str, bool]]]:
    found = []
    for place, block in enumerate(reading.blocks):
        match = _LABEL.match(block.text[:120]) if plain[place] and block.link_share < 0.5 else None
        if match is not None:
            label = match["label"].strip()
            is_titled = match["titled"] is not None
            if is_titled or (len(label.split()) <= _LONGEST_NAME and label[0].isupper()):
                found.append((place, (label.casefold(), is_titled)))
    return found


def _common_container(reading: Reading, places: list[int]) -> int:
    """Which is the smallest container around all of these blocks?"""
    containers = reading.containers
    paths = []
    for place in (places[0], places[-1]):
        path, container = [], reading.blocks[place].container
        while container >= 0:
            path.append(container)
            container = containers[container].parent
        paths.append(set(path))
    return max(paths[0] & paths[1])


def _inside(reading: Reading, container: int) -> list[bool]:
    inside: list[bool] = []
    for place, part in enumerate(reading.containers):
        inside.append(place == container or (part.parent >= 0 and inside[part.parent]))
    return inside
