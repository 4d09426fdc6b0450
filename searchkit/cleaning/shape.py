"""The shape of a page: how its prose is spread over the elements that hold it.

A reading goes in, a `Shape` comes out: for every container how much text, prose and links it holds and what it is
called, and the two that are likely to hold the article. Nothing is decided here.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.reading import Container, Reading

__all__ = ["Shape", "ends_sentence", "is_prose", "shape_of", "sign_words"]

_PROSE_LENGTH = 60
_PROSE_LINKED = 0.3
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\u061f\u0964]['\"\u201d\u2019\u00bb\u201c)\]]*\Z")
_PARAGRAPHS = frozenset(("blockquote", "dd", "h2", "h3", "li", "p"))
"""Elements that hold a paragraph; the container in question is the one around them."""
_REACH = 3
"""Levels above a paragraph that its length speaks for, each half as much (readability's idea)."""
_MOST_PROSE = 0.7
"""Share of the prose at which the search for the whole goes on into a part."""
_ASIDE = frozenset(("comment", "related"))
_ARTICLE = frozenset(("article", "body"))

Names = frozenset[str]
_NAMELESS: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Shape:
    """What the containers of a page hold; lists go by the place of the container, counts are characters."""

    depth: list[int]
    tags: list[frozenset[str]]
    """The tags of a container and of all around it."""
    own_names: list[Names]
    """What a container is called: groups of signs.toml."""
    near_names: list[Names]
    """What it and those around it are called, up to the main container."""
    all_names: list[Names]
    text: list[int]
    linked: list[int]
    blocks: list[int]
    prose: list[int]
    main: int
    """The container whose own paragraphs weigh most."""
    in_main: list[bool]
    whole: int
    """The smallest container with most of the prose of the page."""
    in_whole: list[bool]
    prose_of_page: int


@functools.cache
def sign_words() -> dict[str, dict[str, str]]:
    """Which words are signs?  The tables of rules/signs.toml."""
    return tomllib.loads(files("searchkit.cleaning").joinpath("rules", "signs.toml").read_text("utf-8"))


def is_prose(block: Block) -> bool:
    """Is `block` a paragraph of sentences?"""
    return len(block.text) >= _PROSE_LENGTH and block.link_share < _PROSE_LINKED and ends_sentence(block)


def ends_sentence(block: Block) -> bool:
    """Does `block` end like a sentence?"""
    return _SENTENCE_END.search(block.text) is not None


def shape_of(reading: Reading, prose: list[bool]) -> Shape:
    """Which shape has the page of `reading`, whose blocks are prose where `prose` says so?"""
    containers = reading.containers
    own = [_groups(container.name) for container in containers]
    text, linked, blocks, of_prose = _held(reading, prose)
    main, whole = _main(reading, prose), _whole(reading, prose, own)
    depth: list[int] = []
    tags: list[frozenset[str]] = []
    near: list[Names] = []
    everything: list[Names] = []
    in_main: list[bool] = []
    in_whole: list[bool] = []
    for place, container in enumerate(containers):
        above = container.parent
        if above < 0:
            depth.append(0)
            tags.append(frozenset((container.tag,)))
            near.append(frozenset())
            everything.append(own[place])
        else:
            depth.append(depth[above] + 1)
            tags.append(tags[above] if container.tag in tags[above] else tags[above] | {container.tag})
            near.append(own[place] | near[above] if in_main[above] else frozenset())
            everything.append(own[place] | everything[above] if own[place] else everything[above])
        in_main.append(place == main or (above >= 0 and in_main[above]))
        in_whole.append(place == whole or (above >= 0 and in_whole[above]))
    total = sum(len(block.text) for block, is_one in zip(reading.blocks, prose, strict=True) if is_one)
    return Shape(
        depth, tags, own, near, everything, text, linked, blocks, of_prose, main, in_main, whole, in_whole, total
    )


def _groups(name: str) -> Names:
    if not name:
        return _NAMELESS
    if " " not in name:
        return _groups_of_word(name)
    return _NAMELESS.union(*map(_groups_of_word, name.split()))


@functools.lru_cache(maxsize=50_000)
def _groups_of_word(word: str) -> Names:
    return frozenset(group for group, pattern in _name_patterns() if pattern.search(word))


@functools.cache
def _name_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((group, re.compile(pattern)) for group, pattern in sign_words()["names"].items())


def _held(reading: Reading, prose: list[bool]) -> tuple[list[int], list[int], list[int], list[int]]:
    """How much text, linked text, blocks and prose does each container hold?"""
    containers = reading.containers
    text, linked, blocks, of_prose = ([0] * len(containers) for _ in range(4))
    for block, is_one in zip(reading.blocks, prose, strict=True):
        place, size = block.container, len(block.text)
        text[place] += size
        linked[place] += min(size, block.linked)
        blocks[place] += 1
        of_prose[place] += size if is_one else 0
    for place in range(len(containers) - 1, 0, -1):
        above = containers[place].parent
        if above >= 0:
            text[above] += text[place]
            linked[above] += linked[place]
            blocks[above] += blocks[place]
            of_prose[above] += of_prose[place]
    return text, linked, blocks, of_prose


def paragraph_holder(containers: list[Container], place: int) -> int:
    """Which container holds the paragraphs of which the one at `place` is one?"""
    return containers[place].parent if containers[place].tag in _PARAGRAPHS else place


def _main(reading: Reading, prose: list[bool]) -> int:
    containers = reading.containers
    score = [0.0] * len(containers)
    for block, is_one in zip(reading.blocks, prose, strict=True):
        if is_one and not block.boxed and not block.regions:
            place, weight = paragraph_holder(containers, block.container), float(len(block.text))
            for _ in range(_REACH):
                if place < 0:
                    break
                score[place] += weight
                place, weight = containers[place].parent, weight / 2
    return max(range(len(containers)), key=score.__getitem__)


def _whole(reading: Reading, prose: list[bool], own: list[Names]) -> int:
    containers = reading.containers
    aside: list[bool] = []
    children: dict[int, list[int]] = defaultdict(list)
    for place, container in enumerate(containers):
        named = bool(own[place] & _ASIDE) and not own[place] & _ARTICLE
        aside.append(named or (container.parent >= 0 and aside[container.parent]))
        children[container.parent].append(place)
    mass = [0] * len(containers)
    for block, is_one in zip(reading.blocks, prose, strict=True):
        if is_one and not block.boxed and not block.regions and not aside[block.container]:
            mass[block.container] += len(block.text)
    for place in range(len(containers) - 1, 0, -1):
        if containers[place].parent >= 0:
            mass[containers[place].parent] += mass[place]
    whole = 0
    while children[whole]:
        part = max(children[whole], key=mass.__getitem__)
        if mass[part] < _MOST_PROSE * max(1, mass[whole]) or containers[part].tag in ("li", "p"):
            break
        whole = part
    return whole
